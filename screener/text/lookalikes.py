"""Undo letters of another script that stand in for letters that look the same.

A genuine Russian, Kazakh or Greek word is left alone: a letter is replaced only inside a word that mixes scripts, or
in a whole word of look-alikes between Latin words.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

import re2

from screener.declared import PACKAGE, declared
from screener.text.shape import WORD, shape
from screener.text.view import Edit, View, edited

_WORD = re2.compile(f"[{WORD}]+")
_INNER = f"[{WORD}zjhdvi]*"
_MIXED = re2.compile(f"{_INNER}(?:a[mlzjhdvi]*f|f[mlzjhdvi]*a){_INNER}")
_SHORTEST_WHOLE_WORD = 2


class _Alphabet(NamedTuple):
    """Which letters look alike, each a table for `str.translate`."""

    to_latin: dict[int, str]
    twins: frozenset[str]
    exact: frozenset[str]
    to_cyrillic: dict[int, str]


def without_lookalikes(view: View, letters: AbstractSet[str]) -> View:
    """Replace look-alike letters by those they stand for.

    Args:
        view: any view; capitals help, since some letters look alike in one case only.
        letters: the different characters of `view`.

    Returns:
        The same view where there is nothing to replace, else one of equal length.
    """
    return edited(view, find_lookalikes(view.plain, letters))


def find_lookalikes(plain: str, letters: AbstractSet[str]) -> list[Edit]:
    """Find the words with look-alike letters and give each as an edit of equal length, in order."""
    alphabet = _alphabet()
    if letters.isdisjoint(alphabet.twins) or "a" not in shape("".join(letters)):
        return []
    kinds = shape(plain)
    edits = []
    for match in _MIXED.finditer(kinds):
        start, end = match.span()
        word = plain[start:end]
        read = _unmixed(word, kinds[start:end], alphabet)
        if read != word:
            edits.append((start, end, read))
    return sorted(edits + _whole_words(plain, kinds, letters, alphabet))


def _unmixed(word: str, kinds: str, alphabet: _Alphabet) -> str:
    """Write a word that mixes scripts in one of them, or leave it where neither can hold all its letters."""
    latin = {c for c, kind in zip(word, kinds, strict=True) if kind == "a"}
    foreign = {c for c, kind in zip(word, kinds, strict=True) if kind == "f"}
    own_latin = not alphabet.to_cyrillic.keys() >= set(map(ord, latin))
    if alphabet.twins >= foreign and (own_latin or alphabet.exact >= foreign):
        return word.translate(alphabet.to_latin)
    return word if own_latin else word.translate(alphabet.to_cyrillic)


def _whole_words(plain: str, kinds: str, letters: AbstractSet[str], alphabet: _Alphabet) -> list[Edit]:
    """Find words made of look-alikes only, in lines that are otherwise Latin."""
    suspects = letters & alphabet.exact
    genuine = {c for c in letters - suspects if shape(c) == "f"}
    edits: list[Edit] = []
    start = 0
    for line in plain.split("\n"):
        end = start + len(line)
        if not suspects.isdisjoint(line) and genuine.isdisjoint(line) and "a" in kinds[start:end]:
            for match in _WORD.finditer(kinds[start:end]):
                first, last = start + match.start(), start + match.end()
                word = plain[first:last]
                if last - first >= _SHORTEST_WHOLE_WORD and alphabet.exact.issuperset(word):
                    edits.append((first, last, word.translate(alphabet.to_latin)))
        start = end + 1
    return edits


@cache
def _alphabet() -> _Alphabet:
    tables = declared(PACKAGE / "text" / "confusables.toml")
    exact = {twin: latin for latin, twins in tables["exact"].items() for twin in twins}
    loose = {twin: latin for latin, twins in tables["loose"].items() for twin in twins}
    to_cyrillic = {latin: twin for twin, latin in exact.items() if "\u0400" <= twin <= "\u04ff"}
    return _Alphabet(
        to_latin={ord(twin): latin for twin, latin in (loose | exact).items()},
        twins=frozenset(loose | exact),
        exact=frozenset(exact),
        to_cyrillic={ord(latin): twin for latin, twin in to_cyrillic.items()},
    )
