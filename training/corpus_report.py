"""The corpus checks over all files, and the table of what is in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from screener.indicators.catalog import shipped
from training import corpus_check, corpus_spread
from training.datasets import CORPUS, CorpusRow, read_corpus, read_rows

MIN_PAIRS_FOR_SHALLOW = 40
"""Files smaller than this say nothing of cues."""


def tags() -> list[str]:
    """The languages that have a file, in order."""
    return sorted(path.stem for path in CORPUS.glob("*.jsonl"))


def complaints(apart: Path | None = None) -> list[str]:
    """Everything that does not hold, a line each. `apart` is a folder of texts that must not stand in the corpus."""
    missing = sorted(set(corpus_spread.bands()["volume"]) - set(tags()))
    lines = [f"{tag}: there is no {tag}.jsonl, where bands.toml asks for one" for tag in missing]
    with ProcessPoolExecutor() as pool:  # a language at a time: nothing of one bears on another
        everything = pool.submit(_of_all)
        lines += [line for of_file in pool.map(_of_file, tags()) for line in of_file]
        lines += everything.result()
    if apart is not None:
        lines += corpus_check.leaks(read_corpus(), _texts(apart))
    return lines


def _of_file(tag: str) -> list[str]:
    rows = list(read_rows(CORPUS / f"{tag}.jsonl"))
    return [
        *corpus_check.form(rows, shipped(), tag),
        *corpus_check.contacts(rows),
        *corpus_check.duplicates(rows),
        *corpus_spread.outside(rows, tag),
        *_shallow(tag, rows),
    ]


def _of_all() -> list[str]:
    return list(_shallow("all", read_corpus()))


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
    for tag in tags():
        rows = list(read_rows(CORPUS / f"{tag}.jsonl"))
        shares = corpus_spread.spread(rows)
        if not lines:
            names = [f"{side}: {name}" for side, of_side in shares.items() for name in of_side]
            names = ["pairs", "non-offers", *names, "shallow AUC"]
            lines += [f"| language | {' | '.join(names)} |", f"|{' --- |' * (len(names) + 1)}"]
        values = [f"{share:.2f}" for of_side in shares.values() for share in of_side.values()]
        cells = [*map(str, corpus_spread.volume(rows)), *values, f"{corpus_check.shallow_auc(rows):.2f}"]
        lines.append(f"| {tag} | {' | '.join(cells)} |")
    everything = read_corpus()
    lines += ["", "| indicator | lures | genuine |", "| --- | --- | --- |"]
    lures = [row for row in everything if row.label == "lure"]
    genuine = [row for row in everything if row.label == "genuine"]
    for name in sorted({name for row in everything for name in row.indicators}):
        share = [sum(name in row.indicators for row in side) / max(1, len(side)) for side in (lures, genuine)]
        lines.append(f"| {name} | {share[0]:.3f} | {share[1]:.3f} |")
    return "\n".join(lines)
