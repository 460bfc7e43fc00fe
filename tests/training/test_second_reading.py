"""The sample that is read again, and the figures of agreement."""

from __future__ import annotations

import json

import pytest

from training.datasets import CorpusRow
from training.second_reading import FOLDER, LEAST, Reading, TwoReadings, agreement, as_markdown, read_twice, sample


def row(number):
    return CorpusRow(f"en-{number}", None, "non_offer", "en", "news", frozenset(), {})


def two(first, second, one=("secrecy",), other=("secrecy",)):
    return TwoReadings("x", Reading(first, frozenset(one)), Reading(second, frozenset(other)))


def test_a_tenth_is_drawn_whatever_the_order_of_the_file():
    rows = [row(n) for n in range(500)]
    drawn = sample(rows)
    assert len(drawn) == 50
    assert drawn == sample(rows[::-1])
    assert drawn != rows[:50]
    assert len(sample(rows[:100])) == LEAST


def test_agreement():
    apart = two("lure", "genuine", ("secrecy", "urgency"), ("secrecy", "travel_paid"))
    readings = [two("lure", "lure"), two("genuine", "genuine"), apart, two("non_offer", "non_offer", (), ())]
    told = agreement(readings)
    assert (told.rows, told.offers, told.labels_apart) == (4, 3, 1)
    assert told.kappa == pytest.approx(0.4)
    assert told.f1 == pytest.approx(2 * 3 / 8)
    assert not told.is_enough
    assert agreement(readings[:2]).is_enough


def test_an_offer_taken_for_none_is_apart():
    assert agreement([two("lure", "non_offer"), two("genuine", "genuine")]).labels_apart == 1


def test_readings_are_read_from_a_file(tmp_path):
    reading = {"label": "lure", "indicators": ["secrecy", "hub_country_destination"]}
    (tmp_path / "en.jsonl").write_text(json.dumps({"id": "en-1", "first": reading, "second": reading}) + "\n", "utf-8")
    (told,) = read_twice(tmp_path / "en.jsonl")
    assert told == TwoReadings("en-1", Reading("lure", frozenset({"secrecy"})), Reading("lure", frozenset({"secrecy"})))
    (tmp_path / "de.jsonl").write_text('{"id": "de-1"}\n', "utf-8")
    with pytest.raises(ValueError, match=r"de\.jsonl:1"):
        read_twice(tmp_path / "de.jsonl")


def test_the_languages_read_twice_agree():
    paths = sorted(FOLDER.glob("*.jsonl"))
    assert paths
    assert not [path.stem for path in paths if not agreement(read_twice(path)).is_enough]
    assert as_markdown().count("\n| ") > len(paths)
