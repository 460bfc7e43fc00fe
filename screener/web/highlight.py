"""The ad cut into pieces, so that overlapping evidence shows without nested or broken tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Tone = Literal["raises", "lowers", "context"]

# Every piece lists the marks that cover it. Nested marks would make that quadratic; an ad shows far fewer than this.
MAX_MARKS = 300


@dataclass(frozen=True, slots=True)
class Mark:
    """Evidence to show: a span of the text, the number of its contribution, and what it does to the score."""

    start: int
    end: int
    number: int
    tone: Tone
    title: str
    gloss: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text under the same marks. `ending` are the marks whose last piece this is, by number."""

    text: str
    covering: tuple[Mark, ...] = ()
    ending: tuple[Mark, ...] = ()

    @property
    def tone(self) -> str:
        """The style: a tone, `mixed` where marks disagree, empty for plain text."""
        tones = {mark.tone for mark in self.covering}
        if {"raises", "lowers"} <= tones:
            return "mixed"
        return next((tone for tone in ("raises", "lowers", "context") if tone in tones), "")

    @property
    def hint(self) -> str:
        """Titles and glosses of the marks, for a reader who points at the words."""
        entries = (
            f"{mark.number}. {mark.title}" + (f" = “{mark.gloss}”" if mark.gloss else "") for mark in self.covering
        )
        return "\n".join(dict.fromkeys(entries))


def cut(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The text in pieces, in order; joined they are the text. Spans outside of it are clipped, empty ones dropped."""
    kept: list[Mark] = []
    for mark in marks:
        if max(mark.start, 0) < min(mark.end, len(text)):
            kept.append(mark)
        if len(kept) == MAX_MARKS:
            break
    starting: dict[int, list[Mark]] = defaultdict(list)
    stopping: dict[int, list[Mark]] = defaultdict(list)
    for mark in kept:
        starting[max(mark.start, 0)].append(mark)
        stopping[min(mark.end, len(text))].append(mark)
    edges = sorted({0, len(text), *starting, *stopping})
    covering: list[Mark] = []
    pieces: list[Piece] = []
    for left, right in pairwise(edges):
        covering = [mark for mark in covering if min(mark.end, len(text)) > left] + starting[left]
        ending = sorted(stopping[right], key=lambda mark: mark.number)
        ordered = sorted(covering, key=lambda mark: mark.number)
        pieces.append(Piece(text[left:right], tuple(ordered), _once(ending)))
    return tuple(pieces)


def _once(marks: list[Mark]) -> tuple[Mark, ...]:
    """Marks without repeats of the same number and gloss, so that a number shows once at an end."""
    return tuple({(mark.number, mark.gloss): mark for mark in marks}.values())
