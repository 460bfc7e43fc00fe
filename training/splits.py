"""Groups of rows that must not be parted by a split: pairs and near-duplicates."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from training.datasets import CorpusRow

Indices = NDArray[np.intp]

FOLDS = 5
_SHINGLE = 6
_WORDS = 4
_LEAST = 3
"""Fewer word 4-grams than this say nothing."""
_SHARED = 0.5
_COMMON = 200
"""A shingle in more rows than this says nothing of two of them."""


def shingles(text: str) -> frozenset[str]:
    """Character 6-grams of a text, case and white space folded."""
    folded = " ".join(text.casefold().split())
    return frozenset(folded[i : i + _SHINGLE] for i in range(max(1, len(folded) - _SHINGLE + 1)))


def word_shingles(text: str) -> frozenset[str]:
    """Word 4-grams of a text, case folded; none where it has too few to tell anything."""
    words = re.findall(r"\w+", text.casefold())
    grams = frozenset(" ".join(words[i : i + _WORDS]) for i in range(len(words) - _WORDS + 1))
    return grams if len(grams) >= _LEAST else frozenset()


def near_duplicates(
    texts: Sequence[str], shared: float = _SHARED, pieces: Callable[[str], frozenset[str]] = shingles
) -> Iterator[tuple[int, int]]:
    """Pairs of rows of which the smaller shares more than half of its shingles with the other."""
    sets = [pieces(text) for text in texts]
    where: dict[str, list[int]] = defaultdict(list)
    for number, grams in enumerate(sets):
        common: dict[int, int] = defaultdict(int)
        for gram in grams:
            rows = where[gram]
            if len(rows) < _COMMON:
                for other in rows:
                    common[other] += 1
                rows.append(number)
        for other, count in common.items():
            if count > shared * min(len(grams), len(sets[other])):
                yield other, number


def groups(rows: Sequence[CorpusRow]) -> NDArray[np.intp]:
    """A group number for each row: the same for the rows of a pair and for near-duplicates."""
    parent = list(range(len(rows)))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    first: dict[str, int] = {}
    for number, row in enumerate(rows):
        if row.pair is not None:
            parent[root(number)] = root(first.setdefault(row.pair, number))
    for one, other in near_duplicates([row.text for row in rows]):
        parent[root(one)] = root(other)
    return np.array([root(number) for number in range(len(rows))], dtype=np.intp)


def folds(languages: Sequence[str], group: NDArray[np.intp]) -> list[tuple[Indices, Indices]]:
    """Train and test indices of each fold: each language's groups cut into contiguous pieces, in the order written.

    Texts written one after another resemble each other in style and subject. Cutting between them, not among them,
    makes the part left out as new as the corpus allows. No group stands on both sides.
    """
    fold_of: dict[int, int] = {}
    for language in sorted(set(languages)):
        order = list(dict.fromkeys(int(g) for lang, g in zip(languages, group, strict=True) if lang == language))
        new = [g for g in order if g not in fold_of]
        fold_of |= {g: place * FOLDS // len(new) for place, g in enumerate(new)}
    fold = np.array([fold_of[int(g)] for g in group])
    return [(np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(FOLDS)]
