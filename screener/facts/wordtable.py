"""A set of words that is asked for the longest one that starts, or ends, at a place of a text; linear time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_PARTICLES = frozenset((
    "و", "ف", "ب", "ل", "ك", "ع", "ال", "لل", "عال", "هال", "وال", "فال", "بال", "كال", "ولل", "فلل", "وب",
    "ول", "وبال", "فب", "فل",
))  # fmt: skip
"""What Arabic writes in front of a word without a space: and, in, for, the."""


class WordTable:
    """Words of any scripts. In scripts that put spaces between words a word must stand free, unless it is a stem."""

    __slots__ = ("_by_first", "_by_last", "_stems", "_words")

    def __init__(self, words: Iterable[str], stems: Iterable[str] = ()) -> None:
        self._words = frozenset(words)
        self._stems = frozenset(stems)
        self._by_first = _lengths(self._words, 0)
        self._by_last = _lengths(self._words, -1)

    def at(self, text: str, start: int) -> tuple[str, int] | None:
        """The longest word that starts at `start` and the place where it, with a stem's ending, ends."""
        for length in self._by_first.get(text[start : start + 1], ()):
            end = start + length
            word = text[start:end]
            if end > len(text) or word not in self._words:
                continue
            if runs_on(text, end):
                if word not in self._stems:
                    continue
                while runs_on(text, end):
                    end += 1
            return word, end
        return None

    def before(self, text: str, end: int) -> tuple[str, int] | None:
        """The longest word that ends at `end`, and the place where it starts."""
        for length in self._by_last.get(text[end - 1 : end], ()):
            start = end - length
            if start < 0:
                continue
            word = text[start:end]
            if word in self._words and not starts_inside(text, start):
                return word, start
        return None


def _lengths(words: Iterable[str], place: int) -> dict[str, tuple[int, ...]]:
    """The lengths of the words by their letter at a place, longest first."""
    lengths: dict[str, tuple[int, ...]] = {}
    for letter, length in sorted({(word[place], len(word)) for word in words}, reverse=True):
        lengths[letter] = (*lengths.get(letter, ()), length)
    return lengths


def is_spaced_letter(character: str) -> bool:
    """Whether it is a letter of a script that puts spaces between words and attaches no particles in front."""
    return character.isalpha() and (
        character < "\u0600" or "\u0900" <= character < "\u0e00" or "\u1e00" <= character < "\u2000"
    )


def is_arabic_letter(character: str) -> bool:
    """Whether it is a letter of the Arabic script, which puts spaces between words but attaches particles in front."""
    return "\u0620" <= character < "\u0700" and character.isalpha()


def is_single_letter(word: str) -> bool:
    """Whether a word is one letter of a spaced script, too weak to stand away from its number."""
    return len(word) == 1 and (is_spaced_letter(word) or is_arabic_letter(word))


def runs_on(text: str, end: int) -> bool:
    """Whether a word does not end at `end` but goes on, in a script that puts spaces between words."""
    if not 0 < end < len(text):
        return False
    last, following = text[end - 1], text[end]
    if is_spaced_letter(last):
        return is_spaced_letter(following)
    return is_arabic_letter(last) and is_arabic_letter(following)


def starts_inside(text: str, start: int) -> bool:
    """Whether a word has begun before `start`; Arabic particles in front of it are words of their own."""
    if start and is_spaced_letter(text[start]) and unicodedata.category(text[start - 1])[0] == "M":
        return True
    if not runs_on(text, start):
        return False
    if is_spaced_letter(text[start]):
        return True
    head = start
    while head and start - head < 4 and is_arabic_letter(text[head - 1]):
        head -= 1
    return text[head:start] not in _PARTICLES
