"""Names of firms in scripts without capital letters.

Chinese is read by `han_names`. In the other scripts a name is what follows a legal form or a kind of workplace
(บริษัท X, شركة X, (주)X) or what stands before one (X 社, X मैनपावर), unless a word stands there that shows a mere
description ("a big Chinese company"). Words are data: `data/uncased_names.toml`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from screener.declared import derived
from screener.facts.gazetteer import PLACE_FILES, decoys, place_phrases
from screener.facts.han_names import han_names
from screener.facts.name_words import load_table
from screener.languages import is_unspaced
from screener.records import EmployerKind
from screener.text import Text, fold_all

_LONGEST = 40
"""Characters a name may have."""
_SHORTEST = 3
_LONGEST_PLACE = 16
_SHORTEST_CUT = 4
_MOST_TRADES = 8
MAX_NAMES = 100
_BOUNDS = frozenset("\n,.;:!?()[]{}|/\"'،؛؟。、，；：！？（）「」『』【】《》“”«»>•-")


class _Forms(NamedTuple):
    """The words of one language: those before or after a name, trades between, and what shows that none is there."""

    words: tuple[str, ...]
    legal: frozenset[str]
    agencies: tuple[str, ...]
    trades: tuple[str, ...]
    stops: tuple[str, ...]
    inside: tuple[str, ...]
    followed: tuple[str, ...]
    spaced: bool


class _Lexicon(NamedTuple):
    automaton: AhoCorasick
    uses: tuple[tuple[tuple[bool, _Forms], ...], ...]
    places: frozenset[str]


def uncased_names(text: Text) -> Iterator[tuple[EmployerKind, int, int]]:
    """The names of a text, offsets in the text as received."""
    view = text.views[0]
    plain = view.plain
    for kind, start, end in han_names(plain):
        yield kind, *view.span(start, end)
    lexicon = _lexicon()
    found = 0
    for index, start, end in lexicon.automaton.find_matches_as_indexes(plain):
        for before, forms in lexicon.uses[index]:
            name = _after(lexicon, forms, plain, start, end) if before else _before(lexicon, forms, plain, start, end)
            if name:
                found += 1
                yield name[0], *view.span(name[1], name[2])
        if found >= MAX_NAMES:
            return


def _after(lexicon: _Lexicon, forms: _Forms, plain: str, start: int, end: int) -> tuple[EmployerKind, int, int] | None:
    """The name that follows the word at ``start:end``."""
    word = plain[start:end]
    if forms.spaced and start and _is_letter(plain[start - 1]) and plain[start - 1] not in "وفبلك":
        return None
    if forms.spaced and _is_letter(plain[end : end + 1]) and word[-1].isalpha():
        return None
    at, kind = _past_trades(lexicon, forms, plain, end, forms.spaced or word in forms.legal)
    last = at
    while last < len(plain) and last - at < _LONGEST and plain[last] not in _BOUNDS and not plain[last].isdigit():
        if plain[last] == " " and not forms.spaced:
            break
        last += 1
    name = " ".join(plain[at:last].split(" ")[:3]) if forms.spaced else _cut(plain[at:last], forms.inside)
    stopped = name.partition(" ")[0] in forms.stops if forms.spaced else name.startswith(forms.stops)
    needed = _SHORTEST if word in forms.legal else _SHORTEST + 1
    if stopped or name in lexicon.places or sum(map(str.isalpha, name)) < needed:
        return None
    return kind, start, at + len(name)


def _past_trades(lexicon: _Lexicon, forms: _Forms, plain: str, at: int, skips_space: bool) -> tuple[int, EmployerKind]:
    """Where the proper part begins behind trades and places, and the kind the trades make the firm."""
    kind: EmployerKind = "employer"
    for _ in range(_MOST_TRADES):
        while skips_space and plain[at : at + 1] == " ":
            at += 1
        between = next((word for word in forms.trades if plain.startswith(word, at)), "")
        if not between and not forms.spaced:
            longest = min(len(plain), at + _LONGEST_PLACE)
            between = next((plain[at:end] for end in range(longest, at + 2, -1) if plain[at:end] in lexicon.places), "")
        if not between:
            return at, kind
        if between in forms.agencies:
            kind = "agency"
        at += len(between)
    return at, kind


def _cut(name: str, inside: tuple[str, ...]) -> str:
    """The name up to the first word that no name contains."""
    cuts = [place for word in inside if (place := name.find(word, _SHORTEST_CUT)) > 0]
    return name[: min(cuts)] if cuts else name


def _before(lexicon: _Lexicon, forms: _Forms, plain: str, start: int, end: int) -> tuple[EmployerKind, int, int] | None:
    """The name that ends with the word at ``start:end``."""
    following = plain[end : end + 1]
    if (forms.spaced or forms.followed) and _is_letter(following) and following not in forms.followed:
        return None
    first = start
    while first and plain[first - 1] == " ":
        first -= 1
    last = first
    while first and last - first < _LONGEST and plain[first - 1] not in _BOUNDS and plain[first - 1] != " ":
        first -= 1
    name = plain[first:last]
    if not forms.spaced:
        kept = len(name)
        while kept and _is_name_character(name[kept - 1]):
            kept -= 1
        first, name = first + kept, name[kept:]
    if sum(map(str.isalpha, name)) < _SHORTEST or name in lexicon.places:
        return None
    if name in forms.stops or (not forms.spaced and name.endswith(forms.stops)):
        return None
    kind: EmployerKind = "agency" if plain[start:end] in forms.agencies else "employer"
    return kind, first, end


def _is_name_character(character: str) -> bool:
    """Whether a character may be part of a name before a suffix in a script without spaces."""
    return "\u30a1" <= character <= "\u30ff" or "\u1000" <= character <= "\u109f"


def _is_letter(character: str) -> bool:
    return bool(character) and (character.isalpha() or unicodedata.category(character)[0] == "M")


@cache
def _lexicon() -> _Lexicon:
    table = load_table("uncased_names.toml")
    uses: dict[str, list[tuple[bool, _Forms]]] = {}
    for side in ("prefix", "suffix"):
        for language, words in table[side].items():
            forms = _Forms(
                words=tuple(fold_all(words["words"])),
                legal=frozenset(fold_all(words.get("legal", words["words"]))),
                agencies=tuple(fold_all(words["agencies"])),
                trades=tuple(sorted(fold_all(words.get("trades", ())), key=len, reverse=True)),
                stops=tuple(fold_all(words["stops"])),
                inside=tuple(fold_all(words.get("inside", ()))),
                followed=tuple(fold_all(words.get("followed", ()))),
                spaced=not is_unspaced(language),
            )
            for word in forms.words:
                uses.setdefault(word, []).append((side == "prefix", forms))
    automaton = AhoCorasick(
        list(uses), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    )
    return _Lexicon(automaton, tuple(map(tuple, uses.values())), frozenset(_places()))


@derived(*PLACE_FILES)
def _places() -> list[str]:
    return fold_all(name for name in (*place_phrases(), *decoys()) if "\u0e00" <= name[0] < "\u1800")
