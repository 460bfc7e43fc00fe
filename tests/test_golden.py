"""Every golden case of every indicator and language holds: found with exactly these quotes, or silent."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from screener.indicators.catalog import shipped
from screener.reading import Reader
from screener.records import Offer

FOLDER = Path(__file__).parent / "golden"
LANGUAGES = ("en", "zh-Hans", "zh-Hant", "id", "ms", "es", "fr", "de")


def cases():
    for path in sorted(FOLDER.glob("*.toml")):
        for language, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for number, case in enumerate(entries):
                yield pytest.param(path.stem, case, id=f"{path.stem}-{language}-{number}")


@pytest.fixture(scope="module")
def reader():
    return Reader.of(shipped())


@pytest.mark.parametrize(("indicator", "case"), list(cases()))
def test_case(reader, indicator, case):
    hits = reader.read(Offer(case["text"])).row.found.get(indicator)
    wanted = case.get("found", bool(case.get("hits")))
    assert (hits is not None) == wanted, case["text"]
    quotes = {case["text"][hit.start : hit.end] for hit in hits or ()}
    assert set(case.get("hits", ())) <= quotes


@pytest.mark.parametrize("indicator", [d.id for d in shipped() if not d.is_combination])
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_of_each_kind(indicator, language):
    entries = tomllib.loads((FOLDER / f"{indicator}.toml").read_text(encoding="utf-8")).get(language, [])
    found = [case.get("found", bool(case.get("hits"))) for case in entries]
    assert found.count(True) >= 2
    assert found.count(False) >= 2
