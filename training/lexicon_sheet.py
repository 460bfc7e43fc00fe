"""Lexicon sheets: the wordings of one language on one page, to write or review beside each other.

A sheet holds, for one language, `[lexicon.<indicator>]`, `[pairs.<indicator>]` and `[guards.<indicator>]` tables as an
indicator's own file does, and `[[golden.<indicator>]]` cases. `try_sheet` measures it without touching anything;
`take_in` writes it into the indicators' files and the golden cases; `export` makes a sheet of what is declared.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tomli_w

from screener.errors import DeclarationError
from screener.indicators.catalog import FOLDER, Catalog, shipped
from screener.indicators.declaration import Pair, Phrase, read_pair
from screener.reading import Reader
from screener.records import Offer
from training.datasets import ROOT

GOLDEN = ROOT / "tests" / "golden"
SECTIONS = ("lexicon", "pairs", "guards")


@dataclass(frozen=True, slots=True)
class GoldenCase:
    """A text in which an indicator must be found with these quotes, or (`found` false) must stay silent."""

    indicator: str
    language: str
    text: str
    found: bool
    hits: tuple[str, ...]


def read_sheet(path: Path) -> dict[str, Any]:
    """A sheet, its sections and indicators checked. Raises DeclarationError."""
    try:
        sheet = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DeclarationError(f"{path.name}: not valid TOML: {error}") from error
    known = {d.id for d in shipped()}
    for section, tables in sheet.items():
        if section not in (*SECTIONS, "golden"):
            raise DeclarationError(
                f"{path.name}: unknown section {section!r}; known are lexicon, pairs, guards, golden"
            )
        for indicator in tables:
            if indicator not in known:
                raise DeclarationError(f"{path.name}: {section}.{indicator}: no such indicator")
    return sheet


def with_sheet(catalog: Catalog, sheet: Mapping[str, Any], language: str) -> Catalog:
    """The catalogue with a language's wordings replaced by those of a sheet."""

    def others(entries: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(entry for entry in entries if entry.language != language)

    declarations = {}
    for d in catalog:
        table = {section: sheet.get(section, {}).get(d.id, {}) for section in SECTIONS}
        declarations[d.id] = replace(
            d,
            phrases=others(d.phrases) + tuple(Phrase(w, language, g) for w, g in table["lexicon"].items()),
            pairs=others(d.pairs) + tuple(_pair(d.id, w, language, g) for w, g in table["pairs"].items()),
            guards=others(d.guards) + tuple(Phrase(w, language, g) for w, g in table["guards"].items()),
        )
    return Catalog(declarations)


def _pair(indicator: str, wording: str, language: str, gloss: str) -> Pair:
    return read_pair(f"{indicator} (sheet)", wording, language, gloss)


def golden_cases(tables: Mapping[str, Iterable[Mapping[str, Any]]], language: str) -> list[GoldenCase]:
    """Cases of a sheet's or file's golden tables, by indicator."""
    return [
        GoldenCase(
            indicator, language, case["text"], case.get("found", bool(case.get("hits"))), tuple(case.get("hits", ()))
        )
        for indicator, cases in tables.items()
        for case in cases
    ]


def failures(reader: Reader, cases: Iterable[GoldenCase]) -> list[str]:
    """One line for each golden case that does not hold."""
    lines = []
    for case in cases:
        hits = reader.read(Offer(case.text)).row.found.get(case.indicator)
        quotes = tuple(case.text[hit.start : hit.end] for hit in hits or ())
        if (hits is not None) != case.found or not set(case.hits) <= set(quotes):
            wanted = f"{list(case.hits)}" if case.found else "silence"
            got = "silence" if hits is None else f"{list(quotes)}"
            lines.append(f"{case.language} {case.indicator}: wanted {wanted}, got {got}: {case.text}")
    return lines


@dataclass(frozen=True, slots=True)
class Score:
    """How a detector agrees with the labels: counts of rows."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the findings that are labelled; 1.0 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the labels that were found; 1.0 where nothing is labelled."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def agreement(found: Iterable[tuple[frozenset[str], frozenset[str]]], ids: Iterable[str]) -> dict[str, Score]:
    """Scores by indicator, from pairs of (found, labelled) ids."""
    counts = {name: Counter[str]() for name in ids}
    for seen, labelled in found:
        for name, count in counts.items():
            if name in seen or name in labelled:
                count["right" if name in seen and name in labelled else "wrong" if name in seen else "missed"] += 1
    return {name: Score(count["right"], count["wrong"], count["missed"]) for name, count in counts.items()}


def take_in(sheet: Mapping[str, Any], language: str, folder: Path = FOLDER, golden: Path = GOLDEN) -> None:
    """Writes a sheet's wordings into the indicators' files and its cases into the golden files."""
    if not any(sheet.get(section) for section in (*SECTIONS, "golden")):
        raise DeclarationError(f"the sheet holds no wordings of {language}: nothing is taken in, nothing was removed")
    for path in sorted(folder.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for section in SECTIONS:
            table = sheet.get(section, {}).get(path.stem)
            tables = {tag: old for tag, old in data.pop(section, {}).items() if tag != language}
            if table:
                tables[language] = table
            if tables:
                data[section] = dict(sorted(tables.items()))
        path.write_text(tomli_w.dumps(data), encoding="utf-8")
    golden.mkdir(parents=True, exist_ok=True)
    for indicator, cases in sheet.get("golden", {}).items():
        path = golden / f"{indicator}.toml"
        data = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        data[language] = cases
        path.write_text(tomli_w.dumps(dict(sorted(data.items()))), encoding="utf-8")


def export(language: str, folder: Path = FOLDER, golden: Path = GOLDEN) -> str:
    """A sheet of what is declared for a language, as TOML text."""
    sheet: dict[str, Any] = {section: {} for section in (*SECTIONS, "golden")}
    for path in sorted(folder.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for section in SECTIONS:
            if table := data.get(section, {}).get(language):
                sheet[section][path.stem] = table
    for path in sorted(golden.glob("*.toml")):
        if cases := tomllib.loads(path.read_text(encoding="utf-8")).get(language):
            sheet["golden"][path.stem] = cases
    return tomli_w.dumps(sheet)
