from __future__ import annotations

import json

import numpy as np
import pytest
import tomli_w

from screener.features import LEARNED_WORDING, WordingPattern
from screener.indicators.catalog import Catalog
from training import ordinary
from training.fit import WORDING_LIMIT, Fitted
from training.gate import FittedGate
from training.ordinary import OrdinaryRow
from training.wording import Wording

PATTERNS = (WordingPattern("easy", "word", 1.5, 0.5, -0.25), WordingPattern("news", "stem", 2.0, -0.5, 1.0))
NAMES = ("debt", "fee", LEARNED_WORDING)
OPEN_GATE = FittedGate(-9.0, {"not_an_offer": 0.0}, 1.0)


@pytest.fixture
def catalog(tmp_path):
    for name, word, more in (
        ("debt", "debt", {}),
        ("fee", "fee", {}),
        ("context", "abroad", {"scored": False}),
        ("both", "", {"detectors": [{"kind": "combination", "all": ["debt", "fee"]}]}),
    ):
        declared = {
            "title": "T", "rationale": "R.", "question": "Q?", "direction": "raises", "false_positives": ["some"],
            "detectors": [{"kind": "phrase"}], "lexicon": {"en": {word: ""} if word else {}}, **more,
        }  # fmt: skip
        (tmp_path / f"{name}.toml").write_text(tomli_w.dumps(declared), encoding="utf-8")
    return Catalog.load(tmp_path)


def fitted(*weights, intercept=-1.0):
    nothing = np.zeros(0)
    wording = Wording((), nothing, nothing, nothing)
    return Fitted(NAMES, intercept, np.array(weights), np.zeros((4, 4)), wording, PATTERNS, nothing, {})


def row(set_="a", wording=0.0, found=(), non_offer=0.0):
    return OrdinaryRow(set_, 300, wording, non_offer, frozenset(found))


def test_rows_come_back_as_they_were_written(tmp_path):
    rows = [row("a", 0.125, ("fee", "debt"), -1.5), row("b", -2.0)]
    ordinary.write(tmp_path / "kept.csv", rows, "abc")
    assert ordinary.read(tmp_path / "kept.csv", "abc") == rows
    assert ordinary.read(tmp_path / "kept.csv", "abc")[0].found == {"debt", "fee"}


def test_numbers_of_another_wording_are_refused(tmp_path):
    path = tmp_path / "kept.csv"
    ordinary.write(path, [row()], "abc")
    with pytest.raises(ValueError, match=r"kept\.csv: was made with wording abc, this fit has xyz: give --ordinary"):
        ordinary.read(path, "xyz")


@pytest.mark.parametrize(
    "other",
    [
        PATTERNS[:1],
        PATTERNS[::-1],
        (WordingPattern("easy", "stem", 1.5, 0.5, -0.25), PATTERNS[1]),
        (WordingPattern("easy", "word", 1.5, 0.5, -0.2501), PATTERNS[1]),
    ],
)
def test_the_digest_tells_wordings_apart(other):
    assert ordinary.wording_digest(PATTERNS) == ordinary.wording_digest(list(PATTERNS))
    assert ordinary.wording_digest(PATTERNS) != ordinary.wording_digest(other)


def test_ads_are_kept_as_numbers(tmp_path, catalog):
    ads = tmp_path / "ads"
    ads.mkdir()
    texts = [("easy work, a fee", "genuine"), ("news of debt", "unknown"), ("a debt", "lure"), (" ", "genuine")]
    lines = [json.dumps({"text": text, "label": label}) for text, label in texts]
    (ads / "board.jsonl").write_text("\n".join(lines), encoding="utf-8")
    rows = ordinary.measure(catalog, PATTERNS, ads)
    assert [(r.set, r.length, r.found) for r in rows] == [("board", 16, {"fee"}), ("board", 12, {"debt"})]
    assert [(r.wording, r.non_offer_wording) for r in rows] == [(0.5, -0.25), (-0.5, 1.0)]


def test_the_evidence_of_a_row():
    model = fitted(1.0, 2.0, 0.25)
    assert ordinary.row_evidence(model, row()) == -1.0
    assert ordinary.row_evidence(model, row(found=("debt", "fee", "context"))) == 2.0
    assert ordinary.row_evidence(model, row(wording=2.0)) == -0.5
    assert ordinary.row_evidence(model, row(wording=99.0)) == -1.0 + WORDING_LIMIT
    assert ordinary.row_evidence(model, row(wording=-99.0)) == -1.0 - WORDING_LIMIT


def spread(size, set_, found=("debt", "fee"), shift=0.0):
    return [row(set_, shift + 2 * n / size, found) for n in range(size)]


def test_cuts_hold_the_rates_in_every_large_set(catalog):
    model = fitted(1.0, 2.0, 0.2)  # within the limit of the wording, so that every value tells
    rows = spread(1000, "low") + spread(400, "high", shift=0.9) + spread(50, "small", shift=2.5)
    bands, rates = ordinary.cut_bands(catalog, model, OPEN_GATE, rows)
    assert bands.high >= bands.elevated + 0.5
    assert bands.high_needs == ordinary.HIGH_NEEDS
    assert set(rates) == {"low", "high", "small"}
    for name in ("low", "high"):
        assert rates[name]["elevated_or_high"] <= ordinary.ELEVATED_RATE
        assert rates[name]["high"] <= ordinary.HIGH_RATE
    assert rates["high"]["elevated_or_high"] > 0.02
    assert rates["small"]["rows"] == 50
    assert rates["small"]["elevated_or_high"] > ordinary.ELEVATED_RATE


def test_one_stated_risk_never_sets_the_cut_of_high(catalog):
    model = fitted(9.0, 2.0, 0.5)
    alone = spread(500, "a", found=("debt", "context"))
    bands, rates = ordinary.cut_bands(catalog, model, OPEN_GATE, alone)
    assert rates["a"]["high"] == 0
    assert bands.high == bands.elevated + 0.5
    in_company = ordinary.cut_bands(catalog, model, OPEN_GATE, spread(500, "a", found=("debt", "fee", "both")))
    assert in_company[1]["a"]["high"] <= ordinary.HIGH_RATE


def test_what_the_gate_keeps_out_does_not_raise_the_cuts(catalog):
    model = fitted(1.0, 2.0, 0.5)
    shut = FittedGate(0.0, {"not_an_offer": 0.0}, 1.0)
    rows = [row("a", found=("debt", "fee"), non_offer=5.0)] * 200
    bands, rates = ordinary.cut_bands(catalog, model, shut, rows)
    assert bands.elevated == pytest.approx(0, abs=1e-2)
    assert rates["a"] == {"rows": 200, "elevated_or_high": 0.0, "high": 0.0}


def test_the_cut_of_elevated_never_falls_below_even_odds(catalog):
    bands, _ = ordinary.cut_bands(catalog, fitted(0.0, 0.0, 0.0, intercept=-9.0), OPEN_GATE, spread(200, "a"))
    assert bands.elevated == 0.0


def test_the_kept_numbers_hold_no_text():
    with ordinary.FILE.open(encoding="utf-8") as stream:
        head, names, *rows = stream.read().splitlines()
    assert head.startswith("# wording ")
    assert names == "set,length,wording,non_offer_wording,found"
    assert rows
    assert all(len(line.split(",")) == 5 for line in rows)
