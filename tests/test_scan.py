from __future__ import annotations

import pytest

from screener.scan import Entry, Scanner, is_word_character, marked
from screener.text import normalise


def found(entries, text):
    view = normalise(text).views[0]
    rooms = Scanner.of(entries).scan(view)
    return [(target, view.plain[start:end]) for matches in rooms.values() for target, start, end in matches]


@pytest.mark.parametrize(
    ("phrase", "boundary", "text", "hit"),
    [
        ("agent", "word", "the agent pays", True),
        ("agent", "word", "reagent", False),
        ("agent", "word", "agents", False),
        ("agent", "stem", "agents pay", True),
        ("agent", "stem", "reagents", False),
        ("visum", "tail", "arbeitsvisum da", True),
        ("visum", "tail", "visums", False),
        ("客服", "substring", "招客服人员", True),
        ("नौकरी", "word", "नौकरी है", True),
        ("नौकर", "word", "नौकरी है", False),
        ("+62", "word", "wa +62 811", True),
        ("dubai", "word", "去Dubai上班", True),
        ("客服", "word", "招客服人员", True),
        ("做n2", "word", "去做n2吧", True),
        ("做n2", "word", "做n25", False),
    ],
)
def test_boundary(phrase, boundary, text, hit):
    assert bool(found([Entry(phrase, boundary, "r", 1)], text)) is hit


def test_one_phrase_serves_several_targets():
    entries = [Entry("visa", "word", "a", 1), Entry("visa", "stem", "b", 2), Entry("VISA", "word", "a", 3)]
    assert sorted(found(entries, "no visa needed")) == [(1, "visa"), (2, "visa"), (3, "visa")]


def test_overlapping_phrases_are_all_found():
    entries = [Entry("free visa", "word", "r", 1), Entry("visa on arrival", "word", "r", 2)]
    assert len(found(entries, "free visa on arrival")) == 2


@pytest.mark.parametrize(
    ("wording", "boundary", "bare"),
    [
        ("recruit*", "word", ("recruit", "stem")),
        ("*visum", "word", ("visum", "tail")),
        ("*lohn*", "word", ("lohn", "substring")),
        ("签证", "substring", ("签证", "word")),
        ("pay", "stem", ("pay", "stem")),
    ],
)
def test_stars(wording, boundary, bare):
    assert marked(wording, boundary) == bare


def test_combining_marks_belong_to_words():
    assert is_word_character("ी")
    assert not is_word_character(" ")
    assert not is_word_character("'")


def test_hostile_text_is_read_up_to_the_cap():
    scanner = Scanner.of([Entry("a" * n, "substring", "r", n) for n in range(1, 8)])
    matches = scanner.scan(normalise("a" * 20_000).views[0])
    assert 0 < len(matches["r"]) <= 50_000


def test_one_text_is_scanned_alike_before_and_after_the_automaton_is_built():
    entries = [
        Entry(phrase, boundary, "r", (phrase, boundary))
        for phrase in ("free visa", "visa", "visa on arrival", "a", "签证", "+62", "arrival")
        for boundary in ("word", "stem", "tail", "substring")
    ]
    view = normalise("Free visa on arrival! 落地签证 visas +62 811, previsa").views[0]
    scanner = Scanner.of(entries)
    answers = [scanner.scan(view) for _ in range(4)]
    assert answers[0]
    assert all(answer == answers[0] for answer in answers)
