from __future__ import annotations

import json
import shutil

import pytest

from screener.classifier import load_classifier, model_folder
from training.export import open_bundle


def test_the_bundle_is_what_was_served():
    folder = model_folder()
    fitted = open_bundle(folder)
    served = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    assert served["weights"] == {n: round(float(w), 6) + 0.0 for n, w in zip(fitted.names, fitted.weights, strict=True)}
    assert list(load_classifier(folder).patterns) == list(fitted.patterns)
    assert served["patterns"]["phrases"].split("\n") == [pattern.phrase for pattern in fitted.patterns]


def test_an_altered_bundle_is_not_opened(tmp_path):
    home = tmp_path / "model"
    shutil.copytree(model_folder(), home)
    path = home / "bundle.joblib"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ValueError, match="does not match the digest"):
        open_bundle(home)
