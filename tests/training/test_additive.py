from __future__ import annotations

import numpy as np
import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from training.additive import SignConstrainedLogisticRegression


@parametrize_with_checks([SignConstrainedLogisticRegression()])
def test_scikit_learn_contract(estimator, check):
    check(estimator)


def test_signs_hold():
    random = np.random.default_rng(0)
    rows = random.normal(size=(400, 3))
    y = rows[:, 0] - rows[:, 1] + 0.1 * random.normal(size=400) > 0
    weights = SignConstrainedLogisticRegression(signs=[1, 1, 0]).fit(rows, y).coef_[0]
    assert weights[0] > 0.5
    assert weights[1] == pytest.approx(0, abs=1e-9)


def test_wrong_number_of_signs_is_refused():
    with pytest.raises(ValueError, match="signs"):
        SignConstrainedLogisticRegression(signs=[1]).fit([[0, 1], [1, 0]], [0, 1])
