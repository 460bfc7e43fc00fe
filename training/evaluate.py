"""Measures a model: on documented cases and contrast pairs kept for development, on ordinary ads, on a user's cases.

Rows of one source are not independent, so intervals resample whole sources.
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from screener import Screener
from screener.classifier import logistic, logit
from screener.records import Assessment
from training.lexicon_sheet import Score, agreement

Floats = NDArray[np.float64]

LURE_LABELS = frozenset({"lure", "1", "true", "yes"})
GENUINE_LABELS = frozenset({"legit", "genuine", "0", "false", "no"})
NON_OFFER_LABELS = frozenset({"non_offer", "not_an_offer"})
BOOTSTRAPS = 500
FALSE_ALARMS = 0.05
UNLABELLED = frozenset({"hub_country_destination", "duties_specific"})
"""Indicators the development pairs are not labelled with."""


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled text to measure on."""

    text: str
    label: str
    lang: str = "und"
    source: str = ""
    pair: str | None = None
    indicators: frozenset[str] | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A case and its answer. `evidence` is the log-odds without the prevalence term."""

    case: Case
    assessment: Assessment
    evidence: float = field(default=0.0)


def read_cases(path: Path) -> Iterator[Case]:
    """Cases of a CSV or JSONL file with `text` and `label` (and `lang`, `source`, `pair`, `indicators`).

    Raises ValueError naming file, row and what is wrong.
    """
    number = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for number, row in enumerate(_rows(path, stream), 1):
                yield _case(row, path, number)
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name}: after row {number}: not UTF-8: {error}") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"{path.name}: row {number + 1}: {error}") from error


def _rows(path: Path, stream: TextIO) -> Iterator[Any]:
    if path.suffix == ".csv":
        yield from csv.DictReader(stream)
    else:
        yield from (json.loads(line) for line in stream if line.strip())


def _case(row: Any, path: Path, number: int) -> Case:
    where = f"{path.name}: row {number}"
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "label" not in row:
        raise ValueError(f"{where}: needs the columns text and label, the text being a text")
    return Case(
        text=row["text"],
        label=_label(str(row["label"]), path, number),
        lang=row.get("lang") or "und",
        source=str(row.get("source") or row.get("pair") or row.get("id") or number),
        pair=row.get("pair"),
        indicators=frozenset(row["indicators"]) if row.get("indicators") else None,
        basis=row.get("basis") or "",
    )


def _label(label: str, path: Path, number: int) -> str:
    lower = label.strip().casefold()
    for name, labels in (("lure", LURE_LABELS), ("genuine", GENUINE_LABELS), ("non_offer", NON_OFFER_LABELS)):
        if lower in labels:
            return name
    if lower in {"scam", "unknown"}:
        return lower
    raise ValueError(f"{path.name}: row {number}: label {label!r} is none of lure, genuine, non_offer")


def score(screener: Screener, cases: Iterable[Case]) -> list[Scored]:
    """Every case that has a text, answered at the default prevalence."""
    scored = []
    for case in cases:
        if case.text.strip():
            answer = screener.screen(case.text)
            scored.append(Scored(case, answer, answer.log_odds - logit(answer.prevalence)))
    return scored


def _evidence(scored: Sequence[Scored], label: str) -> Floats:
    return np.array([s.evidence for s in scored if s.case.label == label])


def auc(scored: Sequence[Scored]) -> float:
    """ROC-AUC of lure against genuine; NaN where one of them is missing."""
    lures, genuine = _evidence(scored, "lure"), _evidence(scored, "genuine")
    if not len(lures) or not len(genuine):
        return float("nan")
    return float(roc_auc_score([1] * len(lures) + [0] * len(genuine), np.concatenate([lures, genuine])))


def recall_at(scored: Sequence[Scored], false_alarms: float = FALSE_ALARMS) -> float:
    """Share of lures above the cut that this share of the genuine ads passes; NaN where one of them is missing."""
    return recall(_evidence(scored, "lure"), _evidence(scored, "genuine"), false_alarms)


def recall(lures: Floats, genuine: Floats, false_alarms: float = FALSE_ALARMS) -> float:
    """The same for bare scores."""
    if not len(lures) or not len(genuine):
        return float("nan")
    return float(np.mean(lures > np.sort(genuine)[::-1][int(false_alarms * len(genuine))]))


def pairs_won(scored: Sequence[Scored]) -> tuple[int, int]:
    """Pairs whose lure scores above its genuine ad, and all pairs; a tie is not won."""
    pairs: dict[str, dict[str, float]] = defaultdict(dict)
    for s in scored:
        if s.case.pair:
            pairs[s.case.pair][s.case.label] = s.evidence
    whole = [pair for pair in pairs.values() if {"lure", "genuine"} <= pair.keys()]
    return sum(pair["lure"] > pair["genuine"] for pair in whole), len(whole)


def calibration_error(scored: Sequence[Scored], bins: int = 10) -> float:
    """Expected calibration error of lure against genuine at the prevalence of the cases, over equal-count bins."""
    rows = [(s.evidence, s.case.label == "lure") for s in scored if s.case.label in ("lure", "genuine")]
    if not rows:
        return float("nan")
    share = np.clip(np.mean([is_lure for _, is_lure in rows]), 1e-6, 1 - 1e-6)
    rows.sort()
    probabilities = np.array([logistic(e + logit(float(share))) for e, _ in rows])
    truth = np.array([float(is_lure) for _, is_lure in rows])
    parts = np.array_split(np.arange(len(rows)), bins)
    return float(sum(len(p) * abs(probabilities[p].mean() - truth[p].mean()) for p in parts if len(p)) / len(rows))


def interval(
    scored: Sequence[Scored], figure: Callable[[Sequence[Scored]], float], seed: int = 0
) -> tuple[float, float]:
    """90 % bootstrap interval of a figure, resampling whole sources."""
    by_source: dict[str, list[Scored]] = defaultdict(list)
    for s in scored:
        by_source[s.case.source].append(s)
    sources, random = sorted(by_source), np.random.default_rng(seed)
    values = []
    for _ in range(BOOTSTRAPS):
        drawn = random.integers(0, len(sources), len(sources))
        value = figure([s for number in drawn for s in by_source[sources[number]]])
        if not np.isnan(value):
            values.append(value)
    return (float(np.quantile(values, 0.05)), float(np.quantile(values, 0.95))) if values else (float("nan"),) * 2


def bands(scored: Sequence[Scored]) -> dict[str, float]:
    """Share of each band."""
    counts = Counter(s.assessment.band for s in scored)
    return {
        band: counts[band] / max(1, len(scored)) for band in ("high", "elevated", "low", "insufficient", "not_an_offer")
    }


def indicator_scores(scored: Sequence[Scored], ids: Iterable[str]) -> dict[str, Score]:
    """Agreement of the indicators found with those labelled, by indicator."""
    names = set(ids) - UNLABELLED
    labelled = [s for s in scored if s.case.indicators is not None and s.case.label != "non_offer"]
    return agreement(((frozenset(s.assessment.indicators), s.case.indicators or frozenset()) for s in labelled), names)


def micro(scores: Mapping[str, Score]) -> Score:
    """All indicators' counts as one."""
    return Score(*(sum(getattr(s, part) for s in scores.values()) for part in ("right", "wrong", "missed")))
