"""Long columns of which a reading needs only a few values."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar, overload

Value = TypeVar("Value")

_BLOCK = 128
"""Lines that are cut apart together, when the first of them is asked for."""


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


class Lines(Column[Value]):
    """Values that stand one a line in the texts `blocks` made, each parsed once."""

    __slots__ = ("_blocks", "_last", "_length", "_parse", "_parsed")

    def __init__(self, blocks: Mapping[str, str], parse: Callable[[str], Value]) -> None:
        self._blocks = blocks
        self._parse = parse
        self._last: tuple[int, list[str]] = (-1, [])  # one value, for threads read it side by side
        self._parsed: dict[int, Value] = {}
        last = len(blocks) - 1
        self._length = last * _BLOCK + len(self._block(last)) if blocks else 0

    def __len__(self) -> int:
        return self._length

    def at(self, number: int) -> Value:
        """The value of this number. Raises IndexError where there is none."""
        if number not in self._parsed:
            if not 0 <= number < self._length:
                raise IndexError(f"line {number} of {self._length}")
            self._parsed[number] = self._parse(self._block(number // _BLOCK)[number % _BLOCK])
        return self._parsed[number]

    def _block(self, number: int) -> list[str]:
        last, lines = self._last
        if number != last:
            lines = self._blocks[str(number)].split("\n")
            self._last = number, lines
        return lines


def blocks(lines: Iterable[str]) -> dict[str, str]:
    """Lines as texts of so many each, by their number."""
    told = list(lines)
    return {str(at // _BLOCK): "\n".join(told[at : at + _BLOCK]) for at in range(0, len(told), _BLOCK)}


def numbers(line: str) -> tuple[int, ...]:
    """The whole numbers of a line, set apart by spaces."""
    return tuple(map(int, line.split()))
