"""Logistic regression whose weights may be held to one sign: what raises can only raise."""

from __future__ import annotations

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

Floats = NDArray[np.float64]


class SignConstrainedLogisticRegression(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn is untyped
    """Binary logistic regression with an L2 penalty and a sign for each weight.

    Parameters
    ----------
    signs : +1 (weight >= 0), -1 (weight <= 0) or 0 (free) for each feature; None leaves all free.
    penalty : L2 penalty on each weight (not on the intercept), one number or one for each feature.
    """

    def __init__(self, signs: ArrayLike | None = None, penalty: ArrayLike = 1.0) -> None:
        self.signs = signs
        self.penalty = penalty

    def fit(self, X: ArrayLike, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:
        """Fits by L-BFGS-B; X is (rows, features), y holds two classes, the greater one counting as positive."""
        rows, labels = validate_data(self, X, y, dtype=np.float64)
        check_classification_targets(labels)
        self.classes_, target = np.unique(labels, return_inverse=True)
        if len(self.classes_) != 2:
            raise ValueError(f"Only binary classification is supported; the data holds {len(self.classes_)} class")
        weight = np.ones(len(target)) if sample_weight is None else np.asarray(sample_weight, dtype=np.float64)
        if not weight.any():
            raise ValueError("Sample weights must contain at least one non-zero number")
        penalty = np.broadcast_to(np.asarray(self.penalty, dtype=np.float64), (rows.shape[1],))
        signs = np.zeros(rows.shape[1]) if self.signs is None else np.asarray(self.signs)
        if len(signs) != rows.shape[1]:
            raise ValueError(f"signs has {len(signs)} entries for {rows.shape[1]} features")
        bounds = [(0 if s > 0 else None, 0 if s < 0 else None) for s in signs] + [(None, None)]

        def loss(coefficients: Floats) -> tuple[float, Floats]:
            margin = rows @ coefficients[:-1] + coefficients[-1]
            value = weight @ (np.logaddexp(0.0, margin) - target * margin)
            residual = weight * (expit(margin) - target)
            gradient = np.append(rows.T @ residual + penalty * coefficients[:-1], residual.sum())
            return float(value + 0.5 * penalty @ coefficients[:-1] ** 2), gradient

        start = np.zeros(rows.shape[1] + 1)
        result = minimize(
            loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000, "ftol": 1e-12}
        )
        self.coef_ = result.x[None, :-1]
        self.intercept_ = result.x[-1:]
        self.n_iter_ = int(result.nit)
        self._set_covariance(rows, weight, penalty)
        return self

    def _set_covariance(self, X: Floats, weight: Floats, penalty: Floats) -> None:
        """Laplace approximation around the fit; a weight held at its bound has no variance of its own."""
        design = np.hstack([X, np.ones((len(X), 1))])
        probability = expit(design @ np.append(self.coef_[0], self.intercept_))
        curvature = (weight * probability * (1 - probability))[:, None]
        hessian = design.T @ (design * curvature) + np.diag(np.append(penalty, 1e-9))
        self.covariance_ = np.linalg.pinv(hessian)

    def decision_function(self, X: ArrayLike) -> Floats:
        """Log-odds, one for each row."""
        check_is_fitted(self)
        rows = validate_data(self, X, dtype=np.float64, reset=False)
        margin: Floats = rows @ self.coef_[0] + self.intercept_[0]
        return margin

    def predict_proba(self, X: ArrayLike) -> Floats:
        """Probabilities of both classes, (rows, 2)."""
        positive = expit(self.decision_function(X))
        return np.column_stack([1 - positive, positive])

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The more probable class of each row."""
        positive = self.decision_function(X) > 0
        chosen: NDArray[Any] = self.classes_[positive.astype(int)]
        return chosen

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags
