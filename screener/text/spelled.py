"""Find words whose letters are spaced out, parted by signs, or cut off one by one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import re2

from screener.records import ObfuscationKind
from screener.text.finding import VOWELS, Finding, addresses, disguise_tables, overlaps
from screener.text.shape import LETTERS, WORD
from screener.text.view import View

# The patterns read the shape of the text (see shape.py), not the text.
_UNIT = f"[{LETTERS}][ml]*"
_BEFORE, _AFTER = f"(?:^|[^{WORD}09])", f"(?:[^{WORD}09]|$)"
_SPACED = re2.compile(f"{_BEFORE}({_UNIT}(?: {_UNIT})+){_AFTER}")
_PARTED = re2.compile(rf"{_BEFORE}({_UNIT}(?:(?:\*+|[./]){_UNIT})+){_AFTER}")
_CHUNKED = re2.compile(rf"{_BEFORE}((?:{_UNIT}){{1,2}}(?:\*+(?:{_UNIT}){{1,2}})+){_AFTER}")
_CUT = re2.compile(rf"{_BEFORE}(am*\.(?:am*){{2,}}|[{WORD}]+(?:\*[{WORD}]+)+){_AFTER}")
_SEPARATORS = re2.compile(r"\*+|[ ./]")
_WAYS: tuple[tuple[str, Any], ...] = (("spaced", _SPACED), ("parted", _PARTED), ("chunked", _CHUNKED))
_FEWEST_LETTERS = {"spaced": 5, "parted": 5, "chunked": 4}
_FEWEST_CUT = 3
_JOINTS = frozenset("-'\\")
_LONGER_THAN_HEADINGS = 8


def find_spelled(view: View, kinds: str, received: str) -> Iterator[Finding]:
    """Find words spelled letter by letter: "t e l e g r a m", "c.a.s.i.n.o", "k🔥a🔥s🔥i", "c*as*ino".

    Args:
        view: a folded view.
        kinds: its shape.
        received: the text it was read from.

    Yields:
        What was found by each way of spelling, `sure` where it is no heading.
    """
    searched = kinds.encode()
    for way, pattern in _WAYS:
        end = 0
        while match := pattern.search(searched, end):
            first, end = match.span(1)
            for start, stop in _stretches(view, first, end):
                finding = _spelled_word(view.plain[start:stop], kinds[start:stop], start, way)
                if finding is not None and not (way == "spaced" and _is_mixed(finding.original(view, received))):
                    yield finding


def _stretches(view: View, first: int, last: int) -> list[tuple[int, int]]:
    """Cut spaced letters where the received text has a wider gap: "t e l e   a d m i n" are two words."""
    if view.starts is None or view.ends is None:
        return [(first, last)]
    cuts = [i for i in range(first, last) if view.plain[i] == " " and view.ends[i] - view.starts[i] > 1]
    edges = [first, *(edge for cut in cuts for edge in (cut, cut + 1)), last]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _spelled_word(stretch: str, kinds: str, start: int, way: str) -> Finding | None:
    """Judge one stretch of letters with something between them."""
    word = _letters(stretch, kinds)
    units = [c for c, kind in zip(stretch, kinds, strict=True) if kind in LETTERS]
    wide = "w" in kinds
    fewest = _FEWEST_LETTERS[way] - (wide or "u" in kinds)
    if len(units) < fewest and not (word in _believed_words() and len(units) > 2):
        return None
    chunks = [sum(map(chunk.count, LETTERS)) for chunk in _SEPARATORS.split(kinds)]
    if len(chunks) < 3 or min(chunks) > 1 or (wide and (max(chunks) > 1 or "/" in kinds)):
        return None  # one sign between two words, or a list: "kl|jb|sg", "吃/住/行/玩"
    if "a" in kinds and (VOWELS.isdisjoint(word) or (units == sorted(units) and word not in _believed_words())):
        return None  # initials and codes; "A B C D E"
    kind: ObfuscationKind = "spaced_letters" if way == "spaced" else "split_letters"
    # Headings in Han or Hangul are spaced out for looks.
    sure = not (wide and way == "spaced") or len(units) >= _LONGER_THAN_HEADINGS
    return Finding(start, start + len(stretch), word, kind, sure)


def _is_mixed(original: str) -> bool:
    """Tell capitals in the middle of small letters, or the reverse ("L a J y V": Monday to Thursday and Friday)."""
    cased = "".join(filter(str.isalpha, original))
    return not (cased[1:].islower() or cased[1:].isupper() or cased[1:].lower() == cased[1:].upper())


def find_cut(view: View, kinds: str, received: str) -> Iterator[Finding]:
    """Find words with a letter cut off, where a text has several: "t.uyển n.gười", "柬·埔·寨 发·财".

    Args:
        view: a folded view.
        kinds: its shape.
        received: the text it was read from.

    Yields:
        All of them in order, or nothing where there are fewer than three.
    """
    findings = []
    searched = kinds.encode()
    end = 0
    while match := _CUT.search(searched, end):
        start, end = match.span(1)
        parts = kinds[start:end]
        chunks = parts.replace("*", ".").split(".")
        word = _letters(view.plain[start:end], parts)
        finding = Finding(start, end, word, "split_letters", sure=True)
        is_name = "." in parts and not finding.original(view, received)[2:].islower()
        if min(map(len, chunks)) == 1 and not is_name and _JOINTS.isdisjoint(view.plain[start:end]):
            findings.append(finding)
    if len(findings) >= _FEWEST_CUT:
        ranges = addresses(view.plain)
        yield from (finding for finding in findings if not overlaps(ranges, finding.start, finding.end))


def _letters(stretch: str, kinds: str) -> str:
    return "".join(c for c, kind in zip(stretch, kinds, strict=True) if kind in WORD)


@cache
def _believed_words() -> frozenset[str]:
    return frozenset(disguise_tables()["words"]["spelled"])
