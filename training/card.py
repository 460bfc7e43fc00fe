"""The model card: what the model is, what it was made of, what its figures mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from screener.classifier import Bands
from training.fit import Fitted


def card(manifest: Mapping[str, Any], fitted: Fitted, bands: Bands) -> str:
    """The card as Markdown. Holds only figures of this fit."""
    return "\n".join(_lines(manifest, fitted, bands)) + "\n"


def _lines(manifest: Mapping[str, Any], fitted: Fitted, bands: Bands) -> Iterator[str]:
    rows, metrics, rates = manifest["data"]["rows"], manifest["corpus_metrics"], manifest["ordinary_ads"]["rates"]
    yield f"# Model card: Lure Screener {manifest['version']}\n"
    yield "**Purpose.** Reads a recruitment ad and estimates how likely it is a trafficking lure, so that a person can ask the right questions. It decides nothing, and screens the offer, never a person.\n"
    yield "**Form.** Additive log-odds of declared indicators, their combinations and a limited channel of learned wording. What raises can only raise, what lowers can only lower; the contributions add up to the score.\n"
    yield f"**Trained on** {sum(rows.values())} texts written for this project (synthetic contrast pairs of lures and honest ads, and texts that offer nothing). No native speaker has reviewed them all.\n"
    yield "| language and label | texts |\n| --- | --- |"
    yield from (f"| {name} | {count} |" for name, count in rows.items())
    yield "\n**Inside the corpus, out of fold** (synthetic text of the same makers: says little about the field)\n"
    yield "| figure | value |\n| --- | --- |"
    yield from (f"| {name.replace('_', ' ')} | {value} |" for name, value in metrics.items())
    yield "\n## Bands\n"
    yield (
        f"Cut on the evidence (log-odds without the prevalence term): `elevated` from {bands.elevated}, `high` from "
        f"{bands.high} and at least {bands.high_needs} risk indicators. The cuts were set on real ordinary ads, of which "
        "only numbers were kept, and in which wordings that fired with another meaning were looked up and taken out. So "
        "these error rates flatter:\n"
    )
    yield "| set of ordinary ads | ads | elevated or high | high |\n| --- | --- | --- | --- |"
    yield from (f"| {n} | {r['rows']} | {r['elevated_or_high']:.4f} | {r['high']:.4f} |" for n, r in rates.items())
    yield "\n## Weights\n"
    yield "Log-odds added where a feature is found (the learned wording: for each unit of its value).\n"
    yield "| feature | log-odds |\n| --- | --- |"
    order = np.argsort(-np.abs(fitted.weights), kind="stable")
    yield from (f"| {fitted.names[i]} | {fitted.weights[i]:+.3f} |" for i in order)
    yield "\n## Limits\n"
    yield (
        "The corpus is synthetic. Documented cases used in development are few, retold from public pages, and not "
        "independent. A named employer, a permit or a contract can be faked. Low does not mean safe; not stated does "
        "not mean bad. The probability assumes the prevalence told with it."
    )
