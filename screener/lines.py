"""Long columns of which a reading needs only a few values."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, overload

Value = TypeVar("Value")


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
    """Values of a text, one a line, each parsed once: splitting a text is much quicker than making a list of lists."""

    __slots__ = ("_lines", "_parse", "_parsed")

    def __init__(self, text: str, parse: Callable[[str], Value]) -> None:
        self._lines = text.split("\n") if text else []
        self._parse = parse
        self._parsed: dict[int, Value] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def at(self, number: int) -> Value:
        """The value of this number."""
        if number not in self._parsed:
            self._parsed[number] = self._parse(self._lines[number])
        return self._parsed[number]


def numbers(line: str) -> tuple[int, ...]:
    """The whole numbers of a line, set apart by spaces."""
    return tuple(map(int, line.split()))
