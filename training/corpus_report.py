"""The corpus checks over all files, and the table of what is in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from screener.indicators.catalog import shipped
from training import corpus_check
from training.datasets import CORPUS, CorpusRow, read_rows

MIN_PAIRS_FOR_SHALLOW = 40
"""Files smaller than this say nothing of cues."""


def files() -> Iterator[tuple[str, list[CorpusRow]]]:
    """Each corpus file's tag and rows."""
    for path in sorted(CORPUS.glob("*.jsonl")):
        yield path.stem, list(read_rows(path))


def complaints(apart: Path | None = None) -> list[str]:
    """Everything that does not hold, a line each. `apart` is a folder of texts that must not stand in the corpus."""
    lines: list[str] = []
    everything: list[CorpusRow] = []
    for tag, rows in files():
        lines += corpus_check.form(rows, shipped(), tag)
        lines += corpus_check.contacts(rows)
        lines += corpus_check.duplicates(rows)
        lines += _shallow(tag, rows)
        everything += rows
    lines += _shallow("all", everything)
    if apart is not None:
        lines += corpus_check.leaks(everything, _texts(apart))
    return lines


def _shallow(tag: str, rows: list[CorpusRow]) -> Iterator[str]:
    if sum(row.label == "lure" for row in rows) >= MIN_PAIRS_FOR_SHALLOW:
        auc = corpus_check.shallow_auc(rows)
        if auc >= corpus_check.SHALLOW_AUC:
            yield f"{tag}: shallow cues alone reach ROC-AUC {auc:.3f}; it must stay below {corpus_check.SHALLOW_AUC}"


def _texts(folder: Path) -> list[str]:
    return [
        json.loads(line)["text"] for path in sorted(folder.rglob("*.jsonl")) for line in path.open(encoding="utf-8")
    ]


def as_markdown() -> str:
    """Volumes, spread and shallow-cue AUC by language, then each indicator's share of lures and of genuine ads."""
    lines: list[str] = []
    everything: list[CorpusRow] = []
    for tag, rows in files():
        shares = corpus_check.spread(rows)
        if not lines:
            names = [*shares, "shallow AUC", "labels without a quote"]
            lines += [f"| language | {' | '.join(names)} |", f"|{' --- |' * (len(names) + 1)}"]
        without, needed = corpus_check.unquoted(rows)
        values = [f"{v:.0f}" if v > 1 or n in ("pairs", "non-offers") else f"{v:.2f}" for n, v in shares.items()]
        cells = [*values, f"{corpus_check.shallow_auc(rows):.2f}", f"{without} of {needed}"]
        lines.append(f"| {tag} | {' | '.join(cells)} |")
        everything += rows
    lines += ["", "| indicator | lures | genuine |", "| --- | --- | --- |"]
    lures = [row for row in everything if row.label == "lure"]
    genuine = [row for row in everything if row.label == "genuine"]
    for name in sorted({name for row in everything for name in row.indicators}):
        share = [sum(name in row.indicators for row in side) / max(1, len(side)) for side in (lures, genuine)]
        lines.append(f"| {name} | {share[0]:.3f} | {share[1]:.3f} |")
    return "\n".join(lines)
