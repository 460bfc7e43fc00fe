"""The languages ads are written in, one ``<tag>.toml`` each; the file name is the BCP 47 tag.

| key | meaning |
|---|---|
| name, native_name | in English and in the language itself |
| script | ISO 15924 code |
| direction | ltr or rtl |
| match | where a phrase may stand: as a whole word, at a word's start (stem), anywhere (substring) |
| window | code points that may lie between the words of a pair in one sentence |
| home_countries | ISO 3166-1 alpha-2 codes of countries where people recruit in this language |
| negators_before, negators_after | words that deny what follows them, or what stands before them |
| accents_optional | true where people in haste write without accents: wordings are looked for without them as well |
| affixes | what is written in one with a name or a word: "before" it (prepositions), "after" it (endings, particles) |
| pay_reach | code points that may stand between a word for pay and its amount; 26 unless told |
| sentence_marks | marks that end a sentence, beside ``. ! ?`` |
| cues | frequent words that tell it from other languages of its script; ``*xyz`` is a frequent word end |
| letters | letters hardly any other declared language of its script uses |

The scripts an ad in a language may be in are listed in ``screener/text/scripts.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from screener.declared import declared
from screener.errors import DeclarationError

__all__ = [
    "LANGUAGES",
    "LanguageDeclaration",
    "LanguageMatch",
    "is_cased",
    "is_unspaced",
    "joins_after",
    "joins_before",
    "pay_reach",
    "read_language",
]

LanguageMatch = Literal["word", "stem", "substring"]
TextDirection = Literal["ltr", "rtl"]
Affix = Literal["before", "after"]

PAY_REACH = 26
"""Code points that may stand between a word for pay and its amount where a language declares no other number."""


@dataclass(frozen=True, slots=True)
class LanguageDeclaration:
    """What is declared of one language; see the table above."""

    tag: str
    name: str
    native_name: str
    script: str
    direction: TextDirection
    match: LanguageMatch
    window: int
    home_countries: tuple[str, ...]
    negators_before: tuple[str, ...]
    negators_after: tuple[str, ...]
    sentence_marks: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    accents_optional: bool = False
    affixes: tuple[str, ...] = ()
    pay_reach: int = PAY_REACH


_CASED = frozenset({"Latn", "Cyrl"})
_TEXTS = {"name", "native_name", "script", "direction", "match"}
_LISTS = {"home_countries", "negators_before", "negators_after", "sentence_marks", "cues", "letters", "affixes"}
_COUNTS = {"window", "pay_reach"}
_OPTIONAL = {"sentence_marks", "cues", "letters", "affixes", "accents_optional", "pay_reach"}
_CHOICES = {"direction": get_args(TextDirection), "match": get_args(LanguageMatch)}


def read_language(file: Path) -> LanguageDeclaration:
    """Read and check one declaration.

    Args:
        file: a TOML file named after the language's tag.

    Raises:
        DeclarationError: naming the file, the key and the entry that is wrong.
    """
    table = declared(file)
    _check(file.name, table)
    lists = {key: _texts(file.name, key, table.get(key, [])) for key in _LISTS}
    for code in lists["home_countries"]:
        if len(code) != 2 or not (code.isascii() and code.isupper()):
            raise DeclarationError(f"{file.name}: home_countries: {code!r} is no ISO 3166-1 code of two capitals")
    for affix in lists["affixes"]:
        if affix not in get_args(Affix):
            raise DeclarationError(f"{file.name}: affixes: {affix!r} is unknown; choose {', '.join(get_args(Affix))}")
    return LanguageDeclaration(
        tag=file.name.removesuffix(".toml"),
        name=table["name"],
        native_name=table["native_name"],
        script=table["script"],
        direction=table["direction"],
        match=table["match"],
        window=table["window"],
        accents_optional=table.get("accents_optional", False),
        pay_reach=table.get("pay_reach", PAY_REACH),
        **lists,
    )


def _check(name: str, table: dict[str, Any]) -> None:
    """Check the keys of a declaration and the values that are no lists."""
    known = _TEXTS | _LISTS | _COUNTS | {"accents_optional"}
    for key in sorted(table.keys() - known):
        raise DeclarationError(f"{name}: {key}: unknown key; the keys are {', '.join(sorted(known))}")
    for key in sorted(known - _OPTIONAL - table.keys()):
        raise DeclarationError(f"{name}: {key}: missing; every language declares it")
    for key in sorted(_TEXTS):
        if not isinstance(table[key], str) or not table[key]:
            raise DeclarationError(f"{name}: {key}: {table[key]!r} is not a text; write one in quotes")
    for key, choices in _CHOICES.items():
        if table[key] not in choices:
            raise DeclarationError(f"{name}: {key}: {table[key]!r} is unknown; choose {', '.join(choices)}")
    if not isinstance(table.get("accents_optional", False), bool):
        raise DeclarationError(f"{name}: accents_optional: {table['accents_optional']!r} is not true or false")
    for key in sorted(_COUNTS & table.keys()):
        if type(table[key]) is not int or table[key] < 1:
            raise DeclarationError(f"{name}: {key}: {table[key]!r} is not a whole number above 0")


def _texts(name: str, key: str, entries: object) -> tuple[str, ...]:
    if not isinstance(entries, list):
        raise DeclarationError(f"{name}: {key}: {entries!r} is not a list; write texts in square brackets")
    for entry in entries:
        if not isinstance(entry, str) or not entry.strip():
            raise DeclarationError(f"{name}: {key}: {entry!r} is not a text; write one in quotes")
    if len(set(entries)) != len(entries):
        twice = next(entry for entry in entries if entries.count(entry) > 1)
        raise DeclarationError(f"{name}: {key}: {twice!r} stands twice; keep one")
    return tuple(entries)


class _Languages(Mapping[str, LanguageDeclaration]):
    """Declarations by tag, read when first asked for."""

    def __getitem__(self, tag: str) -> LanguageDeclaration:
        return _read(_files()[tag])

    def __iter__(self) -> Iterator[str]:
        return iter(_files())

    def __len__(self) -> int:
        return len(_files())


_read = cache(read_language)


@cache
def _files() -> dict[str, Path]:
    return {file.name.removesuffix(".toml"): file for file in sorted(Path(__file__).parent.glob("*.toml"))}


LANGUAGES: Mapping[str, LanguageDeclaration] = _Languages()
"""Every declared language by its BCP 47 tag, in alphabetical order; read once, on first use."""


@cache
def is_unspaced(tag: str) -> bool:
    """Whether a language is written without spaces between words, so that its phrases may stand anywhere."""
    return tag in LANGUAGES and LANGUAGES[tag].match == "substring"


@cache
def is_cased(tag: str) -> bool:
    """Whether a language is written in letters that have capitals."""
    return tag in LANGUAGES and LANGUAGES[tag].script in _CASED


@cache
def joins_before(tag: str) -> bool:
    """Whether a language writes prepositions in one with the name that follows."""
    return tag in LANGUAGES and "before" in LANGUAGES[tag].affixes


@cache
def joins_after(tag: str) -> bool:
    """Whether a language writes endings or particles in one with the name or word before them."""
    return tag in LANGUAGES and "after" in LANGUAGES[tag].affixes


@cache
def pay_reach(tag: str) -> int:
    """Code points that may stand between a word for pay and its amount, also where the language is not known."""
    return LANGUAGES[tag].pay_reach if tag in LANGUAGES else PAY_REACH
