"""Names of firms in scripts with capital letters, found by the company capitalised words keep.

A run of capitalised words is a name when a legal form stands at it ("PT Bina Karya", "Lakeshore Ltd"), when it joins
a kind of firm or workplace with a proper word ("Hotel Lumen", "Victoria Shore Manpower"), or when it is announced
("company: ...", "... is hiring") or stands by itself. Ordinary words, places, streets and persons make no name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from screener.facts.name_runs import KIND, Run, Word, is_compound, read_runs
from screener.facts.name_words import (
    AGENCY,
    AT,
    FANCY,
    FIRM,
    HEAD,
    HIRING,
    LEADING,
    LEGAL_AFTER,
    LEGAL_BEFORE,
    LINK,
    NAMED,
    PLACE,
    PLAIN,
    PROPER,
    STREET,
    TITLE,
    TOLD,
    WORKPLACE,
    NameWords,
    name_words,
)
from screener.records import EmployerKind

Name = tuple[EmployerKind, int, int]
"""The kind of a name and its half-open range in the text as received."""

MAX_NAMES = 100
"""Names read from one text; an ad has a few."""


def cased_names(received: str) -> Iterator[Name]:
    """The names of a text as received, in order; offsets are those of `received`."""
    table = name_words()
    found = 0
    for run in read_runs(table, received):
        words, dropped = _trimmed(table, run.words)
        if not words:
            continue
        weight = _weighed(words, run.shouted)
        if _is_name(table, run, words, weight, dropped):
            yield ("agency" if weight.union & AGENCY else "employer", words[0][2], words[-1][3])
            found += 1
            if found == MAX_NAMES:
                return


class _Weight(NamedTuple):
    """What the words of a run weigh together."""

    union: int
    """Every meaning that any of them has."""
    proper: int
    """Words that mean nothing known."""
    fancy: int
    """Ordinary words firms like to be called by."""
    brand: bool
    """One has a capital inside."""
    listed: bool
    """A small word joins them, as it also joins two places or persons ("Nyali and Bamburi")."""


def _weighed(words: list[Word], shouted: bool) -> _Weight:
    union = proper = fancy = heads = 0
    brand = listed = False
    for core, meaning, _, _ in words:
        union |= meaning
        if not meaning:
            proper += _is_proper(core, shouted)
            brand = brand or is_compound(core)
        elif meaning & FANCY and not meaning & KIND:
            fancy += 1
        elif meaning & HEAD:
            heads += 1
        elif meaning & LINK:
            listed = listed or core != "&"
    return _Weight(union, proper + heads if union & FIRM else proper, fancy, brand, listed)


def _is_name(table: NameWords, run: Run, words: list[Word], weight: _Weight, dropped: bool) -> bool:
    """Whether the words left of a run are a name; `dropped`: an ordinary word was taken off before them."""
    union, fancy = weight.union, weight.fancy
    if words[0][1] & TITLE and not union & (KIND | LEGAL_AFTER):
        return False
    proper = 0 if run.nouns and not _shows_proper_nouns(table, words, union) else weight.proper
    if union & (LEGAL_AFTER | LEGAL_BEFORE) and _has_legal_form(words, proper + fancy):
        return True
    if _is_street_or_place(words, union):
        return False
    if union & KIND and _has_kind(run, words, union, proper, fancy):
        return True
    strong = weight.brand or proper + fancy >= 2
    return (
        _is_announced(table, run, proper + fancy, strong)
        or (weight.proper + fancy > 0 and _hires(table, run, words))
        or (strong and not weight.listed and _stands_alone(table, run, words, fancy, dropped))
    )


def _has_kind(run: Run, words: list[Word], union: int, proper: int, fancy: int) -> bool:
    """Whether a kind of firm or workplace begins or ends the words, beside a proper or a fancy one."""
    last = len(words)
    while last > 1 and (words[last - 1][0].isdigit() or words[last - 1][1] & PLACE) and not words[last - 1][1] & KIND:
        last -= 1
    if not (words[last - 1][1] & KIND or words[0][1] & LEADING):
        return False
    if union & FIRM and (proper or fancy or _is_place_firm(words)):
        return True
    return bool(union & WORKPLACE and (fancy or (proper and not run.shouted)))


def _stands_alone(table: NameWords, run: Run, words: list[Word], fancy: int, dropped: bool) -> bool:
    """Whether a run makes a clause of its own or follows a preposition a firm follows ("working with ...")."""
    if not run.short:
        return False
    if table.meanings.get(run.before, 0) & AT:
        return True
    if not run.opens or not run.closes or dropped:
        return False
    return bool(fancy) or (
        not (run.speaks or run.shouted) and (run.heads or sum(not word[1] & LINK for word in words) == 2)
    )


def _is_announced(table: NameWords, run: Run, weight: int, strong: bool) -> bool:
    """Whether the words around a run announce it as a firm's name."""
    before, earlier = table.meanings.get(run.before, 0), table.meanings.get(run.earlier, 0)
    if run.near and (strong or (weight and (run.quoted or before & NAMED))):
        return True
    if not strong:
        return False
    told = before & TOLD or (earlier & TOLD and before & AT)
    return bool((run.quoted and len(run.words) > 1) or told or table.meanings.get(run.after, 0) & WORKPLACE)


def _hires(table: NameWords, run: Run, words: list[Word]) -> bool:
    """Whether a run heads a sentence as the one who hires ("Rimbun Data Asia mencari ...")."""
    several = len(words if run.nouns else run.words) > 1 or any(is_compound(word[0]) for word in words)
    return several and run.opens and bool(table.meanings.get(run.after, 0) & HIRING)


def _is_place_firm(words: list[Word]) -> bool:
    """Whether a place stands before two words for a firm ("Verona BPO Services")."""
    return bool(words[0][1] & PLACE) and sum(bool(word[1] & FIRM and not word[1] & PLAIN) for word in words) > 1


def _shows_proper_nouns(table: NameWords, words: list[Word], union: int) -> bool:
    """Where every noun has a capital: whether an unknown word may be a proper one, by the kind beside it."""
    if any(word[1] & FIRM and word[0].casefold() not in table.noun_kinds for word in words):
        return True
    leads = bool(words[0][1] & WORKPLACE) and len(words) == 2
    return leads or bool(union & (LEGAL_AFTER | LEGAL_BEFORE))


def _is_street_or_place(words: list[Word], union: int) -> bool:
    """Whether a run ends as a street does ("... Road") or begins as a place does ("Sungai ...")."""
    if words[-1][1] & STREET and not words[-1][1] & (FANCY | FIRM):
        return True
    return bool(words[0][1] & HEAD and not union & KIND)


def _has_legal_form(words: list[Word], weight: int) -> bool:
    if any(word[1] & LEGAL_AFTER for word in words[1:]) and (weight or len(words) > 2):
        return True
    if not words[0][1] & LEGAL_BEFORE or len(words) < 2:
        return False
    core, second, _, _ = words[1]
    if second == PROPER:
        return core.isalpha()
    return bool(second & (FANCY | FIRM | LEGAL_BEFORE)) and (weight > 0 or not second & PLAIN)


def _is_proper(core: str, shouted: bool) -> bool:
    """Whether an unknown word may be a proper one, and no mere abbreviation or number."""
    if len(core) < 3 or not (core.isalpha() or not any(map(str.isdigit, core))):
        return False
    return shouted or len(core) > 5 or not core.isupper()


def _trimmed(table: NameWords, words: list[Word]) -> tuple[list[Word], bool]:
    """A run without the ordinary words at its ends, its places marked; and whether a word before was dropped."""
    if len(words) > 1:
        words = _with_places(table, words)
    first, last = 0, len(words)
    while first < last:
        if not _is_ordinary(words[first][1], first + 1 < last and _leads(table, words[first], words[first + 1])):
            break
        first += 1
    while last > first and _is_ordinary(words[last - 1][1], True):
        last -= 1
    return words[first:last], first > 0


def _leads(table: NameWords, word: Word, following: Word) -> bool:
    """Whether a kind of firm may be the first word of a name, by the word behind it."""
    if following[1] & LINK or not following[1] & (PLAIN | PLACE):
        return True
    return f"{word[0]} {following[0]}".casefold() in table.pairs


def _is_ordinary(meaning: int, keeps_kind: bool) -> bool:
    """Whether a word at the edge of a run is no part of a name; a kind of firm may end or lead one ("Hotel Lumen")."""
    if meaning & (FANCY | LEGAL_BEFORE | LEGAL_AFTER) or (keeps_kind and meaning & KIND):
        return False
    return bool(meaning & (LINK | PLAIN))


def _with_places(table: NameWords, words: list[Word]) -> list[Word]:
    """The words with those that make up a place of two or three words marked as one."""
    folded = [word[0].casefold() for word in words]
    if table.place_starts.isdisjoint(folded[:-1]):
        return words
    marked = list(words)
    for size in (3, 2):
        for first in range(len(words) - size + 1):
            if " ".join(folded[first : first + size]) in table.places:
                marked[first : first + size] = [(word[0], PLACE, *word[2:]) for word in words[first : first + size]]
    return marked
