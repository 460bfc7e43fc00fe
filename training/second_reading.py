"""A tenth of the rows read again by a reader who saw only the texts: how far the two readings agree.

`training/second_reading/<tag>.jsonl` holds both readings as they were before anything was settled, a line for each row:
its id, and the label and indicators of the `first` and of the `second` reading.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil
from pathlib import Path
from typing import Any

from sklearn.metrics import cohen_kappa_score

from training.datasets import ROOT, CorpusRow

FOLDER = ROOT / "training" / "second_reading"
SHARE, LEAST = 0.10, 30
"""The share of a language's rows, and the number of rows, that are read again at least."""
NOT_READ = frozenset({"hub_country_destination"})
"""Drawn from the destination, not read."""
KAPPA, F1 = 0.9, 0.8
"""What a language must reach; else its rows are rewritten."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader says of one text."""

    label: str
    indicators: frozenset[str]


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """A row's id, what its writer and what a second reader said of it."""

    id: str
    first: Reading
    second: Reading


@dataclass(frozen=True, slots=True)
class Agreement:
    """`kappa` is Cohen's, lure against genuine; `f1` is micro-averaged over the indicators; both over the offers."""

    rows: int
    offers: int
    labels_apart: int
    kappa: float
    f1: float

    @property
    def is_enough(self) -> bool:
        """Whether the language may stand as it is."""
        return self.kappa >= KAPPA and self.f1 >= F1


def sample(rows: Sequence[CorpusRow]) -> list[CorpusRow]:
    """The rows to be read again: those whose ids have the smallest digests, in that order."""
    order = sorted(rows, key=lambda row: sha256(row.id.encode()).digest())
    return order[: max(LEAST, ceil(SHARE * len(rows)))]


def read_twice(path: Path) -> list[TwoReadings]:
    """The two readings of a language. ValueError names a line that is wrong."""
    readings: list[TwoReadings] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            data = json.loads(line)
            readings.append(TwoReadings(data["id"], _reading(data["first"]), _reading(data["second"])))
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{path.name}:{number}: {error!r}") from error
    return readings


def _reading(data: dict[str, Any]) -> Reading:
    return Reading(data["label"], frozenset(data["indicators"]) - NOT_READ)


def agreement(readings: Sequence[TwoReadings]) -> Agreement:
    """How far the two readings of a language agree. A text only one of them takes for no offer counts as apart."""
    offers = [each for each in readings if each.first.label != "non_offer" or each.second.label != "non_offer"]
    both = sum(len(each.first.indicators & each.second.indicators) for each in offers)
    told = sum(len(each.first.indicators) + len(each.second.indicators) for each in offers)
    one, other = [each.first.label for each in offers], [each.second.label for each in offers]
    return Agreement(
        rows=len(readings),
        offers=len(offers),
        labels_apart=sum(a != b for a, b in zip(one, other, strict=True)),
        kappa=float(cohen_kappa_score(one, other)),
        f1=2 * both / told if told else 1.0,
    )


def as_markdown(folder: Path = FOLDER) -> str:
    """The agreement of every language, and the indicators the readings part on most."""
    lines = [
        "| language | rows read again | offers | labels apart | kappa | indicator F1 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    everything: list[TwoReadings] = []
    for path in sorted(folder.glob("*.jsonl")):
        readings = read_twice(path)
        everything += readings
        lines.append(_line(path.stem, agreement(readings)))
    lines.append(_line("all", agreement(everything)))
    names = sorted({name for each in everything for name in each.first.indicators | each.second.indicators})
    lines += ["", "| indicator | both | first only | second only |", "| --- | --- | --- | --- |"]
    for name in names:
        first, second = (
            [name in getattr(each, reading).indicators for each in everything] for reading in ("first", "second")
        )
        counts = [sum(a and b for a, b in zip(first, second, strict=True))]
        counts += [sum(first) - counts[0], sum(second) - counts[0]]
        lines.append(f"| {name} | {' | '.join(map(str, counts))} |")
    return "\n".join(lines)


def _line(name: str, told: Agreement) -> str:
    return f"| {name} | {told.rows} | {told.offers} | {told.labels_apart} | {told.kappa:.2f} | {told.f1:.2f} |"
