from __future__ import annotations

import json
import math
from types import SimpleNamespace

import pytest

from screener.classifier import logit
from training.evaluate import (
    Case,
    Scored,
    auc,
    bands,
    calibration_error,
    indicator_scores,
    interval,
    micro,
    pairs_won,
    read_cases,
    recall_at,
    score,
)
from training.lexicon_sheet import Score


def scored(label, evidence, **more):
    return Scored(Case("text", label, **more), SimpleNamespace(band="low", indicators=()), evidence)


def both(lures, genuine):
    return [*(scored("lure", e) for e in lures), *(scored("genuine", e) for e in genuine)]


@pytest.mark.parametrize(
    ("lures", "genuine", "area"),
    [([2, 3], [0, 1], 1.0), ([0, 1], [2, 3], 0.0), ([1, 1], [1, 1], 0.5), ([0, 2], [1, 3], 0.25)],
)
def test_auc(lures, genuine, area):
    assert auc(both(lures, genuine)) == pytest.approx(area)


def test_other_labels_do_not_count():
    rows = both([2, 3], [0, 1])
    others = [scored("non_offer", 9), scored("unknown", 9), scored("scam", -9)]
    for figure in (auc, recall_at, calibration_error):
        assert figure(rows + others) == figure(rows)


@pytest.mark.parametrize("figure", [auc, recall_at])
@pytest.mark.parametrize("rows", [[], both([1], []), both([], [1])])
def test_one_side_alone_says_nothing(figure, rows):
    assert math.isnan(figure(rows))


@pytest.mark.parametrize(
    ("lures", "genuine", "share", "recall"),
    [
        (range(101, 121), range(20), 0.05, 1.0),
        ([18.5, 17.5], range(20), 0.05, 0.5),
        ([19, 18], range(20), 0.0, 0.0),
        ([18, 20], range(20), 0.0, 0.5),
        ([0.5], [0, 1], 0.05, 0.0),
        ([5, 5], [5] * 20, 0.05, 0.0),
    ],
)
def test_recall_at(lures, genuine, share, recall):
    assert recall_at(both(lures, genuine), share) == recall


def test_recall_at_keeps_the_false_alarms():
    genuine = [float(n % 7) for n in range(100)]
    lures = [n / 2 + 0.25 for n in range(14)]
    for share in (0.0, 0.05, 0.2, 0.5):
        caught = round(recall_at(both(lures, genuine), share) * len(lures))
        kept = sorted(lures)[len(lures) - caught :]
        assert not kept or sum(g >= kept[0] for g in genuine) <= share * len(genuine)


def test_pairs_won():
    rows = [
        scored("lure", 2, pair="a"),
        scored("genuine", 1, pair="a"),
        scored("lure", 1, pair="tie"),
        scored("genuine", 1, pair="tie"),
        scored("lure", 0, pair="lost"),
        scored("genuine", 1, pair="lost"),
        scored("lure", 9, pair="half"),
        scored("lure", 9),
    ]
    assert pairs_won(rows) == (1, 3)
    assert pairs_won([]) == (0, 0)


def test_a_pair_of_other_labels_is_no_pair():
    rows = [scored("lure", 2, pair="a"), scored("scam", 1, pair="a")]
    assert pairs_won(rows) == (0, 0)


def test_calibration_error_of_what_is_calibrated_and_of_what_is_not():
    right = [
        scored("lure" if n < share * 100 else "genuine", logit(share))
        for share in (0.1, 0.3, 0.7, 0.9)
        for n in range(100)
    ]
    assert calibration_error(right, bins=4) == pytest.approx(0, abs=1e-6)
    sure = [scored("lure" if n % 2 else "genuine", 8.0 if n % 4 < 2 else -8.0) for n in range(400)]
    assert calibration_error(sure) == pytest.approx(0.5, abs=0.01)
    assert 0 <= calibration_error(both([1], [])) <= 1
    assert math.isnan(calibration_error([]))


def test_an_interval_holds_its_figure_and_is_the_same_each_time():
    rows = [scored("lure", n % 5 + 1.5, source=f"s{n}") for n in range(30)]
    rows += [scored("genuine", n % 5, source=f"g{n}") for n in range(30)]
    low, high = interval(rows, auc)
    assert low <= auc(rows) <= high
    assert low < high
    assert interval(rows, auc) == (low, high)


def test_an_interval_resamples_whole_sources():
    rows = [scored("lure", 2.0, source="one"), scored("genuine", 1.0, source="one")] * 20
    assert interval(rows, auc) == (1.0, 1.0)
    assert all(map(math.isnan, interval([scored("lure", 1.0)], auc)))


def test_bands():
    rows = [Scored(Case("t", "lure"), SimpleNamespace(band=band)) for band in ("high", "high", "low", "not_an_offer")]
    assert bands(rows) == {"high": 0.5, "elevated": 0, "low": 0.25, "insufficient": 0, "not_an_offer": 0.25}
    assert set(bands([]).values()) == {0}


def test_indicator_scores():
    def row(found, labelled, label="lure"):
        return Scored(Case("t", label, indicators=labelled), SimpleNamespace(indicators=found))

    rows = [
        row(("secrecy", "urgency"), frozenset({"secrecy"})),
        row((), frozenset({"secrecy"})),
        row(("secrecy",), None),
        row(("secrecy",), frozenset(), "non_offer"),
    ]
    scores = indicator_scores(rows, ["secrecy", "urgency", "duties_specific"])
    assert scores == {"secrecy": Score(1, 0, 1), "urgency": Score(0, 1, 0)}
    assert micro(scores) == Score(1, 1, 1)


def test_score(screener, lure):
    (one,) = score(screener, [Case(lure, "lure"), Case("  ", "genuine")])
    assert one.assessment == screener.screen(lure)
    assert one.evidence == pytest.approx(
        screener.classifier.intercept + sum(c.log_odds for c in one.assessment.contributions)
    )


def file_of(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_cases_of_a_csv(tmp_path):
    content = '\ufefftext,label,lang,source,note\n"a, b",LURE ,en,s1,x\nc,0,,,\nd,not_an_offer,,,\n'
    cases = list(read_cases(file_of(tmp_path, "mine.csv", content)))
    assert [(c.text, c.label, c.lang, c.source) for c in cases] == [
        ("a, b", "lure", "en", "s1"),
        ("c", "genuine", "und", "2"),
        ("d", "non_offer", "und", "3"),
    ]


def test_cases_of_json_lines(tmp_path):
    rows = [
        {"text": "a", "label": True, "indicators": ["secrecy"], "pair": "p1"},
        {"text": "b", "label": 0, "id": 7},
        {"text": "c", "label": "unknown", "basis": "seen"},
    ]
    content = "\n\n".join(json.dumps(row) for row in rows)
    one, two, three = read_cases(file_of(tmp_path, "mine.jsonl", content))
    assert (one.label, one.indicators, one.pair, one.source) == ("lure", frozenset({"secrecy"}), "p1", "p1")
    assert (two.label, two.indicators, two.pair, two.source) == ("genuine", None, None, "7")
    assert (three.label, three.basis) == ("unknown", "seen")


@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("mine.csv", "text,kind\na,lure\n", ["row 1", "text and label"]),
        ("mine.csv", "ad,label\na,lure\n", ["row 1", "text and label"]),
        ("mine.csv", "text,label\na,lure\nb,fraud\n", ["row 2", "'fraud'", "lure, genuine, non_offer"]),
        ("mine.csv", "text,label\na\n", ["row 1", "label"]),
        ("mine.csv", "label,text\nlure\n", ["row 1", "text"]),
        ("mine.jsonl", '{"text": "a", "label": "lure"}\n{"text": "b"}\n', ["row 2", "text and label"]),
        ("mine.jsonl", '{"text": "a", "label": null}\n', ["row 1", "label"]),
        ("mine.jsonl", '{"text": "a", "label": "lure"}\nno json\n', ["2"]),
        ("mine.jsonl", '["text", "label"]\n', ["row 1"]),
        ("mine.jsonl", "5\n", ["row 1"]),
        ("mine.jsonl", '{"text": 5, "label": "lure"}\n', ["row 1", "text"]),
        ("mine.csv", b"text,label\n\xff\xfe,lure\n", ["UTF-8"]),
    ],
)
def test_cases_that_are_wrong(tmp_path, name, content, named):
    with pytest.raises(ValueError, match=name.replace(".", r"\.")) as caught:
        list(read_cases(file_of(tmp_path, name, content)))
    assert all(part in str(caught.value) for part in named), str(caught.value)
