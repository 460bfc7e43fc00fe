"""The reader as one file: what the declarations say, folded and brought together, ready to serve.

Reading all declarations and folding every phrase takes seconds; the model therefore carries the result, so that a
process starts at once and a model always serves with the wordings it was fitted with.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from screener.declared import derived_tables, offer_tables, parsed_tables
from screener.features import WordingPattern
from screener.indicators.catalog import Catalog
from screener.indicators.declaration import Declaration, Detector, Pair
from screener.reading import Reader
from screener.records import IloReference, Source
from screener.scan import Scanner, Target

_SETS = ("values", "all", "any", "also", "none")


def compile_reader(reader: Reader) -> dict[str, Any]:
    """The content of reader.json. What the learned wording weighs stands in model.json; here it is only found.

    A wording's target is its number, and the targets of all come last, in order: they are not listed.
    """
    scanner, catalog = reader.scanner, reader.catalog
    return {
        "declarations": [_declaration(d) for d in catalog],
        "pairs": [[name, p.language, p.gloss, p.ordered, len(p.groups)] for name, p in catalog.pairs],
        "pairs_of": catalog.pairs_of,
        "targets": scanner.targets[: len(scanner.targets) - len(reader.patterns)],
        "phrases": "\n".join(scanner.phrases),
        "uses": scanner.uses,
        "tables": parsed_tables(),
        "derived": derived_tables(),
    }


def load_reader(data: Mapping[str, Any], patterns: Sequence[WordingPattern]) -> Reader:
    """The reader a compiled file holds, with the learned wording of its model. KeyError where parts are missing."""
    collects = gc.isenabled()
    gc.disable()  # a collection walks everything read so far and finds nothing to free
    try:
        reader = _read(data, patterns)
    finally:
        if collects:
            gc.enable()
    gc.freeze()  # what was read stays as long as the process: no later collection needs to walk it
    return reader


def _read(data: Mapping[str, Any], patterns: Sequence[WordingPattern]) -> Reader:
    offer_tables(data["tables"], data["derived"])
    declarations = {entry["id"]: _read_declaration(entry) for entry in data["declarations"]}
    catalog = Catalog.compiled(
        declarations,
        [
            (name, Pair(((),) * groups, ordered, language, gloss))
            for name, language, gloss, ordered, groups in data["pairs"]
        ],
        data["pairs_of"],
    )
    targets: list[Target] = [
        (room, tuple(target) if isinstance(target, list) else target) for room, target in data["targets"]
    ]
    targets += [("wording", number) for number in range(len(patterns))]
    return Reader(catalog, Scanner(data["phrases"].split("\n"), data["uses"], targets), patterns)


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
