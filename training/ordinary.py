"""Ordinary ads as numbers: what the bands are cut on. No text enters the project.

A row holds the name of the set, the length in code points, the two wording sums and the ids of what was found. The
wording sums belong to one fit, so the file carries the digest of its wording; with another wording it is made anew
from the ads themselves.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from screener.classifier import Bands
from screener.features import LEARNED_WORDING, WordingPattern
from screener.indicators.catalog import Catalog
from screener.reading import Reader
from screener.records import Offer
from training.datasets import ROOT
from training.evaluate import read_cases
from training.fit import WORDING_LIMIT, Fitted
from training.gate import THRESHOLD, FittedGate

FILE = ROOT / "training" / "ordinary.csv"
_FIELDS = ("set", "length", "wording", "non_offer_wording", "found")
_KEPT_LABELS = frozenset({"genuine", "unknown"})
HIGH_RATE, ELEVATED_RATE = 0.005, 0.03
"""Shares of any one set of ordinary ads that may pass the cuts: half of what is promised, for sets not seen."""
HIGH_NEEDS = 2
SUFFICIENT_CHARACTERS = 160
MIN_SET = 100
"""Sets smaller than this are too small to cut on."""


@dataclass(frozen=True, slots=True)
class OrdinaryRow:
    """A real ad as numbers."""

    set: str
    length: int
    wording: float
    non_offer_wording: float
    found: frozenset[str]


def wording_digest(patterns: Iterable[WordingPattern]) -> str:
    """A short digest of the learned wording."""
    listed = [[p.phrase, p.boundary, p.idf, p.lure, p.non_offer] for p in patterns]
    return hashlib.sha256(json.dumps(listed).encode()).hexdigest()[:16]


def measure(catalog: Catalog, patterns: Sequence[WordingPattern], folder: Path) -> list[OrdinaryRow]:
    """Reads the ads of a folder (`<set>.jsonl` with text and label) and keeps numbers."""
    reader = Reader.of(catalog, patterns)
    rows = []
    for path in sorted(folder.glob("*.jsonl")):
        for case in read_cases(path):
            if case.label in _KEPT_LABELS and case.text.strip():
                row = reader.read(Offer(case.text)).row
                sums = round(row.wording_sum(), 4), round(row.wording_sum(non_offer=True), 4)
                rows.append(OrdinaryRow(path.stem, len(case.text), *sums, frozenset(row.found)))
    return rows


def write(path: Path, rows: Iterable[OrdinaryRow], wording: str) -> None:
    """The rows as CSV under a line with the wording's digest."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write(f"# wording {wording}\n")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_FIELDS)
        for row in rows:
            writer.writerow([row.set, row.length, row.wording, row.non_offer_wording, ";".join(sorted(row.found))])


def read(path: Path, wording: str) -> list[OrdinaryRow]:
    """The rows of a file. Raises ValueError where it was made with another wording."""
    with path.open(encoding="utf-8", newline="") as stream:
        head = stream.readline().split()
        if head[-1] != wording:
            raise ValueError(
                f"{path}: was made with wording {head[-1]}, this fit has {wording}: give --ordinary FOLDER"
            )
        return [
            OrdinaryRow(
                row["set"], int(row["length"]), float(row["wording"]), float(row["non_offer_wording"]),
                frozenset(filter(None, row["found"].split(";"))),
            )
            for row in csv.DictReader(stream)
        ]  # fmt: skip


def cut_bands(
    catalog: Catalog, fitted: Fitted, gate: FittedGate, rows: Sequence[OrdinaryRow]
) -> tuple[Bands, dict[str, dict[str, float]]]:
    """Cuts that hold the promised error rates in every set, and the rates they give set by set."""
    evidence: dict[str, list[float]] = defaultdict(list)
    able: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        is_offer = gate.probability(row.found, row.non_offer_wording) < THRESHOLD
        value = row_evidence(fitted, row) if is_offer else -np.inf
        risks = sum(_is_stated_risk(catalog, name) for name in row.found)
        evidence[row.set].append(value)
        able[row.set].append(value if risks >= HIGH_NEEDS else -np.inf)
    large = [name for name, values in evidence.items() if len(values) >= MIN_SET]
    elevated = max([0.0, *(_cut(np.array(evidence[name]), ELEVATED_RATE) for name in large)])
    high = max([elevated + 0.5, *(_cut(np.array(able[name]), HIGH_RATE) for name in large)])
    bands = Bands(round(elevated, 4), round(high, 4), HIGH_NEEDS, SUFFICIENT_CHARACTERS)
    rates = {
        name: {
            "rows": len(evidence[name]),
            "elevated_or_high": float(np.mean(np.array(evidence[name]) >= bands.elevated)),
            "high": float(np.mean(np.array(able[name]) >= bands.high)),
        }
        for name in sorted(evidence)
    }
    return bands, rates


def row_evidence(fitted: Fitted, row: OrdinaryRow) -> float:
    """The evidence a row would get from the fitted model, in log-odds."""
    weights: Mapping[str, float] = dict(zip(fitted.names, fitted.weights, strict=True))
    wording = float(np.clip(weights[LEARNED_WORDING] * row.wording, -WORDING_LIMIT, WORDING_LIMIT))
    return fitted.intercept + wording + float(sum(weights.get(name, 0.0) for name in row.found))


def _is_stated_risk(catalog: Catalog, name: str) -> bool:
    declaration = catalog[name]
    return declaration.scored and declaration.direction == "raises" and not declaration.is_combination


def _cut(values: NDArray[np.float64], rate: float) -> float:
    """The least cut that at most this share of the values reaches."""
    ordered = np.sort(values)[::-1]
    return float(np.nextafter(ordered[min(int(rate * len(ordered)), len(ordered) - 1)], np.inf)) + 1e-3
