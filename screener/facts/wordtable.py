"""A set of words that is asked for the longest one that starts, or ends, at a place of a text; linear time."""

from __future__ import annotations

from collections.abc import Iterable


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
            if is_spaced_letter(word[-1]) and end < len(text) and is_spaced_letter(text[end]):
                if word not in self._stems:
                    continue
                while end < len(text) and is_spaced_letter(text[end]):
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
            if word in self._words and not (start and is_spaced_letter(word[0]) and is_spaced_letter(text[start - 1])):
                return word, start
        return None


def _lengths(words: Iterable[str], place: int) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[place], set()).add(len(word))
    return {letter: tuple(sorted(each, reverse=True)) for letter, each in lengths.items()}


def is_spaced_letter(character: str) -> bool:
    """Whether it is a letter of a script that puts spaces between words and attaches no particles in front."""
    return character.isalpha() and (
        character < "\u0600" or "\u0900" <= character < "\u0e00" or "\u1e00" <= character < "\u2000"
    )
