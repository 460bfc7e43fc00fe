"""A long column of values kept as text, a line each, of which a reading needs only a few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, overload

Value = TypeVar("Value")


class Lines(Sequence[Value], Generic[Value]):
    """Values that are parsed when first asked for: splitting a text is much quicker than making a list of lists."""

    __slots__ = ("_lines", "_parse", "_parsed")

    def __init__(self, text: str, parse: Callable[[str], Value]) -> None:
        self._lines = text.split("\n") if text else []
        self._parse = parse
        self._parsed: dict[int, Value] = {}

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, number: int) -> Value: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Value]: ...
    def __getitem__(self, number: int | slice) -> Value | Sequence[Value]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        if number not in self._parsed:
            self._parsed[number] = self._parse(self._lines[number])
        return self._parsed[number]


def numbers(line: str) -> tuple[int, ...]:
    """The whole numbers of a line, set apart by spaces."""
    return tuple(map(int, line.split()))
