"""Volumes and shares of a corpus file, and the bands they are held to."""

from __future__ import annotations

import pytest

from training import corpus_spread
from training.datasets import CORPUS, CorpusRow, read_corpus


def offer(number, label, text="Cook for Doha, 1500 dollars a month", **told):
    told = {"indicators": frozenset(told.pop("indicators")), "evidence": {}, "role": f"role {number}", **told}
    return CorpusRow(id=f"en-{number}-{label}", pair=f"en-{number}", label=label, lang="en", text=text, **told)


ROWS = [
    offer(
        1, "lure", subtle=True, scenario="crypto", channel="line", indicators={"personal_recruiter", "named_employer"}
    ),
    offer(1, "genuine", channel="line", two_stage=True, indicators={"job_abroad", "formal_process"}),
    offer(2, "lure", "x" * 501, obfuscated=True, channel="zalo", indicators={"employer_unnamed", "pay_lavish_promise"}),
    offer(2, "genuine", "y" * 300, channel="sms", destination_country="QA", indicators={"duties_specific"}),
    CorpusRow("en-3", None, "non_offer", "en", "Police warn of offers in Laos.", frozenset({"not_an_offer"}), {}),
]


def test_shares():
    shares = corpus_spread.spread(ROWS)
    assert shares["offers"] == {
        "terse": 0.5, "long": 0.25, "two-stage": 0.25, "with pay": 0.5, "largest channel": 0.5,
        "largest destination": 0.75, "roles a pair": 1,
    }  # fmt: skip
    assert shares["lures"] == {
        "subtle": 0.5, "obfuscated": 0.5, "private": 0.5, "scam offices": 0.5, "claiming": 0.5, "named firm": 0.5,
        "ordinary pay": 0.5,
    }  # fmt: skip
    assert shares["genuine"] == {
        "private": 0, "claiming nothing": 0.5, "terse claiming nothing": 0, "nothing protective": 0, "named firm": 1,
        "abroad": 0.5,
    }  # fmt: skip
    assert corpus_spread.volume(ROWS) == (2, 1)
    assert corpus_spread.spread([])["offers"]["terse"] == 0


@pytest.mark.parametrize(("text", "length"), [("cook", 4), ("厨师", 4.4), ("요리사!", 7.6), ("", 0)])
def test_letters_of_dense_scripts_count_more(text, length):
    assert corpus_spread.letters(text) == pytest.approx(length)


def test_a_file_outside_its_bands_is_told():
    lines = list(corpus_spread.outside(ROWS, "en"))
    assert "en: 2 pairs, where bands.toml asks for 300" in lines
    assert "en: offers, long: 0.25 is not within 0.09 and 0.18" in lines
    assert not [line for line in lines if "offers, terse" in line]


def test_a_language_without_a_volume_is_told():
    (line,) = corpus_spread.outside(ROWS, "xx")
    assert "asks no volume" in line


def test_every_share_has_a_band_and_every_band_a_share():
    bands = corpus_spread.bands()
    assert {side: set(of_side) for side, of_side in bands.items() if side != "volume"} == {
        side: set(of_side) for side, of_side in corpus_spread.spread(ROWS).items()
    }
    assert {path.stem for path in CORPUS.glob("*.jsonl")} == set(bands["volume"])


def test_no_row_of_the_corpus_is_in_two_files():
    rows = read_corpus()
    assert len({row.id for row in rows}) == len(rows)
