"""Writing a fitted model: what is served, what training keeps, what says where it came from."""

from __future__ import annotations

import hashlib
import json
import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import joblib

from screener.archive import pack
from screener.classifier import INTERCEPT, MODEL_SCHEMA, Bands, digest
from screener.compiled import compile_reader
from screener.features import Patterns, WordingPattern
from screener.indicators.catalog import Catalog
from screener.reading import Reader
from training.datasets import CORPUS, ROOT, CorpusRow
from training.fit import WORDING_LIMIT, Fitted
from training.gate import THRESHOLD, FittedGate

FILES = ("model.json", "reader.txt", "bundle.joblib")
LIBRARIES = ("numpy", "scipy", "scikit-learn", "joblib", "ahocorasick-rs", "google-re2", "py3langid")


def served(fitted: Fitted, gate: FittedGate, bands: Bands, version: str) -> dict[str, Any]:
    """The content of model.json. Numbers are rounded to 6 decimals: finer ones carry nothing."""
    names, patterns = [*fitted.names, INTERCEPT], Patterns.of(fitted.patterns)
    return {
        "schema": MODEL_SCHEMA,
        "version": version,
        "intercept": round(fitted.intercept, 6),
        "weights": {n: round(float(w), 6) + 0.0 for n, w in zip(fitted.names, fitted.weights, strict=True)},
        "covariance": {"names": names, "rows": [[round(float(v), 6) + 0.0 for v in row] for row in fitted.covariance]},
        "wording_limit": WORDING_LIMIT,
        "gate": {
            "intercept": round(gate.intercept, 6),
            "weights": {name: round(weight, 6) for name, weight in gate.weights.items()},
            "wording": round(gate.wording, 6),
            "threshold": THRESHOLD,
        },
        "bands": {
            "elevated": bands.elevated,
            "high": bands.high,
            "high_needs": bands.high_needs,
            "sufficient_characters": bands.sufficient_characters,
        },
        "patterns": {
            "phrases": "\n".join(patterns.phrases),
            **{name: getattr(patterns, name) for name in ("boundaries", "idf", "lure", "non_offer")},
        },
    }


def write_json(path: Path, data: Any) -> None:
    """JSON with sorted keys where order says nothing, one trailing newline."""
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def write_model(folder: Path, model: Mapping[str, Any]) -> None:
    """model.json: one line per part, so that a difference can be read."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = ",\n".join(
        f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False, separators=(',', ':'))}" for k, v in model.items()
    )
    (folder / "model.json").write_text("{\n" + parts + "\n}\n", encoding="utf-8")


def write_reader(folder: Path, catalog: Catalog, patterns: Sequence[WordingPattern]) -> None:
    """reader.txt: the declarations compiled, and where the learned wording is found."""
    (folder / "reader.txt").write_bytes(pack(compile_reader(Reader.of(catalog, patterns))))


def write_bundle(folder: Path, fitted: Fitted, gate: FittedGate) -> None:
    """The fitted parts for training to go on from; opened only after its digest was checked."""
    joblib.dump({"fitted": fitted, "gate": gate}, folder / "bundle.joblib", compress=0)


def open_bundle(folder: Path) -> Fitted:
    """The fitted parts of a model. Raises ValueError where the file does not match its digest."""
    wanted = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]["bundle.joblib"]
    path = folder / "bundle.joblib"
    if digest(path) != wanted:
        raise ValueError(f"{path}: does not match the digest in manifest.json; it is not opened")
    fitted: Fitted = joblib.load(path)["fitted"]
    return fitted


def manifest(
    folder: Path, version: str, fitted: Fitted, rows: Sequence[CorpusRow], extra: Mapping[str, Any]
) -> dict[str, Any]:
    """Digests, versions, feature schema, data and metrics."""
    corpus = hashlib.sha256()
    for path in sorted(CORPUS.glob("*.jsonl")):
        corpus.update(path.read_bytes())
    declared = hashlib.sha256()
    for path in sorted((ROOT / "screener").rglob("*.toml")):
        declared.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return {
        "version": version,
        "schema": MODEL_SCHEMA,
        "files": {name: digest(folder / name) for name in FILES},
        "features": list(fitted.names),
        "data": {
            "corpus_sha256": corpus.hexdigest(),
            "declarations_sha256": declared.hexdigest(),
            "rows": dict(sorted(Counter(f"{row.lang} {row.label}" for row in rows).items())),
        },
        "made_with": {"python": platform.python_version(), **{name: installed(name) for name in LIBRARIES}},
        "corpus_metrics": {name: round(value, 4) for name, value in fitted.metrics.items()},
        **extra,
    }
