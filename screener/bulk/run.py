"""A bulk run: opens the ends, keeps the order, shows progress, leaves no half-written file behind."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TextIO
from uuid import uuid4

from tqdm import tqdm

from screener.bulk.formats import Record, format_of
from screener.bulk.pool import answers
from screener.bulk.rows import Answer
from screener.errors import BulkError


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did."""

    rows: int
    errors: int
    bands: Counter[str]
    seconds: float

    def __str__(self) -> str:
        told = ", ".join(f"{count} {band}" for band, count in self.bands.most_common())
        marked = f", {self.errors} not scored or marked (see screener_error)" if self.errors else ""
        return f"{self.rows} rows in {self.seconds:.1f} s: {told or 'none'}{marked}"


def run(source: Path, target: Path, *, text_column: str, workers: int | None, prevalence: float) -> Summary:
    """Screens every row of a file into another. Raises BulkError or OSError; then no output file is left."""
    _check_ends(source, target)
    reading = format_of(source, text_column)
    writing = reading if type(format_of(target, text_column)) is type(reading) else None
    if writing is None:
        raise BulkError(f"{target}: must have the format of {source}: give it the same ending")
    counts: Counter[str] = Counter()
    errors = 0
    started = perf_counter()
    with ExitStack() as ends:
        incoming = ends.enter_context(_reading(source))
        outgoing = ends.enter_context(_writing(target))
        size = None if str(source) == "-" else source.stat().st_size
        bar = ends.enter_context(tqdm(total=size, unit="B", unit_scale=True, desc="screening", disable=None, delay=0.5))
        rows = _counted(answers(reading.read(incoming), prevalence, workers), counts)
        for number, _ in enumerate(writing.write(outgoing, rows)):
            if size and number % 100 == 0:
                bar.update(incoming.buffer.tell() - bar.n)
        bar.update((size or bar.n) - bar.n)
        errors = counts.pop("", 0)
    return Summary(counts.total() + errors, errors, counts, perf_counter() - started)


def _counted(rows: Iterator[tuple[Record, Answer]], counts: Counter[str]) -> Iterator[tuple[Record, Answer]]:
    for record, answer in rows:
        counts["" if answer.error else answer.band] += 1
        yield record, answer


def _check_ends(source: Path, target: Path) -> None:
    if str(source) != "-" and not source.is_file():
        raise BulkError(f"{source}: no such file")
    if str(target) != "-" and target.exists() and str(source) != "-" and target.samefile(source):
        raise BulkError(f"{target}: is the input itself: give another name for the output")
    if str(target) != "-" and target.is_dir():
        raise BulkError(f"{target}: is a folder: give the name of a file in it")
    if "-" in (str(source), str(target)) and (sys.stdin is None or sys.stdout is None):
        raise BulkError("standard input or output is closed: give a file instead of -")
    if str(target) != "-" and not target.parent.is_dir():
        raise BulkError(f"{target.parent}: no such folder")


@contextmanager
def _reading(path: Path) -> Iterator[TextIO]:
    """Text as UTF-8 with an optional byte order mark; bytes that are none are kept as they are."""
    if str(path) == "-":
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape", newline="")  # type: ignore[union-attr]
        yield sys.stdin
        return
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
        yield stream


@contextmanager
def _writing(path: Path) -> Iterator[TextIO]:
    """The output is written beside its place and moved there when whole."""
    if str(path) == "-":
        sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    # A name of its own: neither a file of the user nor another run's output is written over.
    part = path.with_name(f"{path.name}.{uuid4().hex[:8]}.part")
    try:
        with part.open("x", encoding="utf-8", errors="surrogateescape", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            part.chmod(path.stat().st_mode)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
