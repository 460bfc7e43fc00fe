"""The places known by name: countries, big cities, and the hubs, border towns and airports of the known routes.

Names are data: `countries.toml` and `cities.toml` are written by ``training/gazetteer.py``, `country_words.toml`,
`hubs.toml`, `not_places.toml` and `hub_countries.toml` by hand. A name is found by the one scan of the text; how it
must stand there follows from its script and from what the language's declaration says of affixes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import cache
from typing import Any, Generic, Literal, NamedTuple, TypeVar, get_args

from screener.declared import PACKAGE, declared, derived
from screener.errors import DeclarationError
from screener.languages import is_cased, is_unspaced, joins_after, joins_before
from screener.records import PlaceKind

__all__ = [
    "DECOY",
    "GAZETTEER",
    "HUB_COUNTRIES",
    "HubCountry",
    "PlaceEntry",
    "PlaceName",
    "place_names",
    "read_data",
    "role_words",
]

PLACE_FILES = tuple(
    f"facts/data/{name}.toml" for name in ("countries", "country_words", "cities", "hubs", "not_places")
)
"""The files the names of places and the decoys stand in."""

DATA = PACKAGE / "facts" / "data"
"""Where the data files stand."""

NameMode = Literal["word", "stem", "substring"]

DECOY = ""
"""Place id of a phrase that is no place but has the name of one inside it."""

FIRST_FLAG_LETTER = 0x1F1E6
"""The regional indicator A; two of these letters make a flag."""

SHORTEST_STEM = 5
"""Least letters of a Latin or Cyrillic name that may take endings; shorter ones would be found in other words."""

_LINE = re.compile(r"(\*|[a-z]{2,3}(?:-[A-Z][a-z]{3})?) (\S.*)")


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place: its id, ISO 3166-1 alpha-2 country, kind and English name; `hub` where compounds are documented."""

    id: str
    country: str
    kind: PlaceKind
    name: str
    hub: bool = False
    source: str | None = None


class PlaceName(NamedTuple):
    """A name to scan for, as it is written: the place it means, its language (`""`: any) and where it may stand."""

    phrase: str
    place: str
    language: str
    mode: NameMode


@dataclass(frozen=True, slots=True)
class HubCountry:
    """A country with documented compounds: `level` above 0 up to 1.0, and by which documents since when."""

    code: str
    level: float
    since: int
    sources: tuple[tuple[str, str], ...]
    """Title and address of each document."""


_Value = TypeVar("_Value")


class _Lazy(Mapping[str, _Value], Generic[_Value]):
    """A mapping that is read from the data files when first used, each value made when it is asked for."""

    def __init__(self, read: Callable[[], Mapping[str, Any]], make: Callable[[Any], _Value]) -> None:
        self._read = read
        self._make = cache(lambda key: make(read()[key]))

    def __getitem__(self, key: str) -> _Value:
        return self._make(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def read_data(name: str) -> dict[str, Any]:
    """Read one data file of this package. Raises DeclarationError naming the file, where it is no TOML."""
    return declared(DATA / name)


@cache
def role_words() -> Mapping[str, Any]:
    """The words around places, ``place_roles.toml``, read once."""
    return read_data("place_roles.toml")


def place_names() -> Iterable[PlaceName]:
    """Every name of every place, its flag where it is a country, and the decoys; some names mean two places."""
    return _places()


def place_phrases() -> list[str]:
    """The names of places alone, for those who only ask whether something is one: quicker by half; some stand twice."""
    phrases: list[str] = []
    for entry, file, lines in _listed():
        for _, listed in _lines(file, entry.id, lines):
            phrases += listed
        if file == "countries.toml":
            phrases.append(flag(entry.country))
    return phrases


def decoys() -> tuple[str, ...]:
    """Phrases that are no place but have the name of one inside them."""
    lines = _lines("not_places.toml", DECOY, read_data("not_places.toml")["decoys"])
    return tuple(phrase for _, listed in lines for phrase in listed)


def name_mode(phrase: str, tag: str) -> NameMode:
    """Where a name may stand in a text of the language of its line; Latin letters are a word in any language."""
    if not phrase.isascii() and (is_unspaced(tag) or joins_before(tag)):
        return "substring"
    takes_endings = len(phrase) >= SHORTEST_STEM if is_cased(tag) else not phrase.isascii()
    return "stem" if takes_endings and joins_after(tag) else "word"


def flag(country: str) -> str:
    """The flag emoji of an ISO 3166-1 alpha-2 code."""
    return "".join(chr(FIRST_FLAG_LETTER + ord(letter) - ord("A")) for letter in country)


_Listed = tuple[PlaceEntry, str, str]
"""A place, the file it is declared in and the lines of its names."""


@derived(*PLACE_FILES)
def _entries() -> dict[str, list[Any]]:
    """The fields of every place by its id."""
    return {entry.id: list(astuple(entry)) for entry, file, _ in _listed() if file != "country_words.toml"}


@cache
def _places() -> tuple[PlaceName, ...]:
    names: list[PlaceName] = []
    for entry, file, lines in _listed():
        names.extend(_names(file, entry.id, lines))
        if file == "countries.toml":
            names.append(PlaceName(flag(entry.country), entry.id, "", "substring"))
    names.extend(_names("not_places.toml", DECOY, read_data("not_places.toml")["decoys"]))
    once = {(name.phrase.casefold(), name.place, name.mode): name for name in reversed(names)}
    return tuple(reversed(once.values()))


def _listed() -> tuple[_Listed, ...]:
    return (*_countries(), *_country_words(), *_cities(), *_hubs())


def _countries() -> Iterator[_Listed]:
    for code, text in read_data("countries.toml").items():
        english, _, lines = text.strip().partition("\n")
        yield PlaceEntry(code, code, "country", english), "countries.toml", lines


def _country_words() -> Iterator[_Listed]:
    countries = {entry.id: entry for entry, _, _ in _countries()}
    for code, lines in read_data("country_words.toml").items():
        _check_country("country_words.toml", code, countries)
        yield countries[code], "country_words.toml", lines


def _cities() -> Iterator[_Listed]:
    cities = read_data("cities.toml")
    regions = cities.pop("regions", {})
    for code, of_country in cities.items():
        for english, lines in of_country.items():
            place = f"{code}-{english.casefold().replace(' ', '-')}"
            yield PlaceEntry(place, code, "city", english), "cities.toml", lines
    for key, text in regions.items():
        head, _, lines = text.strip().partition("\n")
        code, _, english = head.partition(" ")
        yield PlaceEntry(key, code, "region", english), "cities.toml", lines


def _hubs() -> Iterator[_Listed]:
    hubs = read_data("hubs.toml")
    sources = hubs.pop("sources")
    kinds = get_args(PlaceKind)
    countries = {entry.id: entry for entry, _, _ in _countries()}
    for key, table in hubs.items():
        _check_country("hubs.toml", table["country"], countries)
        if table["kind"] not in kinds:
            raise DeclarationError(f"hubs.toml: {key}.kind: {table['kind']!r} is unknown; choose {', '.join(kinds)}")
        source = table.get("source")
        if (source in sources) is not table.get("hub", False):
            raise DeclarationError(f"hubs.toml: {key}.source: a hub names one of [sources], another place names none")
        entry = PlaceEntry(key, table["country"], table["kind"], table["name"], source is not None, source)
        yield entry, "hubs.toml", table["names"]


def _names(file: str, place: str, lines: str) -> Iterator[PlaceName]:
    for tag, phrases in _lines(file, place, lines):
        for stem in phrases:
            yield PlaceName(stem, place, "" if tag == "*" else tag, name_mode(stem, tag))


def _lines(file: str, place: str, lines: str) -> Iterator[tuple[str, list[str]]]:
    """The language tag and the names of each line."""
    for line in lines.strip().splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            raise DeclarationError(f"{file}: {place}: {line!r} is no language tag and names; write `th ก | ข`")
        tag, listed = match.groups()
        phrases = listed.split(" | ")
        # Endings push out the last sign of a Tamil name: துபாய் becomes துபாயில்.
        yield tag, [phrase.rstrip("்ு") for phrase in phrases]


def _check_country(file: str, code: str, countries: Mapping[str, PlaceEntry]) -> None:
    if code not in countries:
        raise DeclarationError(f"{file}: {code}: no country of countries.toml; use its ISO 3166-1 alpha-2 code")


@cache
def _hub_countries() -> dict[str, HubCountry]:
    table = read_data("hub_countries.toml")
    sources = table.pop("sources")
    del table["as_of"]
    found = {}
    for code, entry in table.items():
        for source in entry["sources"]:
            if source not in sources:
                raise DeclarationError(f"hub_countries.toml: {code}.sources: {source!r} is not in [sources]; add it")
        if not 0 < entry["level"] <= 1:
            raise DeclarationError(f"hub_countries.toml: {code}.level: {entry['level']} is not above 0 and up to 1")
        cited = tuple((sources[source]["title"], sources[source]["url"]) for source in entry["sources"])
        found[code] = HubCountry(code, entry["level"], entry["since"], cited)
    return found


GAZETTEER: Mapping[str, PlaceEntry] = _Lazy(_entries, lambda fields: PlaceEntry(*fields))
"""Every place by its id; the id of a country is its ISO 3166-1 alpha-2 code."""

HUB_COUNTRIES: Mapping[str, HubCountry] = _Lazy(_hub_countries, lambda country: country)
"""Countries with documented compounds, by ISO 3166-1 alpha-2 code."""
