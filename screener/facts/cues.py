"""The words beside an amount that tell what it is: pay, by which period, a bonus, a fee or a count of something."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal, NamedTuple, cast

import orjson
from ahocorasick_rs import AhoCorasick, Implementation

from screener.declared import PACKAGE, declared, derived
from screener.errors import DeclarationError
from screener.facts.wordtable import is_arabic_letter
from screener.languages import is_cased, joins_after
from screener.lines import Lines, Parsed
from screener.pages import Pages, cut, standing_in
from screener.records import Period
from screener.text import fold_all

CueKind = Literal["period", "pay", "once", "each", "fee", "leave", "count"]
Side = Literal["before", "after"]

_PERIODS: Mapping[str, Period] = {
    "month": "month", "week": "week", "day": "day", "hour": "hour", "year": "year",
    "monthly": "month", "weekly": "week", "daily": "day", "hourly": "hour", "yearly": "year",
}  # fmt: skip
_RATES = ("monthly", "weekly", "daily", "hourly", "yearly")
_DURATIONS = ("month", "week", "day", "hour", "year")
_BEFORE = (*_RATES, "each", "once", "leave", "fee", "pay", "counted")
_AFTER = (*_RATES, "month", "week", "day", "hour", "year", "each", "fee_after", "count", "pay")
_KINDS = {"fee_after": "fee", "counted": "count"}
_COUNTED = frozenset(("counted",))
_FILE = PACKAGE / "facts" / "data" / "pay_words.toml"
_IDLE = "idle"
_SHORT = 4
"""Latin words up to this length and single Han characters count only in ads of their own language or its family."""


_TEXTS_WITHOUT = 32
"""Texts beside amounts, those of a few ads, that do without the automaton of all words."""
_TOGETHER = 8
"""Code points between a word for pay and its period."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A word found beside an amount. `gap` is the text between the two, `period` that of the pay it announces.

    `rate` tells that the words speak of a rate ("per hour"), not perhaps of a duration ("hours"); `lasting`, that they
    may speak of either.
    """

    kind: CueKind
    period: Period
    gap: str
    rate: bool = False
    lasting: bool = False


_ARABIC_HEADS = frozenset((
    "", "و", "ف", "ب", "ل", "ك", "ع", "ه", "ح", "س", "ال", "لل", "عال", "هال", "بت", "بي", "كي", "كت", "وال",
    "فال", "بال", "كال", "ولل", "وب", "ول", "وبال", "وبت", "وبي", "وكي", "غت", "غي", "هت", "هي",
))  # fmt: skip
"""What Arabic writes in front of a word without a space: particles, the article, marks of the tense."""

_ARABIC_TAILS = frozenset((
    "", "ه", "ها", "هم", "هن", "ك", "كم", "كن", "ج", "چ", "ش", "ي", "نا", "ني", "ا", "ات", "ين", "وا", "و",
    "ية", "ته", "تك", "تها", "تهم", "تكم", "يك", "يه", "وها", "وه", "لك", "له", "لها", "لهم",
))  # fmt: skip
"""What Arabic writes after a word: whose it is, how many, to whom. Words of one or two letters take none."""


class _Meaning(NamedTuple):
    keys: frozenset[str]
    stem: bool


class _Word(NamedTuple):
    meanings: Mapping[str, _Meaning]
    short: bool
    arabic: bool
    left: bool
    right: bool


class _Words:
    """The cue words, each worked out when it is first met: an ad has a few of thousands."""

    def __init__(self, families: Mapping[str, frozenset[str]], pages: Pages) -> None:
        self.families = families
        self._pages = pages
        self._texts = 0

    def met(self, text: str) -> Iterator[tuple[_Word, int, int]]:
        """Every word in a text and where it stands."""
        self._texts += 1
        if self._texts > _TEXTS_WITHOUT:
            automaton, words = self._whole
            for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
                yield words[number], start, end
            return
        for line in standing_in(text, self._pages):
            phrase, word = line.partition("\t")[0], _word(line)
            start = text.find(phrase)
            while start >= 0:
                yield word, start, start + len(phrase)
                start = text.find(phrase, start + 1)

    @cached_property
    def _whole(self) -> tuple[AhoCorasick, Sequence[_Word]]:
        lines = Lines(self._pages)
        phrases = [line.partition("\t")[0] for line in lines]
        return AhoCorasick(phrases, implementation=Implementation.NoncontiguousNFA), Parsed(lines, _word)


def _word(line: str) -> _Word:
    phrase, _, said = line.partition("\t")
    by_tag = orjson.loads(said)
    meanings = {tag: _Meaning(frozenset(keys.split()), stem) for tag, (keys, stem) in by_tag.items()}
    latin = phrase[0].isalpha() and phrase[0] < "\u0370"
    short = (latin and len(phrase) <= _SHORT) or (len(phrase) == 1 and _is_han(phrase))
    arabic = is_arabic_letter(phrase[0]) and is_arabic_letter(phrase[-1])
    return _Word(meanings, short, arabic, _spaced(phrase[0]), _spaced(phrase[-1]))


def cue_before(text: str, language: str) -> Cue | None:
    """The nearest cue in the text that leads up to an amount, the longest where several end together.

    A word for pay takes what is said just before: the period in "monthly net salary", the leaving in "who quits pays".
    What is counted must touch its number.
    """
    found = sorted(_found(text, language, "before"), key=lambda each: (-each[1], each[0]))
    found = [each for each in found if each[2] != _COUNTED or not text[each[1] :].strip()]
    if not found:
        return None
    near = _cue(found[0][2], _BEFORE, text[found[0][1] :])
    if near.kind == "pay":
        for start, end, keys in found[1:]:
            far = _cue(keys, _BEFORE, text[end:])
            if far.kind in ("period", "leave") and -2 < found[0][0] - end <= _TOGETHER and start < found[0][0]:
                return far
    return near


def cue_after(text: str, language: str) -> Cue | None:
    """The nearest cue in the text that follows an amount, the longest where several start together.

    A word for pay takes the period said just after it: "net per month". A period takes the fee: "a month deposit".
    """
    found = sorted(_found(text, language, "after"), key=lambda each: (each[0], -each[1]))
    if not found:
        return None
    near = _cue(found[0][2], _AFTER, text[: found[0][0]])
    if near.kind not in ("pay", "period", "each"):
        return near
    for start, end, keys in found[1:]:
        far = _cue(keys, _AFTER, text[:start])
        if near.kind != "pay" and far.kind == "fee" and start >= found[0][1] and not text[found[0][1] : start].strip():
            return Cue("fee", "unknown", near.gap)
        if near.kind == "pay" and far.kind == "period" and -2 < start - found[0][1] <= _TOGETHER and end > found[0][1]:
            return far
    return near


def _cue(keys: frozenset[str], order: tuple[str, ...], gap: str) -> Cue:
    key = next(key for key in order if key in keys)
    if key in _PERIODS:
        return Cue("period", _PERIODS[key], gap, key in _RATES, not keys.isdisjoint(_DURATIONS))
    return Cue(cast(CueKind, _KINDS.get(key, key)), "unknown", gap)


def _found(text: str, language: str, side: Side) -> list[tuple[int, int, frozenset[str]]]:
    words = _words()
    wanted = frozenset(_BEFORE if side == "before" else _AFTER)
    near = words.families.get(language, frozenset((language, "en", "signs")))
    found = []
    idle = []
    for word, start, end in words.met(text):
        if word.left and start and _spaced(text[start - 1]):
            continue
        if word.arabic and _arabic_letters(text, start, -1) not in _ARABIC_HEADS:
            continue
        open_end = (word.right and end < len(text) and _spaced(text[end])) or (
            word.arabic and _arabic_letters(text, end, 1) not in (_ARABIC_TAILS if end - start > 2 else ("",))
        )
        keys: set[str] = set()
        for tag, meaning in word.meanings.items():
            if (open_end and not meaning.stem) or (word.short and tag not in near and language != "und"):
                continue
            keys |= meaning.keys
        if _IDLE in keys:
            idle.append((start, end))
        single = end - start == 1 and not _spaced(text[start])
        if (single and side == "after") or (side == "before" and _is_stray(text, start, end, keys, single)):
            keys -= set(_RATES)
        keys &= wanted
        if keys:
            found.append((start, end, frozenset(keys)))
    return [cue for cue in found if not any(start <= cue[0] and cue[1] <= end for start, end in idle)]


def _is_stray(text: str, start: int, end: int, keys: set[str], single: bool) -> bool:
    """Whether a word that may announce a rate tells a duration or date ("3个月", "5月"), or is a piece of a word."""
    earlier = text[:start].rstrip(" ")[-1:]
    if earlier and (earlier.isdigit() or earlier in _HAN_DIGITS):
        return single or not keys.isdisjoint(_DURATIONS)
    if not single or "pay" in keys:
        return False
    return bool(text[end:].strip()) or "\uac00" <= text[max(0, start - 1) : start] <= "\ud7a3"


@cache
def _words() -> _Words:
    """All cue words; DeclarationError names the entry that is wrong."""
    table = _table()
    return _Words({tag: frozenset(related) for tag, related in table["families"].items()}, table["pages"])


@derived("facts/data/pay_words.toml", "languages/*.toml")
def _table() -> dict[str, dict[str, Any]]:
    """The languages whose short words count for each, and by folded phrase and language the kinds of cue and if a stem.

    The kinds stand in one string, with spaces between.
    """
    table = declared(_FILE)
    families: dict[str, list[str]] = table.pop("families")
    known = {*_BEFORE, *_AFTER, _IDLE}
    listed = [entry for kinds in table.values() for entries in kinds.values() for entry in entries]
    bare = list(dict.fromkeys(entry.rstrip("*") for entry in listed))
    folded = dict(zip(bare, fold_all(bare), strict=True))
    meanings: dict[str, dict[str, list[Any]]] = {}
    for tag, kinds in table.items():
        for key, entries in kinds.items():
            if key not in known:
                raise DeclarationError(f"pay_words.toml, {tag}: no such kind {key!r}; use one of {sorted(known)}.")
            for entry in entries:
                _put(meanings, tag, key, entry, folded[entry.rstrip("*")])
    return {
        "families": {tag: [tag, "en", "signs", *families.get(tag, ())] for tag in (*families, *table)},
        "pages": cut({phrase: orjson.dumps(by_tag).decode() for phrase, by_tag in meanings.items()}),
    }


def _put(meanings: dict[str, dict[str, list[Any]]], tag: str, key: str, entry: str, phrase: str) -> None:
    """Add an entry; `phrase` is what it folds to."""
    if not phrase.strip():
        raise DeclarationError(f"pay_words.toml, {tag}.{key}: {entry!r} is empty once folded; remove it.")
    by_tag = meanings.setdefault(phrase, {})
    # Turkish and Kazakh mark their stems one by one: a short Latin or Cyrillic word begins many others.
    takes_endings = joins_after(tag) and not is_cased(tag)
    keys, stem = by_tag.get(tag, ("", False))
    by_tag[tag] = [" ".join(sorted({*keys.split(), key})), stem or entry.endswith("*") or takes_endings]


def _arabic_letters(text: str, place: int, step: Literal[-1, 1]) -> str:
    """The letters of the Arabic script that end, or start, at a place, up to one more than any affix has."""
    end = place
    while abs(end - place) < 5 and 0 <= (at := end - (step < 0)) < len(text) and is_arabic_letter(text[at]):
        end += step
    return text[min(place, end) : max(place, end)]


_HAN_DIGITS = "〇一二三四五六七八九十两几半"


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _spaced(character: str) -> bool:
    """Whether it is a letter or mark of a script that puts spaces between words and attaches no particles in front."""
    if character.isalpha():
        return character < "\u0600" or "\u0900" <= character < "\u0e00" or "\u10a0" <= character < "\u1100"
    return "\u0300" <= character < "\u0e00" and unicodedata.category(character)[0] == "M"
