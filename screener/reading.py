"""Reading an offer: normalised text, language, facts, indicators found and the feature row, by one scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screener.facts import fact_entries, read_facts
from screener.features import Row, WordingPattern, build_row, wording_entries
from screener.indicators.catalog import Catalog
from screener.indicators.detectors import detect
from screener.language import identify
from screener.records import Facts, Language, Offer
from screener.scan import Scanner
from screener.text import Text, normalise


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one offer."""

    text: Text
    language: Language
    facts: Facts
    row: Row


class Reader:
    """Holds the scanner built from everything declared and learned; reads any number of offers."""

    def __init__(self, catalog: Catalog, scanner: Scanner, patterns: Sequence[WordingPattern] = ()) -> None:
        self.catalog = catalog
        self.scanner = scanner
        self.patterns = patterns

    @classmethod
    def of(cls, catalog: Catalog, patterns: Sequence[WordingPattern] = ()) -> Reader:
        """The reader of declarations as they stand in their files."""
        entries = (*catalog.entries(), *fact_entries(), *wording_entries(patterns))
        return cls(catalog, Scanner.of(entries), patterns)

    def read(self, offer: Offer) -> Reading:
        """One offer, read."""
        text = normalise(offer.text)
        language = identify(text)
        matches = [self.scanner.scan(view) for view in text.views]
        facts = read_facts(text, language, matches, offer)
        found = detect(self.catalog, text, matches, facts, offer)
        return Reading(text, language, facts, build_row(self.catalog, self.patterns, text, matches, found))
