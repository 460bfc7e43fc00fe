"""Ordinary local job ads: none is called a likely lure, and the strong indicators say nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "benign"
LANGUAGES = ("de", "en", "es", "fr", "id", "ms", "zh-Hans", "zh-Hant")
LEAST = 12
STRONG = frozenset(
    {
        "exit_penalty",
        "illicit_work_hint",
        "immigration_script",
        "irregular_crossing",
        "military_or_armed_work",
        "minor_recruited",
        "movement_restricted",
        "passport_surrender",
        "secrecy",
    }
)


def ads(language):
    """The ads of a language's file, parted by lines of three hyphens."""
    return [ad.strip() for ad in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").split("\n---\n")]


CASES = [pytest.param(ad, id=f"{tag}-{number}") for tag in LANGUAGES for number, ad in enumerate(ads(tag), 1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_and_each_is_another(language):
    found = ads(language)
    assert len(found) >= LEAST
    assert len(set(found)) == len(found)
    assert all(found)


def test_every_file_is_tried():
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(LANGUAGES)


@pytest.mark.parametrize("ad", CASES)
def test_an_ordinary_ad_is_not_called_a_lure(screener, ad):
    answer = screener.screen(ad)
    assert answer.band not in ("elevated", "high"), [(c.indicator, round(c.log_odds, 2)) for c in answer.contributions]


@pytest.mark.parametrize("ad", CASES)
def test_strong_indicators_are_silent(screener, ad):
    answer = screener.screen(ad)
    assert not [(name, [e.quote for e in answer.evidence.get(name, ())]) for name in STRONG & set(answer.indicators)]


def test_the_strong_indicators_are_declared(screener):
    assert screener.catalog.declarations.keys() >= STRONG
