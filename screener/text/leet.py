"""Find words written with digits and signs for letters (leet), or with a sign put between their letters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import re2

from screener.text.finding import VOWELS, Finding, addresses, disguise_tables, overlaps
from screener.text.shape import shape
from screener.text.view import View

# Reads the shape of the text (see shape.py), not the text.
_SIGNED_WORD = re2.compile(r"[aml09$@x*]*(?:[0$]|am*(?:[@x]|\*+))a[aml09$@x*]*")
_DIGITS = "0123456789"
_LONG_CONSONANTS = re2.compile("[bcdfghjklmnpqrstvwxz]{5}")
_BEFORE_L = frozenset("bcfgkps")
_CONTACT_REACH = 24


def find_leet(view: View, kinds: str, received: str) -> Iterator[Finding]:
    """Find words with signs for letters or one between them: "c0ntract0rs", "k@sino", "u$d", "cas*ino".

    Args:
        view: a folded view.
        kinds: its shape.
        received: the text it was read from.

    Yields:
        What was found, in order; `sure` where hardly anything else can be meant.
    """
    plain = view.plain
    ranges: list[tuple[int, int]] | None = None
    for match in _SIGNED_WORD.finditer(kinds):
        start, end = match.span()
        token = plain[start:end].strip("!*_|~•·@")
        start += plain[start:end].index(token)
        finding = _guarded(token, start)
        if finding is None:
            finding = _leet(token, start, plain)
            if finding is None or _is_code(finding.original(view, received)):
                continue
        if ranges is None:
            ranges = addresses(plain)
        if not overlaps(ranges, finding.start, finding.end):
            yield finding


def _is_code(original: str) -> bool:
    """Tell codes ("nMGF7MnoZ") and words glued to one ("S1Kemampuan", "C4Media") by capitals after small letters."""
    mark = next((i for i, c in enumerate(original) if not c.isalpha()), 0)
    turns = any(a.islower() and b.isupper() for a, b in pairwise(original))
    return turns or (any(map(str.isupper, original[mark:])) and any(map(str.islower, original)))


def _guarded(token: str, start: int) -> Finding | None:
    """Recognise a guarded word by its skeleton, where signs stand for the letters they resemble."""
    words = _words()
    if token in words.genuine:
        return None
    letters = [c for c, kind in zip(token, shape(token), strict=True) if kind != "*"]
    readings = ["".join(letters)]
    if token.count("*") == 1:
        readings += (token.replace("*", vowel) for vowel in "aeiou")
    for reading in readings:
        word = words.guarded.get(_skeleton(reading))
        if word is not None and word != token:
            parted = len(letters) < len(token) and len(reading) < len(token)
            return Finding(start, start + len(token), word, "split_letters" if parted else "leet", sure=True)
    return None


def _leet(token: str, start: int, plain: str) -> Finding | None:
    """Read a token's signs as letters, or give None where they are more likely what they seem."""
    words = _words()
    marks = [i for i, c in enumerate(token) if not c.isalpha()]
    letters = len(token) - len(marks)
    parts = "".join(c if c.isalpha() else " " for c in token).split()
    if (
        token in words.genuine
        or letters < max(3, 2 * len(marks))
        or not any(0 < i < len(token) - 1 for i in marks)
        or not (token[:2].strip(_DIGITS) and token[-2:].strip(_DIGITS))
        or any(token[i] not in words.signs for i in marks)
        or any(b - a == 1 and token[a : b + 1] != "00" for a, b in pairwise(marks))
        or _is_counted(token)
        or words.contact.search(plain[max(0, start - _CONTACT_REACH) : start])
    ):
        return None
    read = "".join("l" if c in "1!" and _is_l(token, i) else words.signs.get(c, c) for i, c in enumerate(token))
    if len(marks) == 1 and not _is_plausible(token, marks[0], parts):
        return None
    if _LONG_CONSONANTS.search(read):
        return None  # a code
    is_sure_sign = token[marks[0]] in ("0@!$€" if marks[0] == 1 else "0134@!$€")  # "s1", "d3" are codes
    sure = len(marks) > 1 or (letters > 4 and is_sure_sign and any(map(VOWELS.isdisjoint, parts)))
    return Finding(start, start + len(token), read, "leet", sure)


def _is_counted(token: str) -> bool:
    """Tell whether a digit counts or prices what stands beside it: "min1year", "rm5permonth"."""
    words = _words()
    return any(after in words.counted or before in words.priced for before, after in words.numbers.findall(token))


def _is_plausible(token: str, mark: int, parts: list[str]) -> bool:
    """Judge a word's only sign by its neighbours."""
    sign, before, after = token[mark], token[mark - 1], token[mark + 1]
    if sign in "@!":  # "crew@tampines": at; "nosotr@s": both sexes; "hiring!apply"
        return min(map(len, parts)) <= 2 and not token.endswith("@s")
    if sign in "37":  # Arabic letters in chat spelling: "b3at", "l7ed"
        return VOWELS.isdisjoint(before + after)
    return sign != "5" or not VOWELS.isdisjoint(before + after)


def _is_l(token: str, i: int) -> bool:
    """Tell whether a "1" inside a word stands for l ("c1ick", "sa1ary") rather than i ("cl1ck")."""
    before, after = token[i - 1 : i], token[i + 1 : i + 2]
    if after in VOWELS:
        return before in VOWELS or before in _BEFORE_L
    return before in VOWELS and before not in "ao"


class _Words(NamedTuple):
    """The words and signs of disguise.toml; `guarded` by skeleton.

    `contact` is a pattern that ends where a contact begins, `numbers` finds the letters before and behind digits.
    """

    signs: dict[str, str]
    guarded: dict[str, str]
    counted: frozenset[str]
    priced: frozenset[str]
    genuine: frozenset[str]
    contact: Any
    numbers: Any


@cache
def _words() -> _Words:
    tables = disguise_tables()
    words = tables["words"]
    contact = "|".join(map(re2.escape, words["contact"]))
    return _Words(
        signs=tables["signs"],
        guarded={_skeleton(word): word for word in words["guarded"]},
        counted=frozenset(words["counted"]),
        priced=frozenset(words["priced"]),
        genuine=frozenset(words["genuine"]),
        contact=re2.compile(rf"(?:^|[^\p{{L}}])(?:{contact})(?: id)? ?[:=@] ?@?$"),
        numbers=re2.compile(r"([\p{L}\p{M}]*)[0-9]+([\p{L}\p{M}]*)"),
    )


def _skeleton(word: str) -> str:
    """Read every sign as the letter it resembles, and l as i, which "1" resembles as much."""
    return word.translate(_resembled())


@cache
def _resembled() -> dict[int, str]:
    return str.maketrans(disguise_tables()["signs"] | {"!": "i", "l": "i", "£": "i"})
