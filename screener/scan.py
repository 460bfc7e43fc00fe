"""One Aho-Corasick pass over every declared phrase, place name and learned wording of every language.

The scan knows nothing of what a phrase means. Each phrase carries targets, opaque to the scan, and a boundary rule; the
pass answers, for one view of a text, which targets stand where. Time is linear in the text: the automaton reads it
once, and what it may return is capped.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from ahocorasick_rs import AhoCorasick, Implementation

from screener.lines import Lines
from screener.pages import Pages, cut, standing_in
from screener.text import View, fold
from screener.text.blocks import Blocks

Boundary = Literal["word", "stem", "tail", "substring"]
"""Where a phrase may stand: as a whole word, at a word's start, at a word's end, or anywhere."""

MAX_MATCHES = 50_000
"""Matches read from one view; an ordinary ad has a few hundred."""

_SCANS_WITHOUT = 2
"""Scans, the two views of one ad, that do without the automaton of all phrases."""


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
    """Take the stars off a declared phrase: `recruit*` is a stem, `*visum` a word's end, `*bahn*` stands anywhere.

    Without stars, a phrase of a language written without spaces stands anywhere, but Latin letters at its edges must
    still be whole words: a scan takes every edge in an unspaced script for open.
    """
    left, right = phrase.startswith("*"), phrase.endswith("*")
    bare = phrase.strip("*").strip()
    whole: Boundary = "word" if boundary == "substring" else boundary
    if left and right:
        return bare, "substring"
    if right:
        return bare, "stem"
    if left:
        return bare, "tail"
    return bare, whole


_UNSPACED = Blocks(
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF)
)
"""Scripts written without spaces: a word of another script ends where they begin."""


class _WordCharacters(dict[str, bool]):
    """Whether a character belongs to a word, worked out when it is first met."""

    def __missing__(self, character: str) -> bool:
        is_part = character.isalnum() or unicodedata.category(character)[0] == "M"
        self[character] = result = is_part and character not in _UNSPACED
        return result


_WORD_CHARACTERS = _WordCharacters()


def is_word_character(character: str) -> bool:
    """Whether a character belongs to a word of a spaced script: a letter, digit or combining mark."""
    return _WORD_CHARACTERS[character]


def is_unspaced(character: str) -> bool:
    """Whether a character is of a script written without spaces between words."""
    return character in _UNSPACED


_LONGEST_REST = 24
"""Letters by which a match is drawn out to the word it stands in, at each end."""


def whole_words(plain: str, start: int, end: int) -> tuple[int, int]:
    """A match drawn out to the whole words it begins and ends in, so that a stem is quoted as the word it stands in."""
    first, last = max(0, start - _LONGEST_REST), min(len(plain), end + _LONGEST_REST)
    if is_word_character(plain[start]):
        while start > first and is_word_character(plain[start - 1]):
            start -= 1
    if is_word_character(plain[end - 1]):
        while end < last and is_word_character(plain[end]):
            end += 1
    return start, end


Use = int
"""One use of a phrase: four times the number of its target, plus 1 and 2 where it must begin and end a word."""
LEFT, RIGHT = 1, 2
Target = tuple[str, Any]
"""A room, and what the caller gets back for a match."""

_Rule = tuple[bool, bool, tuple[tuple[bool, bool, str, Any], ...]]
"""Whether every use of a phrase asks for a word's edge to the left, to the right, and the uses themselves."""


class _Search:
    """The automaton of some phrases, and how its matches are read."""

    def __init__(self, lines: Sequence[str], targets: Sequence[Target], implementation: Implementation) -> None:
        phrases = [line.partition("\t")[0] for line in lines]
        self.automaton = AhoCorasick(phrases, implementation=implementation, store_patterns=False)
        self.rules: list[_Rule | None] = [None] * len(lines)
        self._lines, self._targets = lines, targets

    def rule(self, number: int) -> _Rule:
        """How the matches of a phrase are read, worked out when it is first met."""
        phrase, _, listed = self._lines[number].partition("\t")
        uses = [int(use) for use in listed.split()]
        # A phrase that begins or ends with a symbol has no word boundary of its own there.
        edges = LEFT * is_word_character(phrase[0]) + RIGHT * is_word_character(phrase[-1])
        shared = edges
        for use in uses:
            shared &= use
        own = edges & ~shared
        rule = (
            bool(shared & LEFT),
            bool(shared & RIGHT),
            tuple((bool(use & own & LEFT), bool(use & own & RIGHT), *self._targets[use // 4]) for use in uses),
        )
        self.rules[number] = rule
        return rule


class Scanner:
    """The phrases of all languages. Not picklable, so each process builds its own.

    The automaton of all phrases takes a second to build. A process that reads one ad does without: an ad holds few of
    the phrases, and an automaton of these alone finds the same.
    """

    def __init__(self, phrases: Pages, targets: Sequence[Target]) -> None:
        """`phrases` are folded; of each is said how it is used, with spaces between."""
        self.phrases, self.targets = phrases, targets
        self._scans = 0

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Scanner:
        """The scanner of declared entries: folds them and brings equal phrases together."""
        by_phrase: dict[str, dict[int, list[Use]]] = {}
        numbers: dict[Target, int] = {}
        for entry in entries:
            folded = fold(entry.phrase)
            if not folded.strip():
                continue
            edges = LEFT * (entry.boundary in ("word", "stem")) + RIGHT * (entry.boundary in ("word", "tail"))
            use = 4 * numbers.setdefault((entry.room, entry.target), len(numbers)) + edges
            uses = by_phrase.setdefault(folded, {}).setdefault(edges, [])
            if use not in uses:
                uses.append(use)
        lines = {
            phrase: " ".join(str(use) for uses in by_edges.values() for use in uses)
            for phrase, by_edges in by_phrase.items()
        }
        return cls(cut(lines), list(numbers))

    def bare(self, plain: str) -> int:
        """Count raw matches without reading them: the yardstick of the benchmark."""
        return len(self._whole.automaton.find_matches_as_indexes(plain, overlapping=True))

    def scan(self, view: View) -> Matches:
        """Everything found in one view, by room. At most `MAX_MATCHES` raw matches are read."""
        # With a line's edge at both ends, the neighbours of plain[start:end] are padded[start] and padded[end + 1].
        padded = f"\n{view.plain}\n"
        found: defaultdict[str, list[Match]] = defaultdict(list)
        search, is_word = self._search(view.plain), _WORD_CHARACTERS
        rules = search.rules
        matches = search.automaton.find_matches_as_indexes(view.plain, overlapping=True)
        for index, start, end in matches[:MAX_MATCHES]:
            left, right, uses = rules[index] or search.rule(index)
            if (left and is_word[padded[start]]) or (right and is_word[padded[end + 1]]):
                continue
            for needs_left, needs_right, room, target in uses:
                if (needs_left and is_word[padded[start]]) or (needs_right and is_word[padded[end + 1]]):
                    continue
                found[room].append((target, start, end))
        return dict(found)

    def _search(self, plain: str) -> _Search:
        """The search of all phrases, or of those alone that stand in a text."""
        self._scans += 1
        if self._scans > _SCANS_WITHOUT:
            return self._whole
        return _Search(standing_in(plain, self.phrases), self.targets, Implementation.NoncontiguousNFA)

    def prepare(self) -> None:
        """Build the automaton of all phrases now, so that no scan has to wait for it."""
        self._scans = max(self._scans, _SCANS_WITHOUT)
        _ = self._whole

    @cached_property
    def _whole(self) -> _Search:
        return _Search(Lines(self.phrases), self.targets, Implementation.ContiguousNFA)
