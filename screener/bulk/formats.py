"""The file formats: how a row is read, where its text is, and how it is written back with what was added."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Protocol, TextIO

import orjson

from screener.bulk.rows import COLUMNS, Answer
from screener.errors import BulkError

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBERS = frozenset({"screener_score", "screener_log_odds"})
_INPUT = "screener_input"
"""Key under which a JSONL line that is no object is kept as it came."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row as read: the text to screen (or why there is none) and what is written back."""

    text: str
    problem: str
    kept: Any


class Format(Protocol):
    """Reads records from a stream and writes them back, in order."""

    def read(self, stream: TextIO) -> Iterator[Record]:
        """The rows of a stream. Raises BulkError where the file as a whole can't be used."""

    def write(self, stream: TextIO, rows: Iterable[tuple[Record, Answer]]) -> Iterator[None]:
        """Writes rows one by one; yields after each."""


def format_of(path: Path, text_column: str) -> Format:
    """The format by file ending; `-` is CSV. Raises BulkError for an ending nobody reads."""
    if str(path) == "-":
        return Delimited(text_column, None)
    ending = path.suffix.lower()
    if ending in (".jsonl", ".ndjson"):
        return JsonLines(text_column)
    if ending in (".csv", ".tsv", ".tab"):
        return Delimited(text_column, "\t" if ending != ".csv" else None)
    raise BulkError(f"{path}: don't know the format {ending or 'without ending'}: give .csv, .tsv or .jsonl")


class Delimited:
    """CSV or TSV with a header. Commas or semicolons are told by the header; quoted line breaks are read as such."""

    def __init__(self, text_column: str, delimiter: str | None) -> None:
        self.text_column = text_column
        self.delimiter = delimiter
        self.header: list[str] = []
        csv.field_size_limit(sys.maxsize)

    def read(self, stream: TextIO) -> Iterator[Record]:
        """Rows after the header; the text column is looked up by name."""
        first = stream.readline()
        if self.delimiter is None:
            self.delimiter = ";" if first.count(";") > first.count(",") else ","
        reader = csv.reader(chain([first], stream), delimiter=self.delimiter)
        self.header = next(reader, [])
        self._check_header()
        column = self.header.index(self.text_column)
        for row in reader:
            if not row:
                yield Record("", "", [])
                continue
            problem = (
                f"the row has {len(row)} cells, the header {len(self.header)}" if len(row) != len(self.header) else ""
            )
            yield Record(row[column] if column < len(row) else "", problem, row)

    def _check_header(self) -> None:
        if not self.header:
            raise BulkError("the input is empty: it needs a header row with a column for the text")
        if self.text_column not in self.header:
            raise BulkError(
                f"no column {self.text_column!r}; there are {', '.join(map(repr, self.header[:20]))}: "
                "name one with --text-column"
            )
        taken = [name for name in self.header if name in COLUMNS]
        if taken:
            raise BulkError(
                f"the input has a column {taken[0]!r} already: rename or drop it, so that nothing is overwritten"
            )

    def write(self, stream: TextIO, rows: Iterable[tuple[Record, Answer]]) -> Iterator[None]:
        """Header and rows; short rows are filled up, surplus cells stand after what is added."""
        writer = csv.writer(stream, delimiter=self.delimiter or ",", lineterminator="\n")
        quoting = csv.writer(stream, delimiter=self.delimiter or ",", lineterminator="\n", quoting=csv.QUOTE_ALL)
        has_header = False
        for record, answer in rows:
            if not has_header:
                writer.writerow([*self.header, *COLUMNS])
                has_header = True
            size = len(self.header)
            cells: Sequence[str] = record.kept
            filled = [*cells[:size], *[""] * (size - len(cells))]
            row = [*filled, *map(_neutral, COLUMNS, answer.cells()), *cells[size:]]
            # the writer quotes its own line end only; a lone carriage return would be read back as another row
            (quoting if any("\r" in cell for cell in row) else writer).writerow(row)
            yield
        if not has_header and self.header:
            writer.writerow([*self.header, *COLUMNS])


def _neutral(column: str, cell: str) -> str:
    """A cell of ours that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers."""
    return f"'{cell}" if column not in _NUMBERS and cell.startswith(_FORMULA_STARTS) else cell


class JsonLines:
    """One JSON object a line. A line that is none is kept as it came, with its error."""

    def __init__(self, text_column: str) -> None:
        self.text_column = text_column

    def read(self, stream: TextIO) -> Iterator[Record]:
        """Objects; blank lines are no rows."""
        for line in stream:
            if line.strip():
                yield self._record(line.rstrip("\r\n"))

    def _record(self, line: str) -> Record:
        try:
            data = orjson.loads(line.encode("utf-8", "surrogateescape"))
        except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
            raw = line.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            return Record("", f"the line is not JSON: {error}", {_INPUT: raw})
        if not isinstance(data, dict):
            return Record("", "the line is not a JSON object", {_INPUT: data})
        text = data.get(self.text_column)
        if not isinstance(text, str):
            return Record("", f"the object has no text under {self.text_column!r}", data)
        return Record(text, "", data)

    def write(self, stream: TextIO, rows: Iterable[tuple[Record, Answer]]) -> Iterator[None]:
        """Each object with what is added; numbers and truth values as such, null where a row was not scored."""
        for record, answer in rows:
            added: dict[str, Any] = dict(zip(COLUMNS, answer.cells(), strict=True))
            for name in _NUMBERS:
                added[name] = float(added[name]) if added[name] else None
            added["screener_offer"] = answer.offer == "true" if answer.offer else None
            stream.write(orjson.dumps({**record.kept, **added}).decode() + "\n")
            yield
