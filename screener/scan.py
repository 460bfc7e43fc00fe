"""One Aho-Corasick pass over every declared phrase, place name and learned wording of every language.

The scan knows nothing of what a phrase means. Each phrase carries targets, opaque to the scan, and a boundary rule; the
pass answers, for one view of a text, which targets stand where. Time is linear in the text: the automaton reads it
once, and what it may return is capped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from ahocorasick_rs import AhoCorasick, Implementation

from screener.text import View, fold

Boundary = Literal["word", "stem", "tail", "substring"]
"""Where a phrase may stand: as a whole word, at a word's start, at a word's end, or anywhere."""

MAX_MATCHES = 50_000
"""Matches read from one view; an ordinary ad has a few hundred."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase to look for. `room` groups the matches of one kind, `target` is what the caller gets back."""

    phrase: str
    boundary: Boundary
    room: str
    target: Hashable


Match = tuple[Any, int, int]
"""A target found, with its start and end in the view's plain text. A tuple, for there are hundreds in an ad."""

Matches = dict[str, list[Match]]
"""Matches by room, in the order the text is read."""


def marked(phrase: str, boundary: Boundary) -> tuple[str, Boundary]:
    """Take the stars off a declared phrase: `recruit*` is a stem, `*visum` a word's end, `*bahn*` stands anywhere."""
    left, right = phrase.startswith("*"), phrase.endswith("*")
    bare = phrase.strip("*").strip()
    if left and right:
        return bare, "substring"
    if right:
        return bare, "stem" if boundary != "substring" else "substring"
    if left:
        return bare, "tail"
    return bare, boundary


_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts written without spaces: a word of another script ends where they begin."""


@cache
def is_word_character(character: str) -> bool:
    """Whether a character belongs to a word of a spaced script: a letter, digit or combining mark."""
    if character <= "\x7f":
        return character.isalnum()
    is_part = character.isalnum() or unicodedata.category(character)[0] == "M"
    return is_part and not _UNSPACED.match(character)


Edges = tuple[bool, bool]
"""Whether a match must begin, and must end, at a word's edge."""
Use = tuple[bool, bool, tuple[tuple[str, Any], ...]]
"""What a phrase is looked for: its edges, and the room and target of each who asked."""


class Scanner:
    """The compiled phrases. Not picklable, so each process builds its own: some 70 ms for 30,000 folded phrases."""

    def __init__(self, phrases: Sequence[str], uses: Sequence[Sequence[Use]]) -> None:
        """`phrases` are folded and differ from each other; `uses` has an entry for each of them."""
        self.phrases, self.uses = phrases, uses
        # A phrase that begins or ends with a symbol has no word boundary of its own there.
        self._open = [(not is_word_character(phrase[0]), not is_word_character(phrase[-1])) for phrase in phrases]
        self._automaton = AhoCorasick(phrases, implementation=Implementation.ContiguousNFA, store_patterns=False)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Scanner:
        """The scanner of declared entries: folds them and brings equal phrases together."""
        by_phrase: dict[str, dict[Edges, list[tuple[str, Any]]]] = {}
        for entry in entries:
            folded = fold(entry.phrase)
            if not folded.strip():
                continue
            edges = (entry.boundary in ("word", "stem"), entry.boundary in ("word", "tail"))
            targets = by_phrase.setdefault(folded, {}).setdefault(edges, [])
            if (entry.room, entry.target) not in targets:
                targets.append((entry.room, entry.target))
        uses = [[(*edges, tuple(targets)) for edges, targets in uses.items()] for uses in by_phrase.values()]
        return cls(list(by_phrase), uses)

    def bare(self, plain: str) -> int:
        """Count raw matches without reading them: the yardstick of the benchmark."""
        return len(self._automaton.find_matches_as_indexes(plain, overlapping=True))

    def scan(self, view: View) -> Matches:
        """Everything found in one view, by room. At most `MAX_MATCHES` raw matches are read."""
        plain = view.plain
        found: Matches = {}
        last = len(plain)
        uses, is_open = self.uses, self._open
        for index, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True)[:MAX_MATCHES]:
            open_left, open_right = is_open[index]
            free_left = free_right = None
            for left, right, targets in uses[index]:
                if left:
                    if free_left is None:
                        free_left = open_left or start == 0 or not is_word_character(plain[start - 1])
                    if not free_left:
                        continue
                if right:
                    if free_right is None:
                        free_right = open_right or end == last or not is_word_character(plain[end])
                    if not free_right:
                        continue
                for room, target in targets:
                    found.setdefault(room, []).append((target, start, end))
        return found
