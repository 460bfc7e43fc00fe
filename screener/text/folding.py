"""Fold the letters of a text so that spellings meant to be read alike are alike.

Unicode's compatibility forms and case folding, digits of every script as ASCII digits, one kind of space, quote and
dash, no invisible characters, one form of the Arabic letters that are typed interchangeably, and simplified Chinese.
Folding is stable: folded text folds to itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

import re2

from screener.declared import PACKAGE, declared
from screener.text.lookalikes import find_lookalikes, without_lookalikes
from screener.text.view import Edit, View, edited

_CACHED_CODE_POINTS = 20_000
_PASSES = 8
_FEW = 64
_HAN = range(0x3400, 0xA000)
_LINE_END = re2.compile("\r\n")
_SPACE_RUN = re2.compile(" {2,}")
_CLUSTER = re2.compile(r"[^\p{M}]?(?:[\p{M}\x{1161}-\x{1175}\x{11A8}-\x{11C2}])+")
# Vietnamese writes the tone of oa, oe, uy on either vowel ("thoả thuận", "thỏa thuận"), of "quy" only on y.
_LATE_TONE = re2.compile(r"(o[àáảãạèéẻẽẹ]|[^q]u[ỳýỷỹỵ])(?:[^\p{L}\p{M}]|$)")
_LATE_TONES = "àáảãạèéẻẽẹỳýỷỹỵ"
_EARLY_TONES = {"o": "òóỏõọ", "u": "ùúủũụ"}


def folded(view: View, letters: AbstractSet[str]) -> View:
    """Fold the letters of a view.

    Args:
        view: any text, lone surrogates included (they are read as U+FFFD).
        letters: the different characters of `view`.

    Returns:
        A view of the folded text, which folds to itself.
    """
    view = _line_ended(view)
    for _ in range(_PASSES):
        alike = without_lookalikes(view, letters)
        if alike is not view:
            letters = set(alike.plain)
        mapped = _mapped(alike, letters)
        letters = set("".join([_CODE_POINTS[ord(letter)] for letter in letters]))
        view = _sequenced(_composed(mapped), letters)
        # What was joined may be another letter to read, what was mapped may have brought look-alikes together.
        if view.plain is mapped.plain and not find_lookalikes(view.plain, letters):
            break
        letters = set(view.plain)
    return _single_spaced(view)


def folded_ascii(received: str) -> str:
    """Fold ASCII text: lower case, one kind of space and line end; the length is kept."""
    return received.translate(_ascii())


class _CodePoints(dict[int, str]):
    """What each code point is read as, worked out when it is first met (`str.translate` asks by code point)."""

    def __missing__(self, code_point: int) -> str:
        string = _read(chr(code_point))
        if len(self) < _CACHED_CODE_POINTS:  # a hostile text of a million different characters must not fill the memory
            self[code_point] = string
        return string


def _read(character: str) -> str:
    """Fold one character until nothing changes."""
    string = _own_characters().get(character)
    if string is None and ord(character) in _HAN:
        string = _simplified().get(character, character)
    if string is None:
        string = _by_category(character)
    return _compatible(character) if string is None else string


def _by_category(character: str) -> str | None:
    """Read characters that are alike whatever their script: digits, spaces, controls."""
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return {"Cc": " ", "Cf": "", "Cs": "\ufffd", "Zs": " "}.get(category)


def _compatible(character: str) -> str:
    """Read Unicode's compatibility form of a character in lower case."""
    string = unicodedata.normalize("NFKC", character)
    if string.startswith(" "):  # a spacing accent: a space in the middle of a word would be worse
        return character
    string = unicodedata.normalize("NFKC", string.casefold())
    return string if string == character else "".join(map(_read, string))


def _line_ended(view: View) -> View:
    """Drop the carriage return before a line feed."""
    if "\r\n" not in view.plain:
        return view
    return edited(view, [(match.start(), match.start() + 1, "") for match in _LINE_END.finditer(view.plain)])


def _mapped(view: View, letters: AbstractSet[str]) -> View:
    """Read each character by itself."""
    changing = {letter: string for letter in letters if (string := _CODE_POINTS[ord(letter)]) != letter}
    edits: list[Edit] = []
    for letter, string in changing.items():
        if len(string) != 1:
            edits += ((place, place + 1, string) for place in _places(view.plain, letter))
    view = edited(view, sorted(edits))
    plain = view.plain
    if len(changing) > _FEW:
        plain = plain.translate(_CODE_POINTS)
    else:  # a few replacements are quicker; what a character is read as is never read as something else
        for letter, string in changing.items():
            plain = plain.replace(letter, string)
    return view if plain == view.plain else View(plain, view.starts, view.ends)


def _places(plain: str, letter: str) -> Iterator[int]:
    place = plain.find(letter)
    while place >= 0:
        yield place
        place = plain.find(letter, place + 1)


def _composed(view: View) -> View:
    """Join letters and their marks (canonical composition, NFC)."""
    if unicodedata.is_normalized("NFC", view.plain):
        return view
    edits: list[Edit] = []
    for match in _CLUSTER.finditer(view.plain):
        cluster = match.group()
        joined = unicodedata.normalize("NFC", cluster)
        if joined != cluster:
            edits.append((*match.span(), joined))
    return edited(view, edits) if edits else view


def _sequenced(view: View, letters: AbstractSet[str]) -> View:
    """Read the short sequences of the table, and the two ways of placing a Vietnamese tone, alike."""
    for first, pattern, replacement in _sequences():
        if first in letters:
            found = pattern.finditer(view.plain)
            view = edited(view, [(*match.span(), replacement.replace("*", match.group(1))) for match in found])
    if letters.isdisjoint(_LATE_TONES):
        return view
    edits = []
    for match in _LATE_TONE.finditer(view.plain):
        end = match.end(1)
        vowel, index = view.plain[end - 2], _LATE_TONES.index(view.plain[end - 1])
        edits.append((end - 2, end, _EARLY_TONES[vowel][index % 5] + "aey"[index // 5]))
    return edited(view, edits) if edits else view


def _single_spaced(view: View) -> View:
    """Read several spaces as one."""
    if "  " not in view.plain:
        return view
    return edited(view, [(*match.span(), " ") for match in _SPACE_RUN.finditer(view.plain)])


@cache
def _tables() -> dict[str, Any]:
    return declared(PACKAGE / "text" / "folding.toml")


@cache
def _own_characters() -> dict[str, str]:
    tables = _tables()
    own = {character: string for string, characters in tables["characters"].items() for character in characters}
    for first, last in tables["dropped"]["ranges"]:
        own.update(dict.fromkeys(map(chr, range(first, last + 1)), ""))
    return own


@cache
def _sequences() -> tuple[tuple[str, Any, str], ...]:
    """Give the first letter, the pattern and the replacement of every sequence; "*" is what stood in between."""
    return tuple(
        (pattern[0], re2.compile(pattern), replacement) for pattern, replacement in _tables()["sequences"].items()
    )


@cache
def _simplified() -> dict[str, str]:
    """Simplified form of each traditional Chinese character (see han.toml)."""
    table = declared(PACKAGE / "text" / "han.toml")
    pairs = zip(table["traditional"].replace("\n", ""), table["simplified"].replace("\n", ""), strict=True)
    return dict(pairs)


@cache
def _ascii() -> dict[int, str]:
    return {code: _read(chr(code)) for code in range(128)}


_CODE_POINTS = _CodePoints()
