"""Long columns of which a reading needs only a few values."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar, overload

Value = TypeVar("Value")

BLOCK = 64
"""Lines that stand in one text, and are cut apart when the first of them is asked for."""


class Column(Sequence[Value], Generic[Value]):
    """Values that are made when they are asked for."""

    __slots__ = ()

    @abstractmethod
    def at(self, number: int) -> Value:
        """The value of this number."""

    @overload
    def __getitem__(self, number: int) -> Value: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Value]: ...
    def __getitem__(self, number: int | slice) -> Value | Sequence[Value]:
        if isinstance(number, slice):
            return [self.at(n) for n in range(*number.indices(len(self)))]
        return self.at(number)


class Lines(Column[str]):
    """The lines of texts of `BLOCK` lines each, the last one of as many as are left."""

    __slots__ = ("_last", "_length", "_names", "_texts")

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._names = list(texts)
        self._last: tuple[int, list[str]] = (-1, [])  # one value, for threads read it side by side
        whole = len(texts) - 1
        self._length = whole * BLOCK + len(self._block(whole)) if texts else 0

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[str]:
        for text in self._texts.values():
            yield from text.split("\n")

    def at(self, number: int) -> str:
        """The line of this number. Raises IndexError where there is none."""
        if not 0 <= number < self._length:
            raise IndexError(f"line {number} of {self._length}")
        return self._block(number // BLOCK)[number % BLOCK]

    def _block(self, number: int) -> list[str]:
        last, lines = self._last
        if number != last:
            lines = self._texts[self._names[number]].split("\n")
            self._last = number, lines
        return lines


class Parsed(Column[Value]):
    """What lines say, each parsed once, when it is asked for."""

    __slots__ = ("_lines", "_parse", "_values")

    def __init__(self, lines: Sequence[str], parse: Callable[[str], Value]) -> None:
        self._lines = lines
        self._parse = parse
        self._values: dict[int, Value] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def at(self, number: int) -> Value:
        """The value of this number. Raises IndexError where there is none."""
        if number not in self._values:
            self._values[number] = self._parse(self._lines[number])
        return self._values[number]


def blocks(lines: Iterable[str]) -> dict[str, str]:
    """Lines as texts for `Lines`, by their number."""
    told = list(lines)
    return {str(at // BLOCK): "\n".join(told[at : at + BLOCK]) for at in range(0, len(told), BLOCK)}


def numbers(line: str) -> tuple[int, ...]:
    """The whole numbers of a line, set apart by spaces."""
    return tuple(map(int, line.split()))
