"""Words for people: nationalities, ethnic groups, kin, sexes, names. Nothing is learned from them."""

from __future__ import annotations

from collections.abc import Iterator

from screener.declared import PACKAGE, declared

_FILE = PACKAGE / "facts" / "data" / "persons.toml"


def person_words() -> Iterator[str]:
    """Every such word, as declared; each stands as a whole word, or anywhere in scripts without spaces."""
    for languages in declared(_FILE).values():
        for words in languages.values():
            yield from words
