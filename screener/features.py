"""From indicators found and wording matched to the row the classifier reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import NamedTuple

from screener.indicators.catalog import Catalog
from screener.indicators.hits import Found
from screener.lines import Column
from screener.scan import Boundary, Entry, Matches
from screener.text import Text

LEARNED_WORDING = "learned_wording"
"""The name of the wording feature among the indicators."""


@dataclass(frozen=True, slots=True)
class WordingPattern:
    """A learned wording, how telling it is (inverse document frequency) and its weights toward a lure and no offer."""

    phrase: str
    boundary: Boundary
    idf: float
    lure: float
    non_offer: float


@dataclass(frozen=True, slots=True)
class Patterns(Column[WordingPattern]):
    """The learned wording in columns of equal length: an ad meets a few hundred patterns of many, only these are made.

    `boundaries` has the first letter of each pattern's boundary rule.
    """

    phrases: Sequence[str] = ()
    boundaries: str = ""
    idf: Sequence[float] = ()
    lure: Sequence[float] = ()
    non_offer: Sequence[float] = ()
    _made: dict[int, WordingPattern] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, patterns: Sequence[WordingPattern]) -> Patterns:
        """The columns of patterns."""
        return cls(
            [p.phrase for p in patterns],
            "".join(_LETTERS[p.boundary] for p in patterns),
            [p.idf for p in patterns],
            [p.lure for p in patterns],
            [p.non_offer for p in patterns],
        )

    def __len__(self) -> int:
        return len(self.phrases)

    def at(self, number: int) -> WordingPattern:
        """The pattern of this number."""
        if number not in self._made:
            boundary = _BOUNDARIES[self.boundaries[number]]
            self._made[number] = WordingPattern(
                self.phrases[number], boundary, self.idf[number], self.lure[number], self.non_offer[number]
            )
        return self._made[number]


_LETTERS: Mapping[Boundary, str] = {"word": "w", "stem": "s", "substring": "u"}
_BOUNDARIES = {letter: boundary for boundary, letter in _LETTERS.items()}


class WordingHit(NamedTuple):
    """A learned wording met in a text, where it first stands (received offsets). A tuple, for an ad has hundreds."""

    pattern: WordingPattern
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """What the classifier reads: indicators found (1.0 each) and the wording matched."""

    found: Found
    values: Mapping[str, float]
    wording: tuple[WordingHit, ...]

    def wording_sum(self, *, non_offer: bool = False) -> float:
        """Weights of the wording met, each by its idf, over the norm of these: length alone moves nothing."""
        if not self.wording:
            return 0.0
        patterns = [hit.pattern for hit in self.wording]
        if non_offer:
            total = sum([pattern.idf * pattern.non_offer for pattern in patterns])
        else:
            total = sum([pattern.idf * pattern.lure for pattern in patterns])
        return total / sqrt(sum([pattern.idf**2 for pattern in patterns]))


def wording_entries(patterns: Iterable[WordingPattern]) -> Iterable[Entry]:
    """What the scan has to look for; room `wording`, the pattern's number as target."""
    return (Entry(pattern.phrase, pattern.boundary, "wording", number) for number, pattern in enumerate(patterns))


def feature_names(catalog: Catalog) -> tuple[str, ...]:
    """Names of the row's values in their fixed order: the scored indicators, then the learned wording."""
    return (*(d.id for d in catalog if d.scored and d.direction != "gate"), LEARNED_WORDING)


def build_row(
    catalog: Catalog, patterns: Sequence[WordingPattern], text: Text, matches: Sequence[Matches], found: Found
) -> Row:
    """The feature row of one text."""
    wording = _wording(patterns, text, matches)
    values = {name: 1.0 for name in found if catalog[name].scored and catalog[name].direction != "gate"}
    row = Row(found, values, wording)
    return Row(found, values | {LEARNED_WORDING: row.wording_sum()}, wording)


def learnable(plain: str, rooms: Matches) -> str:
    """The normalised text, every word for a person or place blanked and offsets kept: what wording is learned of."""
    spans = [
        (s, e) for room in ("person", "place") for target, s, e in rooms.get(room, ()) if target or room == "person"
    ]
    if not spans:
        return plain
    characters = list(plain)
    for start, end in spans:
        characters[start:end] = "\n" * (end - start)
    return "".join(characters)


def _wording(patterns: Sequence[WordingPattern], text: Text, matches: Sequence[Matches]) -> tuple[WordingHit, ...]:
    """Every learned wording met, once. The first view decides; disguised letters are the indicators' matter."""
    view, rooms = text.views[0], matches[0]
    left = learnable(view.plain, rooms)
    first: dict[int, WordingHit] = {}
    for number, start, end in rooms.get("wording", ()):
        if number not in first and "\n" not in left[start:end]:
            first[number] = WordingHit(patterns[number], *view.span(start, end))
    return tuple(first.values())
