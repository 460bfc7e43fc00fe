"""Many named texts in one file, of which a process reads only those it needs.

The first line is JSON: of every shelf, the names of its texts and how many bytes of UTF-8 each has. The texts follow in
that order, with nothing between.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate

import orjson

Shelves = Mapping[str, Mapping[str, str]]
"""Texts by shelf and name."""


class Texts(Mapping[str, str]):
    """The texts of one shelf, each decoded when it is asked for."""

    __slots__ = ("_data", "_places")

    def __init__(self, data: bytes, start: int, sizes: Mapping[str, int]) -> None:
        ends = accumulate(sizes.values(), initial=start)
        self._data = data
        self._places = dict(zip(sizes, zip(ends, sizes.values(), strict=False), strict=True))

    def __getitem__(self, name: str) -> str:
        start, size = self._places[name]
        return self._data[start : start + size].decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def pack(shelves: Shelves) -> bytes:
    """The file of these texts."""
    encoded = {shelf: {name: text.encode() for name, text in texts.items()} for shelf, texts in shelves.items()}
    sizes = {shelf: {name: len(text) for name, text in texts.items()} for shelf, texts in encoded.items()}
    return b"".join([orjson.dumps(sizes), b"\n", *(text for texts in encoded.values() for text in texts.values())])


def unpack(data: bytes) -> dict[str, Texts]:
    """The texts of a file, by shelf. Raises ValueError where it is no such file, or not all of it."""
    start = data.index(b"\n") + 1
    contents = orjson.loads(data[:start])
    if not isinstance(contents, dict) or not all(isinstance(sizes, dict) for sizes in contents.values()):
        raise ValueError("the first line names no texts")
    shelves: dict[str, Texts] = {}
    for shelf, sizes in contents.items():
        shelves[shelf] = Texts(data, start, sizes)
        start += sum(sizes.values())
    if start != len(data):
        raise ValueError(f"{len(data)} bytes instead of {start}")
    return shelves
