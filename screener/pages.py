"""A long word list cut in pages, as a dictionary is: to see which phrases stand in a short text, few are opened.

An automaton of all phrases reads any text quickly but takes long to build: for the first texts of a process this is
sooner done.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping

from screener.lines import BLOCK

_PIECE = 6
"""Letters of a phrase that are looked up before the phrase itself."""

Pages = Mapping[str, str]
"""Texts for `Lines` by the phrase that begins the first line; a line is a phrase, a tab, and what is said of it."""


def cut(lines: Mapping[str, str]) -> dict[str, str]:
    """The pages of a list: what is said of each phrase, in one line."""
    told = [f"{phrase}\t{said}" for phrase, said in sorted(lines.items())]
    pages = (told[at : at + BLOCK] for at in range(0, len(told), BLOCK))
    return {page[0].partition("\t")[0]: "\n".join(page) for page in pages}


def standing_in(plain: str, pages: Pages) -> list[str]:
    """The lines of the phrases that stand anywhere in a text, in order."""
    standing: list[str] = []
    book = _Book(pages)
    for piece in sorted({plain[at : at + size] for size in range(1, _PIECE + 1) for at in range(len(plain))}):
        if len(piece) < _PIECE:
            standing += book.beginning_with(f"{piece}\t")
        else:
            standing += [line for line in book.beginning_with(piece) if line.partition("\t")[0] in plain]
    return standing


class _Book:
    """Pages being read; the one open is kept, for what is asked comes in order."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._firsts = list(pages)
        self._open = -1
        self._lines: list[str] = []

    def beginning_with(self, start: str) -> Iterator[str]:
        """The lines that begin so, in order."""
        page = max(0, bisect_right(self._firsts, start) - 1)
        while page < len(self._firsts):
            lines = self._turned_to(page)
            for line in lines[bisect_left(lines, start) :]:
                if not line.startswith(start):
                    return
                yield line
            page += 1

    def _turned_to(self, page: int) -> list[str]:
        if page != self._open:
            self._open, self._lines = page, self._pages[self._firsts[page]].split("\n")
        return self._lines
