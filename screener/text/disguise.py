"""Undo letters that are disguised: spaced out, split by signs, or written with digits and signs (leet).

Undoing is generous where it does no harm, since the undone reading stands beside the plain one and only adds words to
be found. Reporting is strict: an honest "min1year", "24/7" or "U.A.E." is no obfuscation.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import re2

from screener.records import Obfuscation, ObfuscationKind
from screener.text.shape import LETTERS, WORD, shape
from screener.text.view import View, edited

# All patterns read the shape of the text (see shape.py), not the text.
_UNIT = f"[{LETTERS}][ml]*"
_BEFORE, _AFTER = f"(?:^|[^{WORD}09])", f"(?:[^{WORD}09]|$)"
_SIGNED = r"(?:[0$]|am*(?:[@x]|\*+))a"
_SIGNED_WORD = re2.compile(rf"[aml09$@x*]*{_SIGNED}[aml09$@x*]*")
_SPACED = re2.compile(f"{_BEFORE}({_UNIT}(?: {_UNIT})+){_AFTER}")
_PARTED = re2.compile(rf"{_BEFORE}({_UNIT}(?:(?:\*+|[./]){_UNIT})+){_AFTER}")
_CHUNKED = re2.compile(rf"{_BEFORE}((?:{_UNIT}){{1,2}}(?:\*+(?:{_UNIT}){{1,2}})+){_AFTER}")
# One cheap search tells honest text, which is nearly all of it, from text worth a closer look.
_SUSPECT = re2.compile(
    rf"am*[0$@x]a|{_BEFORE}[0$]a|[{LETTERS}][ml]*\*+[{LETTERS}]|"
    rf"{_BEFORE}{_UNIT}(?: {_UNIT} {_UNIT}|[./]{_UNIT}[./]{_UNIT}){_AFTER}"
)
_ADDRESS = re2.compile(
    r"\S*://\S*|www\.\S+|[@#][^\s,;]+|[a-z0-9._%+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)+|"
    r"[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,}(?:[/?]\S*)?|\S*_\S*[0-9]\S*|\S*[0-9]\S*_\S*"
)
_VOWELS = frozenset("aeiouyàáâãäåèéêëìíîïòóôõöùúûüăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_BEFORE_L = frozenset("bcfgkps")
_FEWEST_LETTERS = {"spaced": 5, "parted": 5, "chunked": 4}
_CONTACT_REACH = 24
_SPELLED_OUT: tuple[tuple[str, Any], ...] = (("spaced", _SPACED), ("parted", _PARTED), ("chunked", _CHUNKED))


@dataclass(frozen=True, slots=True)
class _Finding:
    """A disguised stretch of the plain text, how it reads undone, and whether it is surely meant as a disguise."""

    start: int
    end: int
    undone: str
    kind: ObfuscationKind
    sure: bool


def undone(view: View) -> tuple[View | None, list[Obfuscation]]:
    """Undo the disguised letters of a folded view.

    Args:
        view: a view that `screener.text.folding.folded` gave.

    Returns:
        The view with the disguise undone (None where nothing is disguised) and the obfuscations that are certain, with
        offsets in the text as received.
    """
    kinds = shape(view.plain)
    if _SUSPECT.search(kinds) is None:
        return None, []
    findings = _without_overlap([*_signed(view.plain, kinds), *_spelled(view, kinds)])
    if not findings:
        return None, []
    leet_is_sure = sum(finding.kind == "leet" for finding in findings) > 1
    obfuscations = [
        Obfuscation(finding.kind, *view.span(finding.start, finding.end))
        for finding in findings
        if finding.sure or (leet_is_sure and finding.kind == "leet")
    ]
    return edited(view, [(finding.start, finding.end, finding.undone) for finding in findings]), obfuscations


def _without_overlap(findings: list[_Finding]) -> list[_Finding]:
    """Keep the first and longest of overlapping findings."""
    kept: list[_Finding] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept


def _spelled(view: View, kinds: str) -> Iterator[_Finding]:
    """Find words spelled letter by letter: "t e l e g r a m", "c.a.s.i.n.o", "k🔥a🔥s🔥i", "ca*si*no"."""
    for way, pattern in _SPELLED_OUT:
        end = 0
        while match := pattern.search(kinds, end):
            first, end = match.span(1)
            for start, stop in _stretches(view, first, end):
                finding = _spelled_word(view.plain[start:stop], kinds[start:stop], start, way)
                if finding is not None:
                    yield finding


def _stretches(view: View, first: int, last: int) -> list[tuple[int, int]]:
    """Cut spaced letters where the received text has a wider gap: "t e l e   a d m i n" are two words."""
    if view.starts is None or view.ends is None:
        return [(first, last)]
    cuts = [i for i in range(first, last) if view.plain[i] == " " and view.ends[i] - view.starts[i] > 1]
    edges = [first, *(edge for cut in cuts for edge in (cut, cut + 1)), last]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _spelled_word(stretch: str, kinds: str, start: int, way: str) -> _Finding | None:
    """Judge one stretch of letters with something between them."""
    word = "".join(c for c, kind in zip(stretch, kinds, strict=True) if kind in WORD)
    units = [c for c, kind in zip(stretch, kinds, strict=True) if kind in LETTERS]
    wide = "w" in kinds
    fewest = 4 if wide else _FEWEST_LETTERS[way]
    if len(units) < fewest and not (word in _words().spelled and len(units) > 2):
        return None
    if len(kinds) - len(units) - sum(map(kinds.count, "ml")) < 2 or (wide and "/" in kinds):
        return None  # one sign between two words, or a list: "吃/住/行/玩"
    if "a" in kinds and (_VOWELS.isdisjoint(word) or (units == sorted(units) and word not in _words().spelled)):
        return None  # initials and codes; "A B C D E"
    kind: ObfuscationKind = "spaced_letters" if way == "spaced" else "split_letters"
    # Headings in Han or Hangul are spaced out for looks.
    return _Finding(start, start + len(stretch), word, kind, sure=not (wide and way == "spaced"))


def _signed(plain: str, kinds: str) -> Iterator[_Finding]:
    """Find words with signs for letters or one between them: "c0ntract0rs", "k@sino", "u$d", "cas*ino"."""
    addresses: list[tuple[int, int]] | None = None
    for match in _SIGNED_WORD.finditer(kinds):
        start, end = match.span()
        token = plain[start:end].strip("!*_|~•·@")
        start += plain[start:end].index(token)
        end = start + len(token)
        finding = _guarded(token, start) or _leet(token, start, plain)
        if finding is None:
            continue
        if addresses is None:
            addresses = [address.span() for address in _ADDRESS.finditer(plain)]
        if not any(first < end and start < last for first, last in addresses):
            yield finding


def _guarded(token: str, start: int) -> _Finding | None:
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
            return _Finding(start, start + len(token), word, "split_letters" if parted else "leet", sure=True)
    return None


def _leet(token: str, start: int, plain: str) -> _Finding | None:
    """Read a token's signs as letters, or give None where they are more likely what they seem."""
    words = _words()
    marks = [i for i, c in enumerate(token) if not c.isalpha()]
    letters = len(token) - len(marks)
    parts = "".join(c if c.isalpha() else " " for c in token).split()
    if (
        token in words.genuine
        or letters < max(3, 2 * len(marks))
        or not (token[0].isalpha() and token[-1].isalpha())
        or any(token[i] not in _SIGNS for i in marks)
        or any(b - a == 1 and token[a : b + 1] != "00" for a, b in pairwise(marks))
        or not words.counted.isdisjoint(parts)
        or words.contact.search(plain[max(0, start - _CONTACT_REACH) : start])
    ):
        return None
    if set(map(token.__getitem__, marks)) == {"@"} and min(len(parts[0]), len(parts[-1])) > 2:
        return None  # "crew@tampines": at
    read = "".join("l" if c == "1" and _is_l(token, i) else _SIGNS.get(c, c) for i, c in enumerate(token))
    sure = len(marks) > 1 or (letters > 4 and any(_VOWELS.isdisjoint(part) for part in parts))
    return _Finding(start, start + len(token), read, "leet", sure)


def _is_l(token: str, i: int) -> bool:
    """Tell whether a "1" inside a word stands for l ("c1ick", "sa1ary") rather than i ("cl1ck")."""
    before, after = token[i - 1], token[i + 1]
    if after in _VOWELS:
        return before in _VOWELS or before in _BEFORE_L
    return before in _VOWELS and before not in "ao"


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of disguise.toml; `guarded` by skeleton, `contact` a pattern that ends where a contact begins."""

    guarded: dict[str, str]
    spelled: frozenset[str]
    counted: frozenset[str]
    genuine: frozenset[str]
    contact: Any


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("disguise.toml").read_text("utf-8"))


@cache
def _words() -> _Words:
    words = _tables()["words"]
    contact = "|".join(map(re2.escape, words["contact"]))
    return _Words(
        guarded={_skeleton(word): word for word in words["guarded"]},
        spelled=frozenset(words["spelled"]),
        counted=frozenset(words["counted"]),
        genuine=frozenset(words["genuine"]),
        contact=re2.compile(rf"(?:^|[^\p{{L}}])(?:{contact})(?: id)? ?[:=@] ?@?$"),
    )


def _skeleton(word: str) -> str:
    """Read every sign as the letter it resembles, and l as i, which "1" resembles as much."""
    return word.translate(_SKELETON)


_SIGNS: dict[str, str] = _tables()["signs"]
_SKELETON = str.maketrans(_SIGNS | {"!": "i", "l": "i", "£": "i"})
