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
    "PREFIX_SCRIPTS",
    "UNSPACED_SCRIPTS",
    "HubCountry",
    "PlaceEntry",
    "PlaceName",
    "place_names",
    "read_data",
]

NameMode = Literal["word", "stem", "substring"]

DECOY = ""
"""Place id of a phrase that is no place but has the name of one inside it."""

UNSPACED_SCRIPTS = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF))
"""Code points of Thai, Lao, Burmese, Khmer, kana and Han, which are written without spaces."""

PREFIX_SCRIPTS = ((0x0600, 0x06FF), (0x1200, 0x137F))
"""Code points of Arabic and Ethiopic, where a preposition is written in one with the name."""

FIRST_FLAG_LETTER = 0x1F1E6
"""The regional indicator A; two of these letters make a flag."""

SUBSTRING_SCRIPTS = (*UNSPACED_SCRIPTS, *PREFIX_SCRIPTS, (FIRST_FLAG_LETTER, FIRST_FLAG_LETTER + 25))

STEM_SCRIPTS = ((0x0900, 0x09FF), (0x0B80, 0x0BFF), (0x0D80, 0x0DFF), (0xAC00, 0xD7A3))
"""Code points of Devanagari, Bengali, Tamil, Sinhala and Hangul, where endings are joined to the name."""

STEM_TAGS = frozenset({"kk", "tr"})
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


GAZETTEER: Mapping[str, PlaceEntry] = _Lazy(lambda: _places()[0])
"""Every place by its id; the id of a country is its ISO 3166-1 alpha-2 code."""

HUB_COUNTRIES: Mapping[str, HubCountry] = _Lazy(lambda: _hub_countries())
"""Countries with documented compounds, by ISO 3166-1 alpha-2 code."""


def read_data(name: str) -> dict[str, Any]:
    """Read one data file of this package.

    Raises:
        DeclarationError: naming the file, where it is no TOML.
    """
    try:
        return tomllib.loads(files("screener.facts").joinpath("data").joinpath(name).read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError(f"{name}: is not TOML in UTF-8 ({error}); correct the file") from error


def place_names() -> Iterable[PlaceName]:
    """Every name of every place, its flag where it is a country, and the decoys; some names mean two places."""
    return _places()[1]


def name_mode(phrase: str, tag: str = "*") -> NameMode:
    """Where a name may stand in a text, by its script and the tag of its line."""
    codes = [ord(character) for character in phrase]
    if any(low <= code <= high for code in codes if code > 0x5FF for low, high in SUBSTRING_SCRIPTS):
        return "substring"
    if any(low <= code <= high for code in codes if code > 0x8FF for low, high in STEM_SCRIPTS):
        return "stem"
    return "stem" if tag in STEM_TAGS and len(phrase) >= SHORTEST_STEM else "word"


def flag(country: str) -> str:
    """The flag emoji of an ISO 3166-1 alpha-2 code."""
    return "".join(chr(FIRST_FLAG_LETTER + ord(letter) - ord("A")) for letter in country)


@cache
def _places() -> tuple[dict[str, PlaceEntry], tuple[PlaceName, ...]]:
    entries: dict[str, PlaceEntry] = {}
    names: list[PlaceName] = []
    countries, words = read_data("countries.toml"), read_data("country_words.toml")
    for code, text in countries.items():
        english, _, lines = text.strip().partition("\n")
        entries[code] = PlaceEntry(code, code, "country", english)
        names.extend(_names("countries.toml", code, lines))
        names.append(PlaceName(flag(code), code, "", "substring"))
    for code, lines in words.items():
        _known_country("country_words.toml", code, countries)
        names.extend(_names("country_words.toml", code, lines))
    _read_cities(entries, names, countries)
    _read_hubs(entries, names, countries)
    decoys = read_data("not_places.toml")["decoys"]
    names.extend(PlaceName(phrase, DECOY, "", name_mode(phrase)) for phrase in decoys)
    return entries, tuple(dict.fromkeys(names))


def _read_cities(entries: dict[str, PlaceEntry], names: list[PlaceName], countries: Mapping[str, str]) -> None:
    cities = read_data("cities.toml")
    regions = cities.pop("regions", {})
    for code, of_country in cities.items():
        _known_country("cities.toml", code, countries)
        for english, lines in of_country.items():
            place = f"{code}-{english.casefold().replace(' ', '-')}"
            entries[place] = PlaceEntry(place, code, "city", english)
            names.extend(_names("cities.toml", place, lines))
    for key, text in regions.items():
        head, _, lines = text.strip().partition("\n")
        code, _, english = head.partition(" ")
        _known_country("cities.toml", code, countries)
        entries[key] = PlaceEntry(key, code, "region", english)
        names.extend(_names("cities.toml", key, lines))


def _read_hubs(entries: dict[str, PlaceEntry], names: list[PlaceName], countries: Mapping[str, str]) -> None:
    hubs = read_data("hubs.toml")
    sources = hubs.pop("sources")
    kinds = get_args(PlaceKind)
    for key, table in hubs.items():
        _known_country("hubs.toml", table["country"], countries)
        if table["kind"] not in kinds:
            raise DeclarationError(f"hubs.toml: {key}.kind: {table['kind']!r} is unknown; choose {', '.join(kinds)}")
        source = table.get("source")
        if (source in sources) is not table.get("hub", False):
            raise DeclarationError(f"hubs.toml: {key}.source: a hub names one of [sources], another place names none")
        entries[key] = PlaceEntry(key, table["country"], table["kind"], table["name"], source is not None, source)
        names.extend(_names("hubs.toml", key, table["names"]))


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


def _known_country(file: str, code: str, countries: Mapping[str, str]) -> None:
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
