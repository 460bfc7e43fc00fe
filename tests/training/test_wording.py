from __future__ import annotations

import numpy as np
import pytest

from screener.classifier import model_folder
from screener.indicators.catalog import shipped
from screener.reading import Reader
from screener.records import Offer
from training.datasets import CorpusRow, read_corpus
from training.export import open_bundle
from training.fit import read_all
from training.wording import MIN_TEXTS, Wording, candidates, fit_wording, matrix

TOLERANCE = 2e-3
"""Weights are served with four decimals."""


def corpus_row(text, label="lure"):
    return CorpusRow(text, None, label, "en", text, frozenset(), {})


@pytest.fixture(scope="module")
def grams():
    """The n-grams learned of every text tried here, words for persons and places left out; by text."""
    texts = [*(text for text, _, _ in PERSONS_AND_PLACES), *SERVED]
    return {row.row.text: row.grams for row in read_all(shipped(), [corpus_row(text) for text in texts])}


def test_words_their_beginnings_and_neighbours():
    found = candidates("easy typing work, no fee")
    assert {("easy", "word"), ("easy typing", "word"), ("typing work", "word"), ("no fee", "word")} <= found
    assert {("typi", "stem"), ("typin", "stem")} <= found
    assert ("work no", "word") not in found
    assert not {phrase for phrase, boundary in found if boundary == "substring"}


def test_characters_where_there_are_no_spaces():
    assert candidates("招客服") == {(gram, "substring") for gram in ("招", "客", "服", "招客", "客服", "招客服")}
    assert ("客服", "substring") in candidates("call 客服 now")
    assert ("call now", "word") not in candidates("call 客服 now")


@pytest.mark.parametrize("text", ["", " \n ", "12345 +999", "a b c", "!!! 😀"])
def test_nothing_to_learn(text):
    assert candidates(text) == frozenset()


def test_numbers_are_no_wording():
    assert not [phrase for phrase, _ in candidates("pay 1500 usd, 24 hours") if any(c.isdigit() for c in phrase)]


PERSONS_AND_PLACES = [
    ("a filipino man cooks", ("filip", "fili", "man"), "cooks"),
    ("two girls type in uganda", ("girl", "girls", "uganda", "ugan"), "type"),
    ("ladies work in kampala", ("ladies", "ladi", "kampala", "kamp"), "work"),
    ("mujeres y chicas para ventas", ("mujeres", "muje", "chicas"), "ventas"),
    ("der Türke sucht junge Frauen für Arbeit", ("türke", "frauen", "frau"), "arbeit"),
    ("wanita muslim untuk kerja", ("wanita", "wani", "muslim"), "kerja"),
    ("招台湾人和女生做客服", ("台湾", "台湾人", "女生", "女"), "客服"),
    ("招柬埔寨打字员", ("柬埔寨", "柬埔", "埔寨"), "打字"),
]


@pytest.mark.parametrize(("text", "never", "learned"), PERSONS_AND_PLACES)
def test_words_for_persons_and_places_are_never_learned(grams, text, never, learned):
    phrases = {phrase for phrase, _ in grams[text]}
    assert not phrases & set(never)
    assert not [phrase for phrase in phrases if set(phrase.split()) & set(never)]
    assert learned in phrases


def test_a_pattern_must_stand_in_several_texts_that_are_no_copies():
    texts = [frozenset({("rare", "word")})] * (MIN_TEXTS - 1)
    texts += [frozenset({("copied", "word")})] * 9
    texts += [frozenset({("common", "word")})] * MIN_TEXTS
    group = [*range(MIN_TEXTS - 1), *([50] * 9), *range(100, 100 + MIN_TEXTS)]
    labels = ["lure", "genuine"] * (len(texts) // 2) + ["lure"] * (len(texts) % 2)
    assert fit_wording(texts, labels, group).patterns == (("common", "word"),)


LURES = [
    "easy typing work, free ticket",
    "easy office work, free room",
    "easy chat work, free ticket and room",
    "easy work, free of cost",
]
HONEST = [
    "cook with signed contract",
    "nurse with signed contract",
    "driver with signed contract, licence",
    "signed contract for a baker",
]
NEWS = ["police warn of jobs", "police warn the public", "police warn again", "the police warn of a gang"]
TEXTS = [*LURES, *HONEST, *NEWS]
LABELS = ["lure"] * 4 + ["genuine"] * 4 + ["non_offer"] * 4


@pytest.fixture(scope="module")
def learned(grams):
    """The wording of a dozen texts."""
    return fit_wording([grams[text] for text in TEXTS], LABELS, range(12))


def test_weights_point_where_the_labels_do(learned):
    lure = dict(zip(learned.patterns, learned.lure, strict=True))
    non_offer = dict(zip(learned.patterns, learned.non_offer, strict=True))
    assert lure["easy", "word"] > 0 > lure["signed contract", "word"]
    assert non_offer["police warn", "word"] > 0 > non_offer["work", "word"]


def test_the_same_texts_give_the_same_wording(learned, grams):
    again = fit_wording([grams[text] for text in TEXTS], LABELS, range(12))
    assert again.export() == learned.export()


def test_one_label_alone_teaches_nothing():
    wording = fit_wording([frozenset({("work", "word")})] * 5, ["genuine"] * 5, range(5))
    assert not wording.lure.any()
    assert not wording.non_offer.any()


def test_rows_of_the_matrix_have_norm_one_or_none():
    patterns = [("a", "word"), ("b", "word")]
    rows = matrix([frozenset(patterns), frozenset(patterns[:1]), frozenset()], patterns, np.array([3.0, 4.0])).toarray()
    assert np.allclose(rows, [[0.6, 0.8], [1, 0], [0, 0]])


def test_sums_are_weights_by_idf_over_the_norm():
    wording = Wording((("a", "word"), ("b", "word")), np.array([3.0, 4.0]), np.array([1.0, 0.5]), np.array([0.0, -1.0]))
    both = frozenset(wording.patterns)
    assert wording.sums([both, frozenset()]) == pytest.approx([(3 + 2) / 5, 0])
    assert wording.sums([both], non_offer=True) == pytest.approx([-0.8])


SERVED = [
    *TEXTS,
    "EASY  Office WORK!!! Free ticket",
    "easy, typing work; free\nticket",
    "easy easy easy work work",
    "Filipino ladies: easy work in Kampala, free room",
    "signed contract\u200b for a chef, signed co\u0301ntract",
    "the contractor signed, typings, workings",
    "nothing of this is known",
    "招 easy work 客服",
    "duty-free ticket, easy-work",
    "5easy 24work free2go",
    "write to easy@work.example or www.free-ticket.example/easy",
    "e.a.s.y w o r k",
]


def test_what_is_served_equals_what_was_fitted(learned, grams):
    reader = Reader.of(shipped(), learned.export())
    for non_offer in (False, True):
        sums = learned.sums([grams[text] for text in SERVED], non_offer=non_offer)
        served = [reader.read(Offer(text)).row.wording_sum(non_offer=non_offer) for text in SERVED]
        wrong = [text for text, one, other in zip(SERVED, sums, served, strict=True) if abs(one - other) > TOLERANCE]
        assert not wrong


def test_the_shipped_reader_serves_what_the_bundle_holds(screener):
    rows = read_corpus(tags=frozenset({"en", "zh-Hans", "es", "de"}))[::12]
    wording = open_bundle(model_folder()).wording
    sums = wording.sums([row.grams for row in read_all(shipped(), rows)])
    served = [screener.reader.read(Offer(row.text)).row.wording_sum() for row in rows]
    wrong = [row.id for row, one, other in zip(rows, sums, served, strict=True) if abs(one - other) > TOLERANCE]
    assert not wrong


def test_no_shipped_wording_is_a_word_for_a_person(screener):
    patterns = [pattern for pattern in screener.classifier.patterns if pattern.boundary != "stem"]
    phrases = {word for pattern in patterns for word in pattern.phrase.split()}
    people = {"man", "men", "woman", "women", "girls", "ladies", "female", "male", "filipino", "kenyan", "indian"}
    places = {"dubai", "thailand", "cambodia", "uganda", "kenya", "myanmar"}
    others = {
        "mujeres",
        "hombres",
        "frauen",
        "männer",
        "wanita",
        "pria",
        "femmes",
        "hommes",
        "女生",
        "男",
        "柬埔寨",
        "泰国",
    }
    assert not phrases & (people | places | others)
