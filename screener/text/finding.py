"""A disguised stretch of text, and what those who look for disguises have in common."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import Any

import re2

from screener.declared import PACKAGE, declared
from screener.records import ObfuscationKind
from screener.text.view import View

VOWELS = frozenset("aeiouyàáâãäåèéêëìíîïòóôõöùúûüăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
"""Vowels of the Latin alphabet, with the accents that folding leaves."""

_ADDRESS = (
    r"\S*://\S*|www\.\S+|(?:^|[^\p{L}\p{N}])[@#][^\s,;]+|[a-z0-9._%+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+|"
    r"[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,}(?:[/?]\S*|[^\p{L}\p{M}]|$)|\S*_\S*[0-9]\S*|\S*[0-9]\S*_\S*"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A disguised stretch of the plain text, how it reads undone, and whether it is surely meant as a disguise."""

    start: int
    end: int
    undone: str
    kind: ObfuscationKind
    sure: bool

    def original(self, view: View, received: str) -> str:
        """Give the stretch as it was received."""
        start, end = view.span(self.start, self.end)
        return received[start:end]


def addresses(plain: str) -> list[tuple[int, int]]:
    """Give the ranges of links, mail addresses, handles, hashtags and user names."""
    return [match.span() for match in _address().finditer(plain)]


@cache
def _address() -> Any:
    return re2.compile(_ADDRESS)


def overlaps(ranges: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a stretch touches one of the ranges, which are in order and apart."""
    before = bisect_left(ranges, (end, 0)) - 1
    return before >= 0 and ranges[before][1] > start


@cache
def disguise_tables() -> dict[str, Any]:
    """Give the tables of disguise.toml."""
    return declared(PACKAGE / "text" / "disguise.toml")
