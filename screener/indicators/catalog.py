"""The catalogue: every declared indicator, and the phrases they hand to the scan."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path

from screener.errors import DeclarationError
from screener.indicators.declaration import Declaration, Pair, read_declaration
from screener.indicators.facts import FACTS
from screener.languages import LANGUAGES
from screener.records import Direction, Facts
from screener.scan import Boundary, Entry, marked

FOLDER = Path(__file__).parent
CODES = frozenset({"found_only_undisguised"})
"""What detectors of kind `code` may name; see `screener.indicators.detectors`."""
Term = tuple[str, Boundary]
"""A word of pairs, without its stars, and its boundary rule."""


class Catalog:
    """All declarations by id, in the order of their ids, and the scan entries that show them.

    Rooms handed to the scan: `phrase` (target: indicator, language, gloss), `guard` (target: indicator), `term`
    (target: the number of a word of pairs, which `pairs_of` leads on from) and `negator` (target: language, "before" or
    "after").
    """

    def __init__(self, declarations: Mapping[str, Declaration]) -> None:
        self.declarations = dict(sorted(declarations.items()))
        _check_references(self.declarations)
        self.pairs: Sequence[tuple[str, Pair]] = [(d.id, pair) for d in self for pair in d.pairs]
        self.terms: dict[Term, int] = {}
        pairs_of: list[list[tuple[int, int]]] = []
        self.pairs_of: Sequence[Sequence[tuple[int, int]]] = pairs_of
        for number, (_, pair) in enumerate(self.pairs):
            for place, group in enumerate(pair.groups):
                for word in group:
                    self._add_term(pairs_of, marked(word, LANGUAGES[pair.language].match), (number, place))

    @classmethod
    def compiled(
        cls,
        declarations: Mapping[str, Declaration],
        pairs: Sequence[tuple[str, Pair]],
        pairs_of: Sequence[Sequence[tuple[int, int]]],
    ) -> Catalog:
        """The catalogue of a compiled reader: its wordings stand in the scanner, only their meaning is kept here."""
        catalog = cls(declarations)
        catalog.pairs, catalog.pairs_of = pairs, pairs_of
        return catalog

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Catalog:
        """The declarations of a folder. Raises DeclarationError naming file, key and entry."""
        languages = frozenset(LANGUAGES)
        paths = sorted(folder.glob("*.toml"))
        if not paths:
            raise DeclarationError(f"{folder}: holds no indicator declarations (*.toml)")
        return cls({path.stem: read_declaration(path, languages) for path in paths})

    def __getitem__(self, indicator: str) -> Declaration:
        return self.declarations[indicator]

    def __iter__(self) -> Iterator[Declaration]:
        return iter(self.declarations.values())

    def __len__(self) -> int:
        return len(self.declarations)

    @property
    def languages(self) -> frozenset[str]:
        """Tags of the languages that have wordings: in a text of another one, only facts can be read."""
        return frozenset(tag for declaration in self for tag in declaration.wordings)

    def labels(self, direction: Direction) -> frozenset[str]:
        """Ids of the indicators of a direction that a reader may label: all but the combinations."""
        return frozenset(d.id for d in self if d.direction == direction and not d.is_combination)

    def entries(self) -> Iterator[Entry]:
        """What the scan has to look for."""
        for declaration in self:
            for phrase in declaration.phrases:
                target = (declaration.id, phrase.language, phrase.gloss)
                yield from _entries(phrase.phrase, phrase.language, "phrase", target)
            for guard in declaration.guards:
                yield from _entries(guard.phrase, guard.language, "guard", declaration.id)
        accented = {
            marked(w, LANGUAGES[p.language].match)
            for _, p in self.pairs
            for g in p.groups
            for w in g
            if LANGUAGES[p.language].accents_optional
        }
        for (word, boundary), number in self.terms.items():
            yield Entry(word, boundary, "term", number)
            if (word, boundary) in accented and (bare := without_accents(word)) != word:
                yield Entry(bare, boundary, "term", number)
        for tag, language in LANGUAGES.items():
            for side, words in (("before", language.negators_before), ("after", language.negators_after)):
                for word in words:
                    yield from _entries(word, tag, "negator", (tag, side))

    def _add_term(self, pairs_of: list[list[tuple[int, int]]], term: Term, use: tuple[int, int]) -> None:
        number = self.terms.setdefault(term, len(self.terms))
        if number == len(pairs_of):
            pairs_of.append([])
        if use not in pairs_of[number]:
            pairs_of[number].append(use)


@cache
def shipped() -> Catalog:
    """The catalogue of this package, read once."""
    return Catalog.load()


def without_accents(phrase: str) -> str:
    """A phrase of the Latin script as people type it in haste: `número` as `numero`, `đô` as `do`."""
    decomposed = unicodedata.normalize("NFD", phrase.replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def _entries(wording: str, language: str, room: str, target: str | tuple[str, ...]) -> Iterator[Entry]:
    phrase, boundary = marked(wording, LANGUAGES[language].match)
    yield Entry(phrase, boundary, room, target)
    if LANGUAGES[language].accents_optional and (bare := without_accents(phrase)) != phrase:
        yield Entry(bare, boundary, room, target)


def _check_references(declarations: Mapping[str, Declaration]) -> None:
    """Every indicator, fact and piece of code that a declaration names must exist. Raises DeclarationError."""
    known: Mapping[str, Container[str]] = {
        "fact": FACTS,
        "absence": {field.name for field in fields(Facts)},
        "code": CODES,
    }
    for declaration in declarations.values():
        file = f"{declaration.id}.toml"
        if declaration.negated_as is not None and declaration.negated_as not in declarations:
            raise DeclarationError(f"{file}: negated_as: {declaration.negated_as!r} is no declared indicator")
        for detector in declaration.detectors:
            if detector.kind in known and detector.name not in known[detector.kind]:
                raise DeclarationError(f"{file}: detectors: there is no {detector.kind} {detector.name!r}")
            for part in sorted(detector.all | detector.any | detector.also | detector.none):
                if part not in declarations:
                    raise DeclarationError(f"{file}: detectors: {part!r} is no declared indicator")
                if declarations[part].is_combination:
                    raise DeclarationError(f"{file}: detectors: {part!r} is itself a combination")
