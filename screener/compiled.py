"""The reader as one file: what the declarations say, folded and brought together, ready to serve.

Reading all declarations and folding every phrase takes seconds; the model therefore carries the result, so that a
process starts at once and a model always serves with the wordings it was fitted with.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import orjson

from screener.archive import Shelves
from screener.declared import declared_words, derived_tables, offer_tables, parsed_tables
from screener.features import WordingPattern
from screener.indicators.catalog import Catalog
from screener.indicators.declaration import Declaration, Detector, Pair
from screener.lines import Lines, Parsed, blocks, numbers
from screener.reading import Reader
from screener.records import IloReference, Source
from screener.scan import Scanner, Target
from screener.text import folds, offer_folds

_SETS = ("values", "all", "any", "also", "none")
_FOLDED = (
    "facts/data/contacts.toml",
    "facts/data/currencies.toml",
    "facts/data/not_places.toml",
    "facts/data/numerals.toml",
    "facts/data/place_roles.toml",
    "facts/data/schemes.toml",
)
"""Files whose words an ad in any language is searched for: the model carries them folded."""


def compile_reader(reader: Reader) -> Shelves:
    """The content of reader.txt; an ad needs only a few of its texts, and of long columns only a few lines.

    A learned wording is only found here, by its number: what it weighs stands in model.json.
    """
    scanner, catalog = reader.scanner, reader.catalog
    return {
        "catalog": {d.id: _json(_declaration(d)) for d in catalog},
        "pairs": blocks(_json([name, p.language, p.gloss, p.ordered, len(p.groups)]) for name, p in catalog.pairs),
        "pairs_of": blocks(" ".join(f"{pair} {group}" for pair, group in uses) for uses in catalog.pairs_of),
        "targets": blocks(map(_json, scanner.targets)),
        "phrases": scanner.phrases,
        "tables": {digest: _json(table) for digest, table in parsed_tables().items()},
        "derived": {key: _json(table) for key, table in derived_tables().items()},
        "folds": folds(declared_words(*_FOLDED)),
    }


def load_reader(shelves: Shelves, patterns: Sequence[WordingPattern]) -> Reader:
    """The reader a compiled file holds, with the learned wording of its model. KeyError where parts are missing."""
    collects = gc.isenabled()
    gc.disable()  # a collection walks everything read so far and finds nothing to free
    try:
        reader = _read(shelves, patterns)
    finally:
        if collects:
            gc.enable()
    gc.freeze()  # what was read stays as long as the process: no later collection needs to walk it
    return reader


def _read(shelves: Shelves, patterns: Sequence[WordingPattern]) -> Reader:
    offer_tables(shelves["tables"], shelves["derived"])
    offer_folds(shelves["folds"])
    catalog = Catalog.compiled(
        {name: _read_declaration(orjson.loads(text)) for name, text in shelves["catalog"].items()},
        Parsed(Lines(shelves["pairs"]), _pair),
        Parsed(Lines(shelves["pairs_of"]), _pairs_of),
    )
    return Reader(catalog, Scanner(shelves["phrases"], Parsed(Lines(shelves["targets"]), _target)), patterns)


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _pair(line: str) -> tuple[str, Pair]:
    name, language, gloss, ordered, groups = orjson.loads(line)
    return name, Pair(((),) * groups, ordered, language, gloss)


def _target(line: str) -> Target:
    room, target = orjson.loads(line)
    return room, tuple(target) if isinstance(target, list) else target


def _pairs_of(line: str) -> list[tuple[int, int]]:
    told = numbers(line)
    return list(zip(told[::2], told[1::2], strict=True))


def _declaration(declaration: Declaration) -> dict[str, Any]:
    data = asdict(replace(declaration, phrases=(), pairs=(), guards=()))
    for name in ("phrases", "pairs", "guards"):
        del data[name]
    data["detectors"] = [
        {name: sorted(value) if name in _SETS else value for name, value in detector.items() if value}
        for detector in data["detectors"]
    ]
    return data


def _read_declaration(data: Mapping[str, Any]) -> Declaration:
    told: list[dict[str, Any]] = [
        {name: frozenset(value) if name in _SETS else value for name, value in detector.items()}
        for detector in data["detectors"]
    ]
    detectors = tuple(Detector(**detector) for detector in told)
    return Declaration(
        **{
            **data,
            "sources": tuple(Source(**source) for source in data["sources"]),
            "ilo": tuple(IloReference(**reference) for reference in data["ilo"]),
            "false_positives": tuple(data["false_positives"]),
            "wordings": {language: tuple(counts) for language, counts in data["wordings"].items()},
            "detectors": detectors,
        }
    )
