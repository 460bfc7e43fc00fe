"""Names of firms in scripts with capital letters, found by the company capitalised words keep.

A run of capitalised words is a name when a legal form stands at it ("PT Bina Karya", "Lakeshore Ltd"), when it joins
a kind of firm or workplace with a proper word ("Hotel Lumen", "Victoria Shore Manpower"), or when it is announced
("company: ...", "... is hiring") or stands by itself. Ordinary words, places, streets and persons make no name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screener.facts.name_words import (
    AGENCY, AT, FANCY, FIRM, HEAD, HIRING, IN, LEGAL_AFTER, LEGAL_BEFORE, LINK, NAMED, PLACE, PLAIN, PROPER, SLOPPY,
    STREET, TITLE, TOLD, WORKPLACE, NameWords, name_words,
)
from screener.records import EmployerKind

Name = tuple[EmployerKind, int, int]
"""The kind of a name and its half-open range in the text as received."""

MAX_NAMES = 100
"""Names read from one text; an ad has a few."""

_EDGES = ".,;:!?()[]{}<>\"'`´“”„«»‹›‘’…·•|/\\*_~–—―-+=#^%✔✅▪★☆►➡👉🔥⭐✨🌟💥📢📣📌✈️·、。，：；！？（）【】「」『』《》〔〕￭■●◆◎○"
_QUOTES = "\"'“”„«»‘’"
_ABBREVIATED = frozenset("co st pvt pte bhd sdn inc ltd corp dr mr mrs ms int intl mgmt s.a".split())
_KIND = FIRM | WORKPLACE
_NEAR = 3
"""Ordinary words that may stand between a kind of workplace and the name it announces."""


class _Unspaced(dict[int, str]):
    """Turns letters of scripts without capitals or spaces, and wide punctuation, into line breaks, one for one."""

    def __missing__(self, code: int) -> str:
        breaks = 0x0E00 <= code < 0x1000 or 0x1000 <= code < 0x10A0 or 0x1780 <= code < 0x1800
        breaks = breaks or 0x2E80 <= code < 0xA4D0 or 0xAC00 <= code < 0xD7B0 or 0xFE30 <= code < 0xFE50
        breaks = breaks or 0xFF00 <= code < 0xFFF0 or code == 0xB7
        spaces = code in (0x09, 0xA0, 0x3000, 0x2003, 0x2009, 0x202F, 0x200B, 0xFEFF)
        result = "\n" if breaks and code != 0x3000 else " " if spaces else chr(code)
        self[code] = result
        return result


_UNSPACED = _Unspaced()


@dataclass(slots=True)
class _Run:
    """A run of capitalised words and what stands around it."""

    words: list[tuple[str, int, int, int]]
    """Each word as written, its meaning, its start and end."""
    before: str
    earlier: str
    near: bool
    """A kind of firm or workplace stands a few words before."""
    opens: bool
    """Nothing stands before it in its sentence."""
    shouted: bool
    nouns: bool
    """In this text every noun has a capital."""
    quoted: bool = False
    speaks: bool = False
    """It heads a line of a pasted chat: the one who speaks."""
    after: str = ""
    closes: bool = True


def cased_names(received: str) -> Iterator[Name]:
    """The names of a text as received, in order; offsets are those of `received`."""
    table = name_words()
    if not received.isascii():
        received = received.translate(_UNSPACED)
    elif "\t" in received:
        received = received.replace("\t", " ")
    nouns = len(table.noun_marks.intersection(received.split())) >= table.least_marks
    found = 0
    offset = 0
    for line in received.split("\n"):
        for run in _runs(table, line, offset, nouns):
            name = _judge(table, run)
            if name:
                yield name
                found += 1
        if found >= MAX_NAMES:
            return
        offset += len(line) + 1


def _runs(table: NameWords, line: str, offset: int, nouns: bool) -> Iterator[_Run]:
    """The runs of capitalised words of one line that starts at `offset`."""
    run: _Run | None = None
    before = earlier = last = ""
    countdown = 0
    opens = True
    quote = False
    shouted = line.isupper()
    head = offset
    for token in line.split(" "):
        start = offset
        offset += len(token) + 1
        core = token.strip(_EDGES)
        if not core:
            if run and token == "&":
                run.words.append(("&", LINK, start, start + 1))
            elif token:
                if run:
                    run.quoted = run.quoted and token[0] in _QUOTES
                    yield run
                run, before, earlier, opens = None, "", "", True
                quote = token in _QUOTES
            continue
        lead, _, tail = token.partition(core)
        start += len(lead)
        core, possessive = _without_possessive(core)
        if core[1:2] in ("'", "’") and len(core) > 3:
            core, start = core[2:], start + 2
        word = core.casefold()
        meaning = _meaning(table, core, word)
        breaks_before = bool(lead.strip(_QUOTES))
        breaks_after = possessive or (bool(tail.strip(_QUOTES)) and not (tail == "." and (word in _ABBREVIATED or len(word) == 1)))
        if run and breaks_before:
            yield run
            run, before, earlier, countdown = None, "", "", 0
        opens = opens or breaks_before
        item = (core, meaning, start, start + len(core))
        if _is_capital(core, meaning) or (run and core.isdigit() and len(core) < 4):
            if run is None:
                near = countdown > 0 and not table.meanings.get(before, 0) & IN
                run = _Run([], before, earlier, near, opens, shouted, nouns, quote or (bool(lead) and lead[-1] in _QUOTES))
            run.words.append(item)
            if breaks_after:
                run.quoted = run.quoted and bool(tail) and tail[0] in _QUOTES
                run.speaks = tail.startswith(":") and run.words[0][2] - len(lead) == head
                yield run
                run = None
            before = earlier = ""
        elif run and not breaks_before and (meaning & LEGAL_AFTER or (meaning & LINK and not breaks_after)):
            run.words.append(item)
        else:
            if run:
                run.after, run.closes = word, False
                yield run
                if any(item[1] & (_KIND | LEGAL_BEFORE) for item in run.words):
                    countdown = _NEAR + 1
                run = None
            if meaning & SLOPPY or _is_kind(table, last, word, meaning):
                countdown = _NEAR + 1
            countdown -= 1
            before, earlier = word, before
        last = word
        quote = False
        opens = breaks_after
        if breaks_after:
            countdown = 0
            earlier, before = ("", before) if tail.startswith(":") else ("", "")
    if run:
        yield run


def _is_capital(core: str, meaning: int) -> bool:
    """Whether a word is written as in a name; a kind of firm may hide its capital ("iGaming", "eCommerce")."""
    return core[0].isupper() or core[0].istitle() or bool(meaning & FIRM and core[1:2].isupper())


def _is_kind(table: NameWords, last: str, word: str, meaning: int) -> bool:
    return bool(meaning & _KIND) or (bool(last) and f"{last} {word}" in table.pairs)


def _without_possessive(core: str) -> tuple[str, bool]:
    if core[-2:] in ("'s", "’s"):
        return core[:-2], True
    return core, False


def _meaning(table: NameWords, core: str, word: str) -> int:
    """The meaning of a word; a plural has that of its singular, a compound is plain where every part is."""
    meaning = table.spellings.get(core, 0) | table.meanings.get(word, 0)
    if meaning or len(word) < 4:
        return meaning
    if word[-1] == "s" and (meaning := table.meanings.get(word[:-1], 0)):
        return meaning
    for joint in "-/–&’'":
        if joint in word:
            parts = [table.meanings.get(part, 0) for part in word.split(joint) if part]
            if parts and all(part & (PLAIN | PLACE) for part in parts):
                return PLAIN
            if any(part & PLACE for part in parts):
                return PLACE
    return PROPER


def _judge(table: NameWords, run: _Run) -> Name | None:
    """The name in a run, or None."""
    words, dropped = _trimmed(table, run.words)
    if not words:
        return None
    union = 0
    for _, meaning, _, _ in words:
        union |= meaning
    if words[0][1] & TITLE and not union & (_KIND | LEGAL_AFTER):
        return None
    proper = sum(_is_proper(item, run.shouted) for item in words)
    if union & FIRM:
        proper += sum(bool(item[1] & HEAD) for item in words)
    unknown = proper
    if run.nouns and not _is_proper_among_nouns(table, words, union):
        proper = 0
    fancy = sum(bool(item[1] & FANCY and not item[1] & _KIND) for item in words)
    street = bool(words[-1][1] & STREET and not words[-1][1] & (FANCY | FIRM))
    kind: EmployerKind = "agency" if union & AGENCY else "employer"
    name: Name = (kind, words[0][2], words[-1][3])
    if _has_legal_form(words, proper + fancy):
        return name
    if street or (words[0][1] & HEAD and not union & _KIND):
        return None
    if union & FIRM and (proper + fancy or _is_place_firm(words)):
        return name
    if union & WORKPLACE and (fancy or (proper and not run.shouted)):
        return name
    strong = proper + fancy >= 2 or any(item[1] == PROPER and _is_compound(item[0]) for item in words)
    if _is_announced(table, run, proper + fancy, strong) or (unknown + fancy and _hires(table, run, words)):
        return name
    if strong and not union & LINK:
        stands_alone = run.opens and run.closes and not dropped and (fancy > 0 or not (run.speaks or run.shouted))
        if stands_alone or table.meanings.get(run.before, 0) & AT:
            return name
    return None


def _is_proper_among_nouns(table: NameWords, words: list[tuple[str, int, int, int]], union: int) -> bool:
    """Where every noun has a capital: whether an unknown word may be a proper one, by the kind beside it."""
    firm = any(item[1] & FIRM and item[0].casefold() not in table.noun_kinds for item in words)
    leads = bool(words[0][1] & WORKPLACE) and len(words) == 2
    return firm or leads or bool(union & (LEGAL_AFTER | LEGAL_BEFORE))


def _is_announced(table: NameWords, run: _Run, weight: int, strong: bool) -> bool:
    """Whether the words around a run announce it as a firm's name."""
    meanings = table.meanings
    if run.near and (strong or (weight and (run.quoted or meanings.get(run.before, 0) & NAMED))):
        return True
    if run.quoted and strong and len(run.words) > 1:
        return True
    told = meanings.get(run.before, 0) & TOLD or (meanings.get(run.earlier, 0) & TOLD and meanings.get(run.before, 0) & AT)
    if told and strong:
        return True
    return bool(strong and meanings.get(run.after, 0) & WORKPLACE)


def _hires(table: NameWords, run: _Run, words: list[tuple[str, int, int, int]]) -> bool:
    """Whether a run heads a sentence as the one who hires ("Rimbun Data Asia mencari ...")."""
    several = len(words if run.nouns else run.words) > 1 or any(_is_compound(item[0]) for item in words)
    return several and run.opens and bool(table.meanings.get(run.after, 0) & HIRING)


def _is_place_firm(words: list[tuple[str, int, int, int]]) -> bool:
    """Whether a place stands before two words for a firm ("Verona BPO Services")."""
    return bool(words[0][1] & PLACE) and sum(bool(item[1] & FIRM and not item[1] & PLAIN) for item in words) > 1


def _is_compound(core: str) -> bool:
    """Whether a word has a capital inside, as only brands have ("PackRite")."""
    return len(core) > 5 and core.isalpha() and not core.isupper() and any(map(str.isupper, core[3:]))


def _trimmed(table: NameWords, words: list[tuple[str, int, int, int]]) -> tuple[list[tuple[str, int, int, int]], bool]:
    """A run without the ordinary words at its ends, its places marked; and whether a word before was dropped."""
    if len(words) > 1:
        words = _with_places(table, words)
    first, last = 0, len(words)
    while first < last:
        leads = first + 1 < last and not words[first + 1][1] & (PLAIN | PLACE)
        if not _is_ordinary(words[first][1], leads):
            break
        first += 1
    while last > first and _is_ordinary(words[last - 1][1], True):
        last -= 1
    return words[first:last], first > 0


def _is_ordinary(meaning: int, keeps_kind: bool) -> bool:
    """Whether a word at the edge of a run is no part of a name; a kind of firm may end or lead one ("Hotel Lumen")."""
    if meaning & (FANCY | LEGAL_BEFORE | LEGAL_AFTER) or (keeps_kind and meaning & _KIND):
        return False
    return bool(meaning & (LINK | PLAIN))


def _with_places(table: NameWords, words: list[tuple[str, int, int, int]]) -> list[tuple[str, int, int, int]]:
    """The words with those that make up a place of two or three words marked as one."""
    folded = [item[0].casefold() for item in words]
    marked = list(words)
    for size in (3, 2):
        for first in range(len(words) - size + 1):
            if " ".join(folded[first : first + size]) in table.places:
                for index in range(first, first + size):
                    core, _, start, end = words[index]
                    marked[index] = (core, PLACE, start, end)
    return marked


def _has_legal_form(words: list[tuple[str, int, int, int]], weight: int) -> bool:
    if any(item[1] & LEGAL_AFTER for item in words[1:]) and (weight or len(words) > 2):
        return True
    if not words[0][1] & LEGAL_BEFORE or len(words) < 2:
        return False
    second = words[1][1]
    if second == PROPER:
        return words[1][0].isalpha()
    return bool(second & (FANCY | FIRM | LEGAL_BEFORE)) and (weight > 0 or not second & PLAIN)


def _is_proper(item: tuple[str, int, int, int], shouted: bool) -> bool:
    """Whether a word is one that means nothing known, and no mere abbreviation."""
    core, meaning, _, _ = item
    if meaning or len(core) < 3 or any(character.isdigit() for character in core):
        return False
    return shouted or not (core.isupper() and len(core) < 6)
