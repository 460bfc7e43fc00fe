"""The gate, which tells whether a text offers a job at all.

Fitted on the corpus' non-offers against its offers, and against ordinary ads as numbers: texts of job boards are far
from the corpus, and every one of them is an offer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.additive import SignConstrainedLogisticRegression

NAMES = ("not_an_offer",)
THRESHOLD = 0.8
"""A lure taken for a warning is a lure missed, so the gate has to be sure."""
_PENALTY = 0.3


@dataclass(frozen=True, slots=True)
class FittedGate:
    """Log-odds of *no offer*: an intercept, a weight for each indicator and one for the learned wording."""

    intercept: float
    weights: dict[str, float]
    wording: float

    def probability(self, found: frozenset[str], wording: float) -> float:
        """Probability that a text with these findings and this wording value offers nothing."""
        total = self.intercept + self.wording * wording + sum(w for name, w in self.weights.items() if name in found)
        return float(1 / (1 + np.exp(-total)))


def fit_gate(
    found: Sequence[frozenset[str]],
    wording: NDArray[np.float64],
    is_non_offer: NDArray[np.bool_],
    ordinary: Sequence[tuple[frozenset[str], float]],
) -> FittedGate:
    """Fits on corpus rows (`wording` out of fold) and on ordinary ads, each of the three groups weighing the same."""
    all_found = [*found, *(row[0] for row in ordinary)]
    X = np.column_stack(
        [
            [[float(name in ids) for name in NAMES] for ids in all_found],
            [*wording, *(row[1] for row in ordinary)],
        ]
    )
    y = np.concatenate([is_non_offer, np.zeros(len(ordinary), dtype=bool)])
    group = np.concatenate([np.where(is_non_offer, 0, 1), np.full(len(ordinary), 2)])
    sizes = np.bincount(group, minlength=3)
    weight = (len(y) / 3) / sizes[group]
    gate = SignConstrainedLogisticRegression([1] * X.shape[1], [_PENALTY] * X.shape[1]).fit(X, y, sample_weight=weight)
    return FittedGate(
        float(gate.intercept_[0]), dict(zip(NAMES, map(float, gate.coef_[0]), strict=False)), float(gate.coef_[0][-1])
    )
