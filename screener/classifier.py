"""The served model: calibrated additive log-odds, read from JSON and verified by digest. No pickle, no numpy."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log, log1p, sqrt
from pathlib import Path
from typing import Any

import orjson

from screener.errors import ModelError
from screener.features import LEARNED_WORDING, Patterns, Row
from screener.records import Band, ModelReference

MODEL_SCHEMA = 3
Z_90 = 1.6448536269514722
"""Half-width of a 90 % interval in standard errors."""
INTERCEPT = "intercept"


@dataclass(frozen=True, slots=True)
class Gate:
    """Tells a text that offers a job from one that does not; log-odds of *no offer*."""

    intercept: float
    weights: Mapping[str, float]
    wording: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Bands:
    """Cuts on the evidence (log-odds without the prevalence term)."""

    elevated: float
    high: float
    high_needs: int
    """Risk indicators that must be found for `high`; never one alone, never learned wording alone."""
    sufficient_characters: int
    """A text shorter than this that shows nothing is `insufficient`, not `low`."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """Coefficients by feature name, with what is needed to explain them."""

    reference: ModelReference
    intercept: float
    weights: Mapping[str, float]
    covariance: Mapping[str, Mapping[str, float]]
    wording_limit: float
    patterns: Patterns
    gate: Gate
    bands: Bands

    def terms(self, row: Row) -> dict[str, float]:
        """Log-odds added by each value of the row; the learned wording is held within its limit."""
        terms = {name: self.weights.get(name, 0.0) * value for name, value in row.values.items()}
        limit = self.wording_limit
        terms[LEARNED_WORDING] = max(-limit, min(limit, terms.get(LEARNED_WORDING, 0.0)))
        return terms

    def standard_error(self, row: Row) -> float:
        """Standard error of the evidence, from the covariance of the coefficients."""
        active = [(INTERCEPT, 1.0), *((n, v) for n, v in row.values.items() if v and n in self.covariance)]
        variance = sum(
            a * b * self.covariance[m].get(n, 0.0) for m, a in active if m in self.covariance for n, b in active
        )
        return sqrt(max(variance, 0.0))

    def no_offer_probability(self, row: Row) -> float:
        """Probability that the text offers no job."""
        total = self.gate.intercept + self.gate.wording * row.wording_sum(non_offer=True)
        total += sum(weight for name, weight in self.gate.weights.items() if name in row.found)
        return logistic(total)

    def no_offer_term(self, probability: float) -> float:
        """What the gate adds to the log-odds: the log of the probability that there is an offer at all."""
        return log1p(-min(probability, 1 - 1e-3)) if probability >= self.gate.threshold else 0.0

    def band(self, evidence: float, *, risks: int, shown: int, length: int) -> Band:
        """The band of an offer.

        `risks` and `shown` count stated risk indicators and all stated indicators; `length` is in code points.
        """
        if evidence >= self.bands.high and risks >= self.bands.high_needs:
            return "high"
        if evidence >= self.bands.elevated:
            return "elevated"
        if shown == 0 and length < self.bands.sufficient_characters:
            return "insufficient"
        return "low"


def logistic(log_odds: float) -> float:
    """1 / (1 + exp(-x)) without overflow."""
    return 1 / (1 + exp(-log_odds)) if log_odds >= 0 else exp(log_odds) / (1 + exp(log_odds))


def logit(probability: float) -> float:
    """The log-odds of a probability strictly between 0 and 1."""
    return log(probability) - log1p(-probability)


def model_folder() -> Path:
    """The model to serve: `SCREENER_MODEL`, else the newest shipped one. Raises ModelError where there is none."""
    told = os.environ.get("SCREENER_MODEL")
    if told:
        return Path(told)
    package = Path(__file__).resolve().parent
    for home in (package / "models", package.parent / "models"):
        versions = sorted((path.parent for path in home.glob("*/manifest.json")), key=_version_key)
        if versions:
            return versions[-1]
    raise ModelError(
        f"no model found in {package.parent / 'models'}: run 'python -m training fit' or set SCREENER_MODEL"
    )


def _version_key(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in folder.name.split("."))


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a model folder. Raises ModelError."""
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: can't be read as a model manifest: {error}") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise ModelError(f"{path}: is no model manifest: it lists no files; restore it or fit the model again")
    return manifest


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def verify_files(folder: Path) -> tuple[str, ...]:
    """Names of the model's files, each checked against the manifest. Raises ModelError for the first that differs."""
    files: dict[str, str] = read_manifest(folder)["files"]
    for name, wanted in files.items():
        path = folder / name
        if not path.is_file():
            raise ModelError(f"{path}: is missing; restore it or fit the model again")
        if digest(path) != wanted:
            raise ModelError(f"{path}: does not match the digest in manifest.json; restore it or fit the model again")
    return tuple(files)


def read_verified(folder: Path, name: str) -> bytes:
    """A file of a model, its digest checked against the manifest. Raises ModelError."""
    path = folder / name
    wanted = read_manifest(folder)["files"].get(name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: can't be read: {error.strerror}") from error
    if hashlib.sha256(data).hexdigest() != wanted:
        raise ModelError(f"{path}: does not match the digest in manifest.json; restore it or fit the model again")
    return data


def load_classifier(folder: Path) -> Classifier:
    """The model in a folder, its digest checked against the manifest. Raises ModelError."""
    data = read_verified(folder, "model.json")
    try:
        return parse_classifier(orjson.loads(data), read_manifest(folder)["files"]["model.json"])
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{folder / 'model.json'}: can't be read as a model: {error!r}") from error


def parse_classifier(data: Mapping[str, Any], sha256: str) -> Classifier:
    """A classifier from the parsed model file. Raises ModelError for another schema, KeyError for missing parts."""
    if data["schema"] != MODEL_SCHEMA:
        raise ModelError(f"model.json has schema {data['schema']}, this version reads {MODEL_SCHEMA}: fit it again")
    names, rows = data["covariance"]["names"], data["covariance"]["rows"]
    return Classifier(
        reference=ModelReference(version=data["version"], sha256=sha256),
        intercept=data["intercept"],
        weights=data["weights"],
        covariance={name: dict(zip(names, row, strict=True)) for name, row in zip(names, rows, strict=True)},
        wording_limit=data["wording_limit"],
        patterns=_patterns(data["patterns"]),
        gate=Gate(**data["gate"]),
        bands=Bands(**data["bands"]),
    )


def _patterns(columns: Mapping[str, Any]) -> Patterns:
    return Patterns(**{**columns, "phrases": columns["phrases"].split("\n") if columns["phrases"] else []})
