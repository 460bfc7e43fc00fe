"""The catalogue: every declared indicator, and the phrases they hand to the scan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from screener.errors import DeclarationError
from screener.indicators.declaration import Declaration, Pair, Phrase, read_declaration
from screener.languages import LANGUAGES
from screener.scan import Boundary, Entry, marked

FOLDER = Path(__file__).parent


class Catalog:
    """All declarations by id, in the order of their ids, and the scan entries that show them.

    Rooms handed to the scan: `phrase` (target: id, Phrase), `guard` (target: id), `term` (target: the word and its
    boundary, which `pairs_of` leads on from) and `negator` (target: language, "before" or "after").
    """

    def __init__(self, declarations: Mapping[str, Declaration]) -> None:
        self.declarations = dict(sorted(declarations.items()))
        _check_references(self.declarations)
        self.pairs: list[tuple[str, Pair]] = []
        self.pairs_of: dict[Term, list[tuple[int, int]]] = {}
        for declaration in self.declarations.values():
            for pair in declaration.pairs:
                self._add_pair(declaration.id, pair)

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

    def entries(self) -> Iterator[Entry]:
        """What the scan has to look for."""
        for declaration in self:
            for phrase in declaration.phrases:
                yield _entry(phrase.phrase, phrase.language, "phrase", (declaration.id, phrase))
            for guard in declaration.guards:
                yield _entry(guard.phrase, guard.language, "guard", declaration.id)
        for word, boundary in self.pairs_of:
            yield Entry(word, boundary, "term", (word, boundary))
        for tag, language in LANGUAGES.items():
            for side, words in (("before", language.negators_before), ("after", language.negators_after)):
                for word in words:
                    yield _entry(word, tag, "negator", (tag, side))

    def _add_pair(self, indicator: str, pair: Pair) -> None:
        number = len(self.pairs)
        self.pairs.append((indicator, pair))
        for place, group in enumerate(pair.groups):
            for word in group:
                term = marked(word, LANGUAGES[pair.language].match)
                uses = self.pairs_of.setdefault(term, [])
                if (number, place) not in uses:
                    uses.append((number, place))


Term = tuple[str, Boundary]


@cache
def shipped() -> Catalog:
    """The catalogue of this package, read once."""
    return Catalog.load()


def _entry(wording: str, language: str, room: str, target: str | tuple[str, Phrase] | tuple[str, str]) -> Entry:
    phrase, boundary = marked(wording, LANGUAGES[language].match)
    return Entry(phrase, boundary, room, target)


def _check_references(declarations: Mapping[str, Declaration]) -> None:
    for declaration in declarations.values():
        named = {declaration.negated_as} - {None}
        for detector in declaration.detectors:
            parts = detector.all | detector.any | detector.also | detector.none
            named |= parts
            for part in parts:
                if part in declarations and declarations[part].is_combination:
                    raise DeclarationError(f"{declaration.id}.toml: detectors: {part!r} is itself a combination")
        for name in named:
            if name not in declarations:
                raise DeclarationError(f"{declaration.id}.toml: {name!r} is no declared indicator")
