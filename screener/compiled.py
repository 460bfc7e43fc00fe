"""The reader as one file: what the declarations say, folded and brought together, ready to serve.

Reading all declarations and folding every phrase takes seconds; the model therefore carries the result, so that a
process starts at once and a model always serves with the wordings it was fitted with.
"""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from screener.declared import derived_tables, offer_tables, parsed_tables
from screener.features import WordingPattern
from screener.indicators.catalog import Catalog
from screener.indicators.declaration import Declaration, Detector, Pair
from screener.reading import Reader
from screener.records import IloReference, Source
from screener.scan import LEFT, RIGHT, Scanner, Target, Use

_SETS = ("values", "all", "any", "also", "none")


def compile_reader(reader: Reader) -> dict[str, Any]:
    """The content of reader.json, in the order of the declarations. The learned wording stands in model.json."""
    scanner, catalog = reader.scanner, reader.catalog
    return {
        "declarations": [_declaration(d) for d in catalog],
        "pairs": [[name, p.language, p.gloss, p.ordered, len(p.groups)] for name, p in catalog.pairs],
        "pairs_of": catalog.pairs_of,
        "targets": scanner.targets,
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
    targets = [(room, tuple(target) if isinstance(target, list) else target) for room, target in data["targets"]]
    return Reader(catalog, _with_wording(data["phrases"].split("\n"), data["uses"], targets, patterns))


def _with_wording(
    phrases: list[str], uses: list[Use | list[Use]], targets: list[Target], patterns: Sequence[WordingPattern]
) -> Scanner:
    """Adds the learned wording, which is folded already."""
    declared = len(phrases)
    for pattern in sorted(patterns, key=lambda pattern: pattern.phrase):
        edges = LEFT * (pattern.boundary in ("word", "stem")) + RIGHT * (pattern.boundary == "word")
        use = 4 * len(targets) + edges
        targets.append(("wording", pattern))
        number = bisect_left(phrases, pattern.phrase, 0, declared)
        if number == declared or phrases[number] != pattern.phrase:
            if phrases[-1] != pattern.phrase:
                phrases.append(pattern.phrase)
                uses.append([])
            number = len(phrases) - 1
        told = uses[number]
        uses[number] = [*(told if isinstance(told, list) else (told,)), use]
    return Scanner(phrases, uses, targets, declared)


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
