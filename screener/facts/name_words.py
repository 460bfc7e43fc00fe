"""What a word means where a firm's name is looked for: kind of firm, ordinary word, place, title, street.

The meanings of a word are bits of one number, so that a word is looked up once. The words are data:
`data/employer_forms.toml`, `data/plain_words.toml` and the names of the gazetteer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from screener.declared import PACKAGE, declared, derived
from screener.facts.gazetteer import PLACE_FILES, place_phrases

_FILES = ("facts/data/employer_forms.toml", "facts/data/plain_words.toml", *PLACE_FILES)

PLAIN = 1
"""An ordinary word of job ads."""
PLACE = 2
"""A place of the gazetteer."""
FIRM = 4
"""A kind of firm: with a proper word beside it a name ("Lakeshore Manpower")."""
WORKPLACE = 8
"""A kind of workplace: a proper word beside it makes a name ("Hotel Lumen")."""
FANCY = 16
"""An ordinary word firms like to be called by ("golden")."""
TITLE = 32
"""What follows is a person."""
STREET = 64
"""What stands before it is a street or a quarter."""
LEGAL_AFTER = 128
"""A legal form behind the name."""
LEGAL_BEFORE = 256
"""A legal form before the name."""
TOLD = 512
"""Announces a name ("company: ...")."""
HIRING = 1024
"""Follows a name ("... is hiring")."""
AGENCY = 2048
"""A kind of firm that places people elsewhere."""
LINK = 4096
"""Joins the words of one name ("&", "de")."""
SLOPPY = 8192
"""A legal form that marks a name in small letters too."""
AT = 16384
"""A preposition a workplace's name follows ("at", "bei")."""
IN = 32768
"""A preposition a place follows ("in", "near")."""

NAMED = 65536
"""A kind of workplace that one proper word is enough to name."""
HEAD = 131072
"""The first word of a place ("Sungai ...")."""

HELPING = 262144
"""A small verb before the one that hires."""
LEADING = 524288
"""A kind of firm that may stand first ("Grupo ...")."""

PROPER = 0
"""No meaning known: a proper word, if it is written with a capital."""


@dataclass(frozen=True, slots=True)
class NameWords:
    """The meanings by folded word, those by exact spelling, and the places of several words."""

    meanings: Mapping[str, int]
    spellings: Mapping[str, int]
    pairs: frozenset[str]
    places: frozenset[str]
    place_starts: frozenset[str]
    """First words of places of several words."""
    noun_marks: frozenset[str]
    """Small words of languages that write every noun with a capital ..."""
    least_marks: int
    """... and how many different ones show that a text is in one."""
    noun_kinds: frozenset[str]
    """Kinds of firm that are common nouns in these languages."""


@cache
def name_words() -> NameWords:
    """The words, read once."""
    forms = load_table("employer_forms.toml")
    places = _long_places()
    spellings: dict[str, int] = {}
    _add(spellings, forms["legal"]["after_exact"], LEGAL_AFTER)
    _add(spellings, forms["legal"]["before_exact"], LEGAL_BEFORE)
    return NameWords(
        meanings=_meanings(),
        spellings=spellings,
        pairs=frozenset(forms["firm"]["pairs"]),
        places=frozenset(places),
        place_starts=frozenset(place.partition(" ")[0] for place in places),
        noun_marks=frozenset(forms["nouns"]["marks"]),
        least_marks=forms["nouns"]["least"],
        noun_kinds=frozenset(forms["nouns"]["kinds"]),
    )


@derived(*_FILES)
def _meanings() -> dict[str, int]:
    forms, plain = load_table("employer_forms.toml"), load_table("plain_words.toml")
    meanings: dict[str, int] = {}
    for words in plain["words"].values():
        _add(meanings, words.split(), PLAIN)
    _add(meanings, forms["firm"]["words"], FIRM)
    _add(meanings, forms["firm"]["agency"], FIRM | AGENCY)
    _add(meanings, forms["firm"]["leading"], FIRM | LEADING)
    _add(meanings, forms["workplace"]["words"], WORKPLACE | LEADING)
    _add(meanings, forms["workplace"]["named"], WORKPLACE | NAMED)
    _add(meanings, forms["street"]["heads"], HEAD)
    _add(meanings, forms["fancy"]["words"], FANCY)
    _add(meanings, forms["title"]["words"], TITLE)
    _add(meanings, forms["street"]["words"], STREET)
    _add(meanings, forms["legal"]["after"], LEGAL_AFTER)
    _add(meanings, forms["legal"]["before"], LEGAL_BEFORE)
    _add(meanings, forms["legal"]["after_sloppy"], LEGAL_AFTER | SLOPPY)
    _add(meanings, forms["legal"]["before_sloppy"], LEGAL_BEFORE | SLOPPY)
    _add(meanings, forms["told"]["before"], TOLD)
    _add(meanings, forms["told"]["hiring"], HIRING)
    _add(meanings, forms["joining"]["link"], LINK)
    _add(meanings, forms["joining"]["at"], AT)
    _add(meanings, forms["joining"]["in"], IN)
    _add(meanings, forms["joining"]["helping"], HELPING)
    places = _places()
    known = FIRM | WORKPLACE | FANCY | PLAIN | LEGAL_AFTER | LEGAL_BEFORE
    _add(meanings, (place for place in places if " " not in place and not meanings.get(place, 0) & known), PLACE)
    return meanings


@derived(*_FILES)
def _long_places() -> list[str]:
    return [place for place in _places() if " " in place]


def _places() -> list[str]:
    """Places in scripts with capitals: elsewhere names are told by other signs."""
    quarters: list[str] = load_table("employer_forms.toml")["street"]["quarters"]
    cased = (phrase.casefold() for phrase in place_phrases() if phrase.upper() != phrase.lower())
    return list(dict.fromkeys([*cased, *quarters]))


def load_table(name: str) -> dict[str, Any]:
    """A data file of this package."""
    return declared(PACKAGE / "facts" / "data" / name)


def _add(meanings: dict[str, int], words: Iterable[str], meaning: int) -> None:
    for word in words:
        meanings[word] = meanings.get(word, 0) | meaning
