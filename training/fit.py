"""From the corpus to a model: features, learned wording, sign-constrained weights, calibration, bands.

Everything fitted is fitted inside the fold when it is measured, and near-duplicates never cross a split.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.metrics import roc_auc_score

from screener.features import LEARNED_WORDING, WordingPattern, feature_names, learnable
from screener.indicators.catalog import Catalog
from screener.reading import Reader
from screener.records import Offer
from training.additive import SignConstrainedLogisticRegression
from training.datasets import CorpusRow
from training.splits import folds, groups
from training.thinning import COPIES, thinned
from training.wording import Candidate, Wording, candidates, fit_wording

Floats = NDArray[np.float64]

PENALTY = 3.0
"""L2 penalty on an indicator's weight."""
COMBINATION_PENALTY = 2.0
WORDING_PENALTY = 1.0
WORDING_LIMIT = 0.6
"""The most the learned wording may add or take away, in log-odds: inside the corpus more would help, on documented
cases it misleads (chosen on the development cases among 0.4 to 2.0)."""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A corpus row as the detectors see it."""

    row: CorpusRow
    found: frozenset[str]
    grams: frozenset[Candidate]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Everything a model is made of, calibrated."""

    names: tuple[str, ...]
    intercept: float
    weights: Floats
    covariance: Floats
    wording: Wording
    patterns: tuple[WordingPattern, ...]
    non_offer_sums: Floats
    """Wording value toward *no offer* of each corpus row, out of fold."""
    metrics: dict[str, float]


def read_all(
    catalog: Catalog,
    rows: Sequence[CorpusRow],
    progress: Callable[[Sequence[CorpusRow]], Sequence[CorpusRow]] = lambda rows: rows,
) -> list[ReadRow]:
    """Every row read by the declared detectors (no learned wording yet)."""
    reader = Reader.of(catalog)
    return [_read(reader, row) for row in progress(rows)]


def _read(reader: Reader, row: CorpusRow) -> ReadRow:
    reading = reader.read(Offer(row.text))
    view = reading.text.views[0]
    left = learnable(view.plain, reader.scanner.scan(view))
    return ReadRow(row, frozenset(reading.row.found), candidates(left))


def indicator_matrix(found: Sequence[AbstractSet[str]], names: Sequence[str]) -> Floats:
    """1.0 where an indicator was found; (rows, names)."""
    return np.array([[float(name in row) for name in names] for row in found])


def signs(catalog: Catalog, names: Sequence[str]) -> list[int]:
    """+1 for what raises, -1 for what lowers; the learned wording can only agree with itself."""
    return [1 if name == LEARNED_WORDING or catalog[name].direction == "raises" else -1 for name in names]


def penalties(catalog: Catalog, names: Sequence[str]) -> list[float]:
    """The L2 penalty of each feature."""
    kind = {True: COMBINATION_PENALTY, False: PENALTY}
    return [WORDING_PENALTY if name == LEARNED_WORDING else kind[catalog[name].is_combination] for name in names]


def fit(catalog: Catalog, rows: Sequence[ReadRow]) -> Fitted:
    """Fits the model and measures it inside the corpus, out of fold.

    The learned wording is learned from every row. What an indicator weighs is learned where it can be found: from the
    rows of languages that have declared wordings, thinned to what would be found in rows never looked at.
    """
    labels = np.array([row.row.label for row in rows])
    group = groups([row.row for row in rows])
    grams = [row.grams for row in rows]
    splits = folds([row.row.lang for row in rows], group)
    lure_sums, other_sums = np.zeros(len(rows)), np.zeros(len(rows))
    for train, test in splits:
        wording = fit_wording([grams[i] for i in train], labels[train].tolist(), group[train])
        lure_sums[test] = wording.sums([grams[i] for i in test])
        other_sums[test] = wording.sums([grams[i] for i in test], non_offer=True)
    names = feature_names(catalog)
    found = [row.found for row in rows]
    X = np.column_stack([indicator_matrix(found, names[:-1]), lure_sums])
    generator = np.random.default_rng(0)
    copies = [
        np.column_stack([indicator_matrix(thinned(catalog, found, generator), names[:-1]), lure_sums])
        for _ in range(COPIES)
    ]
    spoken = np.array([row.row.lang in catalog.languages for row in rows])
    all_offers = np.flatnonzero(labels != "non_offer")
    offers = np.flatnonzero((labels != "non_offer") & spoken)
    y = labels == "lure"

    def model(train: NDArray[np.intp]) -> SignConstrainedLogisticRegression:
        fitted = SignConstrainedLogisticRegression(signs(catalog, names), penalties(catalog, names))
        stacked, target = np.vstack([copy[train] for copy in copies]), np.tile(y[train], COPIES)
        return fitted.fit(stacked, target, sample_weight=np.full(len(target), 1 / COPIES))

    margins, thin_margins = np.full(len(rows), np.nan), np.full((COPIES, len(rows)), np.nan)
    for train, test in splits:
        fold = model(np.intersect1d(train, offers))
        margins[test] = limited(fold, X[test])
        thin_margins[:, test] = [limited(fold, copy[test]) for copy in copies]
    slope, shift = calibrate(thin_margins[:, offers].ravel(), np.tile(y[offers], COPIES))
    final = model(offers)
    wording = fit_wording(grams, labels.tolist(), group)
    patterns = wording.export()
    return Fitted(
        names=names,
        intercept=float(slope * final.intercept_[0] + shift),
        weights=slope * final.coef_[0],
        covariance=slope**2 * final.covariance_,
        wording=wording,
        patterns=patterns,
        non_offer_sums=other_sums,
        metrics={
            "corpus_auc": float(roc_auc_score(y[offers], margins[offers])),
            "corpus_pairs_won": _pairs_won([rows[int(i)] for i in offers], margins[offers]),
            "wording_auc": float(roc_auc_score(y[all_offers], lure_sums[all_offers])),
            "calibration_slope": float(slope),
            "calibration_shift": float(shift),
        },
    )


def limited(model: SignConstrainedLogisticRegression, X: Floats) -> Floats:
    """The margins of rows, the learned wording (last column) held within its limit, as it is when served."""
    wording = model.coef_[0][-1] * X[:, -1]
    margins: Floats = model.decision_function(X) - wording + np.clip(wording, -WORDING_LIMIT, WORDING_LIMIT)
    return margins


def calibrate(margins: Floats, y: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift of an affine map in log-odds, fitted on margins of rows the model had not seen."""

    def loss(p: Floats) -> float:
        z = p[0] * margins + p[1]
        return float(np.mean(np.logaddexp(0, z) - y * z))

    slope, shift = minimize(loss, np.array([1.0, 0.0]), method="BFGS").x
    return float(slope), float(shift)


def _pairs_won(rows: Sequence[ReadRow], margins: Floats) -> float:
    pairs: dict[str, dict[str, float]] = {}
    for row, margin in zip(rows, margins, strict=True):
        if row.row.pair:
            pairs.setdefault(row.row.pair, {})[row.row.label] = float(margin)
    whole = [pair for pair in pairs.values() if {"lure", "genuine"} <= pair.keys()]
    return float(np.mean([pair["lure"] > pair["genuine"] for pair in whole])) if whole else float("nan")
