"""The learned wording: n-grams with a weight each, chosen and fitted on the rows given and nothing else.

What may not be learned is excluded before anything is counted: places, nationalities, ethnic groups, persons and sexes
(`excluded_words.toml`), numbers and contacts. An n-gram is taken as it stands in the normalised text, so that the same
scan that serves finds it again.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from screener.facts.places import place_names
from screener.features import WordingPattern
from screener.scan import Boundary
from screener.text import fold

Candidate = tuple[str, Boundary]

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_UNSPACED = re.compile(r"[぀-ヿ㐀-鿿豈-﫿฀-๿຀-໿က-႟ក-៿]+")
_CONTACT = re.compile(r"\S*[@/]\S*|\S+\.(?:example|com|net|org)\S*")
EXCLUDED = Path(__file__).parent / "excluded_words.toml"
MIN_TEXTS = 3
MAX_PATTERNS = 6000
STRENGTH = 0.3
"""Inverse L2 strength of the wording fit: small, so that weights are heavily shrunk."""


@cache
def excluded() -> frozenset[str]:
    """Words no wording may hold: places, nationalities, ethnic groups, persons, sexes; folded."""
    tables = tomllib.loads(EXCLUDED.read_text(encoding="utf-8"))
    words = {word for table in tables.values() for entries in table.values() for word in entries}
    return frozenset(fold(word) for word in words | {name.phrase.strip("*") for name in place_names()})


def candidates(plain: str) -> frozenset[Candidate]:
    """The n-grams of a normalised text: words and pairs of neighbours; 2 to 4 characters where there are no spaces."""
    plain = _CONTACT.sub("\n", plain)
    found: set[Candidate] = set()
    previous: re.Match[str] | None = None
    for match in _WORD.finditer(_UNSPACED.sub("\n", plain)):
        word = match.group()
        if len(word) < 2 or word in excluded():
            previous = None
            continue
        found.add((word, "word"))
        if previous is not None and match.start() == previous.end() + 1 and match.string[previous.end()] == " ":
            found.add((f"{previous.group()} {word}", "word"))
        previous = match
    for run in _UNSPACED.finditer(plain):
        text = run.group()
        for size in (2, 3, 4):
            found.update((text[i : i + size], "substring") for i in range(len(text) - size + 1))
    return frozenset(c for c in found if c[1] == "word" or not _holds_excluded(c[0]))


@cache
def _unspaced_excluded() -> tuple[str, ...]:
    return tuple(sorted(word for word in excluded() if _UNSPACED.fullmatch(word) and len(word) >= 2))


@cache
def _holds_excluded(gram: str) -> bool:
    """Whether an n-gram holds, or is part of, an excluded word written without spaces."""
    return any(word in gram or (len(gram) >= 2 and gram in word) for word in _unspaced_excluded())


@dataclass(frozen=True, slots=True)
class Wording:
    """Chosen patterns and their weights."""

    patterns: tuple[Candidate, ...]
    lure: NDArray[np.float64]
    non_offer: NDArray[np.float64]

    def sums(self, texts: Sequence[frozenset[Candidate]], *, non_offer: bool = False) -> NDArray[np.float64]:
        """The wording value of each text, as `Row.wording_sum` gives it when served."""
        weights = self.non_offer if non_offer else self.lure
        values: NDArray[np.float64] = matrix(texts, self.patterns) @ weights
        return values

    def export(self) -> tuple[WordingPattern, ...]:
        """What the scan serves, rounded so that the same fit always writes the same file."""
        return tuple(
            WordingPattern(phrase, boundary, round(float(lure), 5), round(float(other), 5))
            for (phrase, boundary), lure, other in zip(self.patterns, self.lure, self.non_offer, strict=True)
        )


def matrix(texts: Sequence[frozenset[Candidate]], patterns: Sequence[Candidate]) -> csr_matrix:
    """Presence of each pattern in each text over the root of the number present; (texts, patterns)."""
    index = {pattern: number for number, pattern in enumerate(patterns)}
    rows, columns, values = [], [], []
    for number, text in enumerate(texts):
        present = sorted(index[c] for c in text if c in index)
        rows += [number] * len(present)
        columns += present
        values += [len(present) ** -0.5] * len(present) if present else []
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
    label = np.array(labels)
    offers = label != "non_offer"
    lure = _weights(matrix([t for t, o in zip(texts, offers, strict=True) if o], frequent), label[offers] == "lure", strength)
    other = _weights(matrix(texts, frequent), ~offers, strength)
    counts = Counter({c: len(seen[c]) for c in frequent})
    size = np.sqrt([counts[c] for c in frequent])
    keep = np.zeros(len(frequent), dtype=bool)
    for weights in (lure, other):
        keep[np.argsort(-np.abs(weights) * size, kind="stable")[: MAX_PATTERNS // 2]] = True
    chosen = [c for c, kept in zip(frequent, keep, strict=True) if kept]
    lure = _weights(matrix([t for t, o in zip(texts, offers, strict=True) if o], chosen), label[offers] == "lure", strength)
    other = _weights(matrix(texts, chosen), ~offers, strength)
    return Wording(tuple(chosen), lure, other)


def _weights(X: csr_matrix, y: NDArray[np.bool_], strength: float) -> NDArray[np.float64]:
    model = LogisticRegression(C=strength, class_weight="balanced", solver="liblinear", random_state=0)
    weights: NDArray[np.float64] = model.fit(X, y).coef_[0]
    return weights
