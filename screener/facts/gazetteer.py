"""The places known by name: countries, big cities, and the hubs, border towns and airports of the known routes.

Names are data: `countries.toml` and `cities.toml` are written by ``training/gazetteer.py``, `country_words.toml`,
`hubs.toml`, `not_places.toml` and `hub_countries.toml` by hand. A name is found by the one scan of the text; how it
must stand there follows from its script, and where a language joins endings to names, from the language's tag.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Generic, Literal, TypeVar, get_args

from screener.errors import DeclarationError
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

NameMode = Literal["word", "stem", "substring"]

DECOY = ""
"""Place id of a phrase that is no place but has the name of one inside it."""

UNSPACED_TAGS = frozenset({"zh-Hans", "zh-Hant", "ja", "th", "lo", "km", "my"})
"""Languages written without spaces."""

PREFIX_TAGS = frozenset({"ar", "ur", "am"})
"""Languages of the scripts in which a preposition is written in one with the name."""

JOINING_TAGS = frozenset({"hi", "ne", "bn", "si", "ta", "ko"})
"""Languages that join endings or particles to a name."""

FIRST_FLAG_LETTER = 0x1F1E6
"""The regional indicator A; two of these letters make a flag."""

STEM_TAGS = frozenset({"kk", "tr"})
"""Languages of Latin or Cyrillic letters that join endings to a name."""

SHORTEST_STEM = 5
"""Least letters of a Kazakh or Turkish name that may take endings; shorter ones would be found in other words."""

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


@dataclass(frozen=True, slots=True)
class PlaceName:
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
    """A mapping that is read from the data files when first used."""

    def __init__(self, read: Callable[[], Mapping[str, _Value]]) -> None:
        self._read = read

    def __getitem__(self, key: str) -> _Value:
        return self._read()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def read_data(name: str) -> dict[str, Any]:
    """Read one data file of this package.

    Raises:
        DeclarationError: naming the file, where it is no TOML.
    """
    try:
        return tomllib.loads(files("screener.facts").joinpath("data").joinpath(name).read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError(f"{name}: is not TOML in UTF-8 ({error}); correct the file") from error


@cache
def role_words() -> Mapping[str, Any]:
    """The words around places, ``place_roles.toml``, read once."""
    return read_data("place_roles.toml")


def place_names() -> Iterable[PlaceName]:
    """Every name of every place, its flag where it is a country, and the decoys; some names mean two places."""
    return _places()


def name_mode(phrase: str, tag: str) -> NameMode:
    """Where a name may stand in a text of the language of its line; Latin letters are a word in any language."""
    if phrase.isascii():
        return "stem" if tag in STEM_TAGS and len(phrase) >= SHORTEST_STEM else "word"
    if tag in UNSPACED_TAGS or tag in PREFIX_TAGS:
        return "substring"
    is_stem = tag in JOINING_TAGS or (tag in STEM_TAGS and len(phrase) >= SHORTEST_STEM)
    return "stem" if is_stem else "word"


def flag(country: str) -> str:
    """The flag emoji of an ISO 3166-1 alpha-2 code."""
    return "".join(chr(FIRST_FLAG_LETTER + ord(letter) - ord("A")) for letter in country)


_Listed = tuple[PlaceEntry, str, str]
"""A place, the file it is declared in and the lines of its names."""


@cache
def _entries() -> dict[str, PlaceEntry]:
    return {entry.id: entry for entry, _, _ in (*_countries(), *_cities(), *_hubs())}


@cache
def _places() -> tuple[PlaceName, ...]:
    names: list[PlaceName] = []
    for entry, file, lines in (*_countries(), *_country_words(), *_cities(), *_hubs()):
        names.extend(_names(file, entry.id, lines))
        if file == "countries.toml":
            names.append(PlaceName(flag(entry.country), entry.id, "", "substring"))
    names.extend(_names("not_places.toml", DECOY, read_data("not_places.toml")["decoys"]))
    once = {(name.phrase.casefold(), name.place, name.mode): name for name in reversed(names)}
    return tuple(reversed(once.values()))


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
    for line in lines.strip().splitlines():
        match = _LINE.fullmatch(line)
        if match is None:
            raise DeclarationError(f"{file}: {place}: {line!r} is no language tag and names; write `th ก | ข`")
        tag, listed = match.groups()
        for phrase in listed.split(" | "):
            # Endings push out the last sign of a Tamil name: துபாய் becomes துபாயில்.
            stem = phrase.rstrip("்ு") if tag == "ta" else phrase
            yield PlaceName(stem, place, "" if tag == "*" else tag, name_mode(phrase, tag))


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


GAZETTEER: Mapping[str, PlaceEntry] = _Lazy(_entries)
"""Every place by its id; the id of a country is its ISO 3166-1 alpha-2 code."""

HUB_COUNTRIES: Mapping[str, HubCountry] = _Lazy(_hub_countries)
"""Countries with documented compounds, by ISO 3166-1 alpha-2 code."""
