"""The learned wording: n-grams with a weight each, chosen and fitted on the rows given and nothing else.

Places, nationalities, ethnic groups, persons and sexes are blanked before anything is counted
(`screener.features.learnable`), and numbers are no n-grams. An n-gram is taken as it stands in the normalised text, so
that the same scan that serves finds it again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from screener.features import WordingPattern
from screener.scan import Boundary, is_word_character

Candidate = tuple[str, Boundary]

_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿豈-﫿฀-๿຀-໿က-႟ក-៿]+")
STEMS = (4, 5, 6)
"""Lengths of the beginnings of words that count: what inflected forms share."""
SIZES = (1, 2, 3)
"""Lengths of n-grams where there are no spaces."""
MIN_TEXTS = 3
MAX_PATTERNS = 24_000
STRENGTH = 3.0
"""Inverse L2 strength of the fit, on rows of norm 1; what counts is shrunk again by the weight of the channel."""


def candidates(left: str) -> frozenset[Candidate]:
    """The n-grams of what may be learned of a text, by the edges the scan goes by.

    Words, their beginnings and pairs of neighbours; characters where there are no spaces.
    """
    found: set[Candidate] = set()
    previous, end = "", -1
    for start, word in _words(left):
        found.update((word[:size], "stem") for size in STEMS if len(word) >= size and _is_letters(word[:size]))
        is_gram = len(word) >= 2 and _is_letters(word)
        if is_gram:
            found.add((word, "word"))
            if previous and start == end + 1 and left[end] == " ":
                found.add((f"{previous} {word}", "word"))
        previous, end = word if is_gram else "", start + len(word)
    for run in _UNSPACED.finditer(left):
        text = run.group()
        for size in SIZES:
            found.update((text[i : i + size], "substring") for i in range(len(text) - size + 1))
    return frozenset(found)


def _words(left: str) -> Iterator[tuple[int, str]]:
    """Runs of word characters as the scan takes them, with their starts."""
    start = 0
    for is_word, characters in groupby(left, is_word_character):
        run = "".join(characters)
        if is_word:
            yield start, run
        start += len(run)


def _is_letters(text: str) -> bool:
    return not any(character.isnumeric() for character in text)


@dataclass(frozen=True, slots=True)
class Wording:
    """Chosen patterns and their weights."""

    patterns: tuple[Candidate, ...]
    idf: NDArray[np.float64]
    lure: NDArray[np.float64]
    non_offer: NDArray[np.float64]

    def sums(self, texts: Sequence[frozenset[Candidate]], *, non_offer: bool = False) -> NDArray[np.float64]:
        """The wording value of each text, as `Row.wording_sum` gives it when served."""
        weights = self.non_offer if non_offer else self.lure
        values: NDArray[np.float64] = matrix(texts, self.patterns, self.idf) @ weights
        return values

    def export(self) -> tuple[WordingPattern, ...]:
        """What the scan serves, rounded so that the same fit always writes the same file."""
        return tuple(
            WordingPattern(phrase, boundary, *(round(float(number), 4) for number in numbers))
            for (phrase, boundary), *numbers in zip(self.patterns, self.idf, self.lure, self.non_offer, strict=True)
        )


def matrix(
    texts: Sequence[frozenset[Candidate]], patterns: Sequence[Candidate], idf: NDArray[np.float64]
) -> csr_matrix:
    """The idf of each pattern present in each text, rows of norm 1; (texts, patterns)."""
    index = {pattern: number for number, pattern in enumerate(patterns)}
    rows, columns, values = [], [], []
    for number, text in enumerate(texts):
        present = sorted(index[c] for c in text if c in index)
        weights = idf[present]
        rows += [number] * len(present)
        columns += present
        values += list(weights / np.linalg.norm(weights)) if present else []
    return csr_matrix((values, (rows, columns)), shape=(len(texts), len(patterns)))


def fit_wording(
    texts: Sequence[frozenset[Candidate]], labels: Sequence[str], group: Iterable[int], strength: float = STRENGTH
) -> Wording:
    """Chooses and fits patterns on these texts. `group` marks near-duplicates: an n-gram must stand in several."""
    seen: dict[Candidate, set[int]] = defaultdict(set)
    for text, number in zip(texts, group, strict=True):
        for candidate in text:
            seen[candidate].add(int(number))
    frequent = sorted(c for c, numbers in seen.items() if len(numbers) >= MIN_TEXTS)
    spread = np.array([len(seen[c]) for c in frequent], dtype=np.float64)
    idf = np.log(len({n for numbers in seen.values() for n in numbers}) / spread) + 1
    label = np.array(labels)
    weights = _fit_both(texts, label, frequent, idf, strength)
    keep = np.zeros(len(frequent), dtype=bool)
    for side, share in zip(weights, (3, 1), strict=True):
        keep[np.argsort(-np.abs(side * idf) * np.sqrt(spread), kind="stable")[: MAX_PATTERNS * share // 4]] = True
    chosen = [c for c, kept in zip(frequent, keep, strict=True) if kept]
    return Wording(tuple(chosen), idf[keep], *_fit_both(texts, label, chosen, idf[keep], strength))


def _fit_both(
    texts: Sequence[frozenset[Candidate]],
    label: NDArray[np.str_],
    patterns: Sequence[Candidate],
    idf: NDArray[np.float64],
    strength: float,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights toward a lure (against genuine ads) and toward no offer (against offers)."""
    offers = label != "non_offer"
    X = matrix(texts, patterns, idf)
    return _weights(X[offers], label[offers] == "lure", strength), _weights(X, ~offers, strength)


def _weights(X: csr_matrix, y: NDArray[np.bool_], strength: float) -> NDArray[np.float64]:
    if y.all() or not y.any():
        return np.zeros(X.shape[1])
    model = LogisticRegression(C=strength, class_weight="balanced", solver="liblinear", random_state=0)
    weights: NDArray[np.float64] = model.fit(X, y).coef_[0]
    return weights
