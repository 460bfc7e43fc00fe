"""One command from corpus to a signed-off model: fits, cuts the bands, writes the files and the card."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from benchmarks.screening import predictions
from screener import Screener
from screener.classifier import digest
from screener.indicators.catalog import shipped
from training import export, ordinary
from training.card import card
from training.datasets import read_corpus
from training.fit import fit, read_all
from training.gate import fit_gate


def fit_model(folder: Path, version: str, ads: Path | None, tags: frozenset[str] | None = None) -> Path:
    """Writes `model.json`, `bundle.joblib`, `manifest.json` and `card.md` into a folder.

    `ads` is a folder of ordinary ads to cut the bands on; without it the numbers kept in `ordinary.csv` serve.
    The same commit and data give the same bytes. Raises ValueError where the kept numbers belong to another wording.
    """
    catalog = shipped()
    rows = read_corpus(tags=tags)
    read = read_all(catalog, rows, lambda r: tqdm(r, desc="reading the corpus", disable=None))
    fitted = fit(catalog, read)
    wording = ordinary.wording_digest(fitted.patterns)
    if ads is not None:
        ordinary.write(ordinary.FILE, ordinary.measure(catalog, fitted.patterns, ads), wording)
    kept = ordinary.read(ordinary.FILE, wording)
    spoken = np.flatnonzero([row.lang in catalog.languages for row in rows])  # elsewhere warnings can't be found
    is_non_offer = np.array([rows[i].label == "non_offer" for i in spoken])
    numbers = [(row.found, row.non_offer_wording) for row in kept]
    gate = fit_gate([read[i].found for i in spoken], fitted.non_offer_sums[spoken], is_non_offer, numbers)
    bands, rates = ordinary.cut_bands(catalog, fitted, gate, kept)
    export.write_model(folder, export.served(fitted, gate, bands, version))
    export.write_reader(folder, catalog, fitted.patterns)
    export.write_bundle(folder, fitted, gate)
    extra: dict[str, Any] = {"ordinary_ads": {"sha256": digest(ordinary.FILE), "rates": rates}}
    manifest = export.manifest(folder, version, fitted, rows, extra)
    export.write_json(folder / "manifest.json", manifest)
    manifest["predictions"] = predictions(Screener.load(folder))
    export.write_json(folder / "manifest.json", manifest)
    (folder / "card.md").write_text(card(manifest, fitted, bands), encoding="utf-8")
    return folder
