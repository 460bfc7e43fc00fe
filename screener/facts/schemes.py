"""Public recruitment schemes and bodies a text names, and licence numbers it states.

A scheme that the text says is not used ("no EPS test", "ไม่ต้องเข้าโครงการรัฐ") is not named. A licence is a number close
behind a word for a licence or a register; driving and trade licences are none. Both are data: `data/schemes.toml`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from screener.facts.name_words import folded, load_table
from screener.records import EmployerKind
from screener.text import Text, View

MAX_MATCHES = 5_000
"""Matches read from one view; an ad has a few dozen."""

_NEGATION_WINDOW = 16
_OTHER_WINDOW = 14
_NUMBER_GAP = 26
"""Characters that may stand between the word for a licence and its number."""
_NUMBER_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789/-.")
_GAP_SIGNS = frozenset(" :#.-/()[]№°º'&\u200b")
_UNITS = ("year", "yr", "month", "week", "day", "%", "thn", "tahun", "bulan", "năm", "tháng", "años", "ans", "jahr", "people", "person", "orang", "人", "年", "名", "ปี", "pax", "usd", "rm", "k ")
_TOGETHER = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR", "ETHIOPIC", "ARABIC")


@dataclass(frozen=True, slots=True)
class _Phrase:
    role: str
    """`scheme`, `regulator`, `licence` or `register`."""
    spelling: str | None
    left: bool
    right: bool


@dataclass(frozen=True, slots=True)
class _Schemes:
    automaton: AhoCorasick
    phrases: tuple[tuple[_Phrase, ...], ...]
    negations: tuple[str, ...]
    others: tuple[str, ...]


def schemes_and_licences(text: Text) -> set[tuple[EmployerKind, int, int]]:
    """The schemes and licence numbers of a text, offsets in the text as received."""
    table = _schemes()
    schemes: set[tuple[int, int]] = set()
    regulators: set[tuple[int, int]] = set()
    licences: set[tuple[int, int]] = set()
    rooms = {"scheme": schemes, "regulator": regulators, "licence": licences, "register": licences}
    for view in text.views:
        for index, start, end in table.automaton.find_matches_as_indexes(view.plain, overlapping=True)[:MAX_MATCHES]:
            for phrase in table.phrases[index]:
                span = _read(table, text.received, view, phrase, start, end)
                if span:
                    rooms[phrase.role].add(span)
    licences = _widest(licences)
    if not licences:
        schemes |= regulators
    named = {span for span in _widest(schemes) if not any(_within(span, licence) for licence in licences)}
    return {("licence", *span) for span in licences} | {("scheme", *span) for span in named}


def _widest(spans: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The spans that lie in no other."""
    widest: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not widest or not _within(span, widest[-1]):
            widest.append(span)
    return set(widest)


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _read(
    table: _Schemes, received: str, view: View, phrase: _Phrase, start: int, end: int
) -> tuple[int, int] | None:
    """The range a phrase shows in the text as received, None where it says something else."""
    plain = view.plain
    if not _stands(plain, start, end, phrase):
        return None
    if phrase.role == "licence":
        stop = _number_end(table, plain, start, end)
        return view.span(start, stop) if stop else None
    span = view.span(start, end)
    if phrase.spelling and received[span[0] : span[1]] != phrase.spelling:
        return None
    if plain[max(0, start - _NEGATION_WINDOW) : start].rstrip(" -'\"").endswith(table.negations):
        return None
    return span


def _number_end(table: _Schemes, plain: str, start: int, end: int) -> int:
    """Where the number of a licence ends, 0 where none follows its word."""
    at = end
    limit = min(len(plain), end + _NUMBER_GAP)
    words = 1
    while at < limit and not plain[at].isdigit():
        character = plain[at]
        if not (character.isalpha() or character in _GAP_SIGNS or unicodedata.category(character)[0] == "M"):
            return 0
        if character == "." and plain[at + 1 : at + 2] == " " and at - end > 4:
            return 0
        words += character == " "
        at += 1
    if at >= limit or words > 6:
        return 0
    first = at
    while first > end and plain[first - 1] in _NUMBER_CHARACTERS and plain[first - 1] != ".":
        first -= 1
    last = at
    while last < len(plain) and plain[last] in _NUMBER_CHARACTERS:
        last += 1
    code = plain[first:last].strip("./-")
    around = plain[max(0, start - _OTHER_WINDOW) : start], plain[end:first], plain[last : last + 8].lstrip(" ")
    if around[0].rstrip(" ").endswith(table.others) or any(other in around[1] for other in table.others):
        return 0
    return last if _is_code(code) and not around[2].startswith(_UNITS) else 0


def _is_code(code: str) -> bool:
    """Whether it is shaped like a registration number and not like a year, an amount or a count."""
    digits = sum(character.isdigit() for character in code)
    masks = code.count("x")
    if code.isdigit():
        return digits >= 3 and not (digits == 4 and code[:2] in ("19", "20") and code[2] in "0123")
    letters = sum(character.isalpha() for character in code)
    if "/" in code or "-" in code:
        return digits >= 2 and digits + letters >= 4
    return (letters > 0 and "." not in code and digits >= 2 and digits + letters >= 4) or (masks >= 2 and digits >= 2)


def _stands(plain: str, start: int, end: int, phrase: _Phrase) -> bool:
    if phrase.left and start and _is_word(plain[start - 1]):
        return False
    return not (phrase.right and end < len(plain) and _is_word(plain[end]))


def _is_word(character: str) -> bool:
    return character.isalnum() and not _runs_together(character)


def _runs_together(character: str) -> bool:
    if character.isascii():
        return False
    return any(script in unicodedata.name(character, "") for script in _TOGETHER)


@cache
def _schemes() -> _Schemes:
    table = load_table("schemes.toml")
    phrases: dict[str, list[_Phrase]] = {}
    for scheme in table["scheme"]:
        role = "regulator" if scheme.get("regulator") else "scheme"
        _put(phrases, role, scheme["phrases"])
        _put(phrases, role, scheme.get("exact", ()), exact=True)
    _put(phrases, "licence", table["licence"]["words"])
    _put(phrases, "register", table["licence"]["registers"])
    return _Schemes(
        automaton=AhoCorasick(list(phrases), implementation=Implementation.ContiguousNFA),
        phrases=tuple(map(tuple, phrases.values())),
        negations=tuple(folded(table["negation"]["before"])),
        others=tuple(folded(table["licence"]["not_before"])),
    )


def _put(phrases: dict[str, list[_Phrase]], role: str, written: Sequence[str], exact: bool = False) -> None:
    for spelling, word in zip(written, folded(written), strict=True):
        left = word[0].isalpha() and not _runs_together(word[0])
        right = word[-1].isalpha() and not _runs_together(word[-1])
        phrases.setdefault(word, []).append(_Phrase(role, spelling if exact else None, left, right))
