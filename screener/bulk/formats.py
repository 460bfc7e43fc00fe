"""The file formats: how a row is read, where its text is, and how it is written back with what was added."""

from __future__ import annotations

import csv
import secrets
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
        # What stands behind the last row comes back alone, or within a cell where a quote is never closed.
        end = secrets.token_hex(16)
        reader = csv.reader(chain([first], stream, [end]), delimiter=self.delimiter)
        self.header = _whole(next(reader), end, 1)
        self._check_header()
        column = self.header.index(self.text_column)
        begun = reader.line_num + 1
        for row in reader:
            if row == [end]:
                return
            _whole(row, end, begun)
            begun = reader.line_num + 1
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
        count = self.header.count(self.text_column)
        if count > 1:
            raise BulkError(f"{count} columns are called {self.text_column!r}: rename all but the one with the text")
        _check_free(self.header)

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


def _whole(row: list[str], end: str, line: int) -> list[str]:
    """The row, where it does not hold the end of the file. Raises BulkError where a quote swallowed it."""
    if row and row[-1].endswith(end) and row != [end]:
        raise BulkError(
            f"line {line}: a quote is opened in this row and never closed, so that the rest of the file can't be told "
            "apart into rows: close it, or write it twice where it belongs to the text"
        )
    return row


def _check_free(names: Iterable[str]) -> None:
    if taken := _taken(names):
        raise BulkError(f"the input has {taken!r} already: rename or drop it, so that nothing is overwritten")


def _taken(names: Iterable[str]) -> str:
    """The first of these names that is one of ours, empty where none is."""
    return next((name for name in names if name in COLUMNS), "")


def _neutral(column: str, cell: str) -> str:
    """A cell of ours that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers."""
    return f"'{cell}" if column not in _NUMBERS and cell.startswith(_FORMULA_STARTS) else cell


class JsonLines:
    """One JSON object a line, written back as it came with what is added; a line that is none keeps its error."""

    def __init__(self, text_column: str) -> None:
        self.text_column = text_column

    def read(self, stream: TextIO) -> Iterator[Record]:
        """Objects; blank lines are no rows."""
        for line in stream:
            if line.strip():
                yield self._record(line.rstrip("\r\n"))

    def _record(self, line: str) -> Record:
        """The text of a line; what is kept is the JSON of an object, so that no number is rounded and no key lost."""
        try:
            data = orjson.loads(line.encode("utf-8", "surrogateescape"))
        except (orjson.JSONDecodeError, UnicodeEncodeError) as error:
            raw = line.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            return Record("", f"the line is not JSON: {error}", orjson.dumps({_INPUT: raw}).decode())
        if not isinstance(data, dict):
            return Record("", "the line is not a JSON object", f'{{"{_INPUT}":{line}}}')
        if taken := _taken(data):
            return Record("", f"the object has {taken!r} already: rename it", f'{{"{_INPUT}":{line}}}')
        text = data.get(self.text_column)
        if not isinstance(text, str):
            return Record("", f"the object has no text under {self.text_column!r}", line)
        return Record(text, "", line)

    def write(self, stream: TextIO, rows: Iterable[tuple[Record, Answer]]) -> Iterator[None]:
        """Each object with what is added; numbers and truth values as such, null where a row was not scored."""
        for record, answer in rows:
            added: dict[str, Any] = dict(zip(COLUMNS, answer.cells(), strict=True))
            for name in _NUMBERS:
                added[name] = float(added[name]) if added[name] else None
            added["screener_offer"] = answer.offer == "true" if answer.offer else None
            kept = record.kept.strip().removesuffix("}").rstrip()
            comma = "" if kept == "{" else ","
            stream.write(f"{kept}{comma}{orjson.dumps(added).decode().removeprefix('{')}\n")
            yield
