"""Names of firms in scripts with capital letters, found by the company capitalised words keep.

A run of capitalised words is a name when a legal form stands at it ("PT Bina Karya", "Lakeshore Ltd"), when it joins
a kind of firm or workplace with a proper word ("Hotel Lumen", "Victoria Shore Manpower"), or when it is announced
("company: ...", "... is hiring") or stands by itself. Ordinary words, places, streets and persons make no name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screener.facts.name_words import (
    AGENCY, AT, FANCY, FIRM, HIRING, IN, LEGAL_AFTER, LEGAL_BEFORE, LINK, PLACE, PLAIN, PROPER, SLOPPY, STREET, TITLE,
    TOLD, WORKPLACE, NameWords, name_words,
)
from screener.records import EmployerKind

Name = tuple[EmployerKind, int, int]
"""The kind of a name and its half-open range in the text as received."""

MAX_NAMES = 100
"""Names read from one text; an ad has a few."""

_EDGES = ".,;:!?()[]{}<>\"'`´“”„«»‹›‘’…·•|/\\*_~–—―-+=#^%✔✅▪★☆►➡👉🔥⭐✨🌟💥📢📣📌✈️·、。，：；！？（）【】「」『』《》〔〕￭■●◆◎○"
_QUOTES = "\"'“”„«»‘’"
_ABBREVIATED = frozenset("co st pvt pte bhd sdn inc ltd corp dr mr mrs ms int intl mgmt s.a".split())
_KIND = FIRM | WORKPLACE
_NEAR = 3
"""Ordinary words that may stand between a kind of workplace and the name it announces."""


class _Unspaced(dict[int, str]):
    """Turns letters of scripts without capitals or spaces, and wide punctuation, into line breaks, one for one."""

    def __missing__(self, code: int) -> str:
        breaks = 0x0E00 <= code < 0x1000 or 0x1000 <= code < 0x10A0 or 0x1780 <= code < 0x1800
        breaks = breaks or 0x2E80 <= code < 0xA4D0 or 0xAC00 <= code < 0xD7B0 or 0xFE30 <= code < 0xFE50
        breaks = breaks or 0xFF00 <= code < 0xFFF0 or code == 0xB7
        spaces = code in (0x09, 0xA0, 0x3000, 0x2003, 0x2009, 0x202F, 0x200B, 0xFEFF)
        result = "\n" if breaks and code != 0x3000 else " " if spaces else chr(code)
        self[code] = result
        return result


_UNSPACED = _Unspaced()


@dataclass(slots=True)
class _Run:
    """A run of capitalised words and what stands around it."""

    words: list[tuple[str, int, int, int]]
    """Each word as written, its meaning, its start and end."""
    before: str
    earlier: str
    near: bool
    """A kind of firm or workplace stands a few words before."""
    opens: bool
    """Nothing stands before it in its sentence."""
    shouted: bool
    quoted: bool = False
    after: str = ""
    closes: bool = True


def cased_names(received: str) -> Iterator[Name]:
    """The names of a text as received, in order; offsets are those of `received`."""
    table = name_words()
    if not received.isascii():
        received = received.translate(_UNSPACED)
    elif "\t" in received:
        received = received.replace("\t", " ")
    found = 0
    offset = 0
    for line in received.split("\n"):
        if not line.islower():
            for run in _runs(table, line, offset):
                name = _judge(table, run)
                if name:
                    yield name
                    found += 1
            if found >= MAX_NAMES:
                return
        offset += len(line) + 1
