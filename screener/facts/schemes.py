"""Public recruitment schemes and bodies a text names, and licence numbers it states.

A scheme that the text says is not used ("no EPS test", "ไม่ต้องเข้าโครงการรัฐ") is not named. A licence is a number close
behind a word for a licence or a register; driving and trade licences are none. Both are data: `data/schemes.toml`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from screener.facts.name_words import load_table
from screener.facts.word_edges import edges_of
from screener.records import EmployerKind
from screener.text import Text, View, fold_all

MAX_MATCHES = 5_000
"""Matches read from one view; an ad has a few dozen."""

_NEGATION_WINDOW = 16
_OTHER_WINDOW = 14
_UNIT_WINDOW = 8
_GAP = 26
"""Characters that may stand between the word for a licence and its number ..."""
_GAP_WORDS = 6
"""... and words."""
_CODE_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789/-.")
_GAP_SIGNS = frozenset(" :#.-/()[]№°º'&")

Span = tuple[int, int]
"""A half-open range in the text as received."""


class _Phrase(NamedTuple):
    role: str
    """`scheme`, `regulator`, `licence` or `register`."""
    spelling: str | None


class _Lexicon(NamedTuple):
    automaton: AhoCorasick
    phrases: tuple[tuple[_Phrase, ...], ...]
    negations: tuple[str, ...]
    others: tuple[str, ...]
    units: tuple[str, ...]


def schemes_and_licences(text: Text) -> set[tuple[EmployerKind, int, int]]:
    """The schemes and licence numbers of a text, offsets in the text as received."""
    lexicon = _lexicon()
    schemes: set[Span] = set()
    regulators: set[Span] = set()
    licences: set[Span] = set()
    rooms = {"scheme": schemes, "regulator": regulators, "licence": licences, "register": licences}
    for view in text.views:
        for index, start, end in lexicon.automaton.find_matches_as_indexes(view.plain, overlapping=True)[:MAX_MATCHES]:
            for phrase in lexicon.phrases[index]:
                span = _read(lexicon, text.received, view, phrase, start, end)
                if span:
                    rooms[phrase.role].add(span)
    licences = _widest(licences)
    if not licences:
        schemes |= regulators
    named = {span for span in _widest(schemes) if not any(_within(span, licence) for licence in licences)}
    return {("licence", *span) for span in licences} | {("scheme", *span) for span in named}


def _widest(spans: set[Span]) -> set[Span]:
    """The spans that lie in no other."""
    widest: list[Span] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not widest or not _within(span, widest[-1]):
            widest.append(span)
    return set(widest)


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _read(lexicon: _Lexicon, received: str, view: View, phrase: _Phrase, start: int, end: int) -> Span | None:
    """The range a phrase shows in the text as received, None where it says something else."""
    plain = view.plain
    if not edges_of(plain[start:end]).stand(plain, start, end):
        return None
    if phrase.role == "licence":
        stop = _number_end(lexicon, plain, start, end)
        return view.span(start, stop) if stop else None
    span = view.span(start, end)
    if phrase.spelling and received[span[0] : span[1]] != phrase.spelling:
        return None
    if plain[max(0, start - _NEGATION_WINDOW) : start].rstrip(" -'\"").endswith(lexicon.negations):
        return None
    return span


def _number_end(lexicon: _Lexicon, plain: str, start: int, end: int) -> int:
    """Where the number of a licence ends, 0 where none follows its word."""
    at = _first_digit(plain, end)
    if at is None:
        return 0
    first = last = at
    while first > end and plain[first - 1] in _CODE_CHARACTERS and plain[first - 1] != ".":
        first -= 1
    while last < len(plain) and plain[last] in _CODE_CHARACTERS:
        last += 1
    last -= plain[last - 1] in "./-"
    before = plain[max(0, start - _OTHER_WINDOW) : start].rstrip(" ")
    if before.endswith(lexicon.others) or any(other in plain[end:first] for other in lexicon.others):
        return 0
    counted = plain[last : last + _UNIT_WINDOW].lstrip(" ").startswith(lexicon.units)
    return last if _is_code(plain[first:last].strip("./-")) and not counted else 0


def _first_digit(plain: str, end: int) -> int | None:
    """The first digit behind a word for a licence, with nothing but a few words and signs between."""
    words = 0
    for at in range(end, min(len(plain), end + _GAP)):
        character = plain[at]
        if character.isdigit():
            return at
        words += character == " "
        stops = character == "." and plain[at + 1 : at + 2] == " " and at - end > 4
        letter = character.isalpha() or character in _GAP_SIGNS or unicodedata.category(character)[0] == "M"
        if stops or not letter or words >= _GAP_WORDS:
            return None
    return None


def _is_code(code: str) -> bool:
    """Whether it is shaped like a registration number and not like a year, an amount or a count."""
    digits = sum(map(str.isdigit, code))
    if code.isdigit():
        return digits >= 3 and not (digits == 4 and code.startswith(("190", "19", "200", "201", "202", "203")))
    letters = sum(map(str.isalpha, code))
    if digits < 2 or digits + letters < 4:
        return False
    return "/" in code or "-" in code or "." not in code


@cache
def _lexicon() -> _Lexicon:
    table = load_table("schemes.toml")
    phrases: dict[str, list[_Phrase]] = {}
    for scheme in table["scheme"]:
        role = "regulator" if scheme.get("regulator") else "scheme"
        _put(phrases, role, scheme["phrases"])
        _put(phrases, role, scheme.get("exact", ()), exact=True)
    _put(phrases, "licence", table["licence"]["words"])
    _put(phrases, "register", table["licence"]["registers"])
    return _Lexicon(
        automaton=AhoCorasick(list(phrases), implementation=Implementation.ContiguousNFA),
        phrases=tuple(map(tuple, phrases.values())),
        negations=tuple(fold_all(table["negation"]["before"])),
        others=tuple(fold_all(table["licence"]["not_before"])),
        units=tuple(fold_all(table["licence"]["units"])),
    )


def _put(phrases: dict[str, list[_Phrase]], role: str, written: Sequence[str], exact: bool = False) -> None:
    for spelling, word in zip(written, fold_all(written), strict=True):
        phrases.setdefault(word, []).append(_Phrase(role, spelling if exact else None))
