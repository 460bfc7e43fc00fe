"""Runs of capitalised words and what stands around them, the stuff names of firms are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from screener.facts.name_words import (
    FANCY,
    FIRM,
    HEAD,
    HELPING,
    IN,
    LEGAL_AFTER,
    LEGAL_BEFORE,
    LINK,
    NAMED,
    PLACE,
    PLAIN,
    PROPER,
    SLOPPY,
    TITLE,
    WORKPLACE,
    NameWords,
    name_words,
)
from screener.text.blocks import Blocks

Word = tuple[str, int, int, int]
"""A word as written, its meaning, and its half-open range in the text as received."""

KIND = FIRM | WORKPLACE
_NEAR = 3
"""Ordinary words that may stand between a kind of workplace and the name it announces."""
_SHORT = 700
"""Code points. In a longer text two bare capitals are more often a heading or a skill than a name."""
_EDGES = (
    ".,;:!?()[]{}<>\"'`´“”„«»‹›‘’…·•|/\\*_~–—―-+=#^%✔✅▪★☆►➡👉🔥⭐✨🌟💥📢📣📌✈️"
    "、。，：；！？（）【】「」『』《》〔〕￭■●◆◎○"
)
_QUOTES = "\"'“”„«»‘’"
_OPENING = frozenset(_QUOTES)
_ABBREVIATED = frozenset(
    ("co", "st", "pvt", "pte", "bhd", "sdn", "inc", "ltd", "corp", "dr", "mr", "mrs", "ms", "int", "intl", "mgmt")
)


@dataclass(slots=True)
class Run:
    """A run of capitalised words and what stands around it."""

    words: list[Word]
    nouns: bool
    """In its text every noun has a capital."""
    shouted: bool
    """Its whole line is in capitals."""
    heads: bool
    """It stands first in its line."""
    short: bool
    """Its text is short, so that a name may stand in it without further ado."""
    before: str = ""
    """The word before it, empty where the run opens its clause."""
    earlier: str = ""
    """The word before that."""
    after: str = ""
    """The word behind it, empty where the run closes its clause."""
    near: bool = False
    """A kind of firm or workplace stands a few words before."""
    opens: bool = True
    """Nothing stands before it in its clause."""
    closes: bool = True
    """Nothing stands behind it in its clause."""
    quoted: bool = False
    speaks: bool = False
    """It heads a line of a pasted chat: the one who speaks."""


class _Unspaced(dict[int, str]):
    """Turns letters of scripts without capitals or spaces, and wide punctuation, into line breaks, one for one."""

    _BREAKING = Blocks(
        (0x00B7, 0x00B7),
        (0x0E00, 0x109F),
        (0x1780, 0x17FF),
        (0x2E80, 0xA4CF),
        (0xAC00, 0xD7AF),
        (0xFE30, 0xFE4F),
        (0xFF00, 0xFFEF),
    )
    _BLANK = frozenset((0x09, 0xA0, 0x2003, 0x2009, 0x200B, 0x202F, 0x3000, 0xFEFF))

    def __missing__(self, code: int) -> str:
        character = chr(code)
        result = " " if code in self._BLANK else "\n" if character in self._BREAKING else character
        self[code] = result
        return result


_UNSPACED = _Unspaced()


def read_runs(table: NameWords, received: str) -> Iterator[Run]:
    """The runs of a text, in order; offsets are those of `received`. Runs of ordinary words alone are left out."""
    text = received.replace("\t", " ") if received.isascii() else received.translate(_UNSPACED)
    nouns = len(table.noun_marks.intersection(text.split())) >= table.least_marks
    offset = 0
    for line in text.split("\n"):
        if line and not line.islower():
            yield from _line_runs(table, line, offset, nouns, len(text) <= _SHORT)
        offset += len(line) + 1


def _line_runs(table: NameWords, line: str, offset: int, nouns: bool, short: bool) -> Iterator[Run]:
    """The runs of one line that starts at `offset`. Words in small letters are only looked at beside a run."""
    texts = line.split(" ")
    shouted = line.isupper()
    behind = 0
    for first in [position for position, text in enumerate(texts) if not text.islower()]:
        if first < behind:
            continue
        offset += sum(map(len, texts[behind:first])) + first - behind
        behind = first
        piece = _piece(texts[first])
        if not piece.capital or _is_lone(piece, texts, first):
            continue
        words, end, closing = _collected(texts, first, offset)
        if _may_name(words):
            yield _in_context(table, texts, first, end, Run(words, nouns, shouted, first == 0, short), closing)
        offset += sum(map(len, texts[first:end])) + end - first
        behind = end


def _is_lone(piece: _Piece, texts: list[str], first: int) -> bool:
    """Whether a capitalised word stands alone and is one that by itself names nobody."""
    if not piece.closes:
        following = texts[first + 1] if first + 1 < len(texts) else ""
        if not following.islower() or _piece(following).meaning & (LINK | LEGAL_AFTER):
            return False
    if piece.meaning:
        return bool(piece.meaning & (PLAIN | PLACE | TITLE) and not piece.meaning & (KIND | FANCY | LEGAL_BEFORE))
    before = _piece(texts[first - 1]) if first else _EMPTY
    announced = before.meaning & NAMED or before.tail in _OPENING or piece.lead[-1:] in _OPENING
    return not announced and not is_compound(piece.core)


def _may_name(words: list[Word]) -> bool:
    """Whether a run could be a name at all, so that it is worth looking around it."""
    union = 0
    for word in words:
        if not word[1]:
            return True
        union |= word[1]
    return bool(union & (FANCY | LEGAL_AFTER | LEGAL_BEFORE | HEAD) or (union & PLACE and union & FIRM))


def _collected(texts: list[str], position: int, start: int) -> tuple[list[Word], int, str | None]:
    """The words of the run that begins at a position, the position behind it, and the signs that close it, if any."""
    words: list[Word] = []
    while position < len(texts):
        text = texts[position]
        piece = _piece(text) if text else _EMPTY
        if piece.core:
            if words and piece.breaks:
                return words, position, piece.lead
            meaning = piece.meaning
            if not piece.capital and (not words or not _continues(piece)):
                return words, position, None
            words.append((piece.core, meaning, start + piece.at, start + piece.at + len(piece.core)))
            if piece.closes:
                return words, position + 1, piece.tail
        elif text == "&":
            words.append(("&", LINK, start, start + 1))
        elif text:
            return words, position, text
        start += len(text) + 1
        position += 1
    return words, position, ""


def _continues(piece: _Piece) -> bool:
    """Whether a word without a capital belongs to the run before it."""
    if piece.meaning & LEGAL_AFTER or (piece.core.isdigit() and len(piece.core) < 4):
        return True
    return bool(piece.meaning & LINK) and not piece.closes


def _in_context(table: NameWords, texts: list[str], first: int, behind: int, run: Run, closing: str | None) -> Run:
    """The run with what stands before and behind it; `closing`: the signs that close it, None where none do."""
    head = _piece(texts[first])
    opening = head.lead[-1:] or (texts[first - 1] if first else "")
    run.quoted = bool(closing) and opening in _OPENING and str(closing)[0] in _QUOTES
    run.speaks = first == 0 and not head.lead and bool(closing) and str(closing).startswith(":")
    if closing is None:
        run.closes = False
        helped = _piece(texts[behind]).meaning & HELPING and behind + 1 < len(texts) and texts[behind + 1]
        run.after = _piece(texts[behind + 1 if helped else behind]).folded
    if not head.breaks:
        _look_back(table, texts, first, run)
    return run


def _look_back(table: NameWords, texts: list[str], first: int, run: Run) -> None:
    """Note the words before a run, as far as its clause reaches, and whether a kind of firm is among them."""
    small = 0
    for position in range(first - 1, max(first - 3 - _NEAR, -1), -1):
        piece = _piece(texts[position]) if texts[position] else _EMPTY
        told = position == first - 1 and piece.tail.startswith(":")
        if not piece.core or (piece.closes and not told):
            break
        if position == first - 1:
            run.before = piece.folded
            run.opens = told
        elif position == first - 2:
            run.earlier = piece.folded
        small += not piece.capital
        if told or small > _NEAR + 1:
            break
        previous = _piece(texts[position - 1]).folded if position and texts[position - 1] else ""
        if piece.meaning & (KIND | SLOPPY | LEGAL_BEFORE) or f"{previous} {piece.folded}" in table.pairs:
            run.near = not table.meanings.get(run.before, 0) & IN
            break


class _Piece(NamedTuple):
    """What stands between two spaces: signs, a word and what it means, signs."""

    lead: str
    core: str
    tail: str
    at: int
    """Where the word begins, an elided article left out."""
    folded: str
    meaning: int
    capital: bool
    breaks: bool
    """Signs before it begin a clause."""
    closes: bool
    """Signs behind it end its clause."""


_EMPTY = _Piece("", "", "", 0, "", 0, capital=False, breaks=False, closes=False)


@lru_cache(maxsize=20_000)
def _piece(text: str) -> _Piece:
    core = text.strip(_EDGES)
    if not core:
        return _EMPTY._replace(tail=text)
    lead, _, tail = text.partition(core)
    at = len(lead)
    if core[-2:] in ("'s", "’s") and len(core) > 2:
        core, tail = core[:-2], core[-2:] + tail
    if core[1:2] in ("'", "’") and len(core) > 3:
        core, at = core[2:], at + 2
    folded = core.casefold()
    meaning = _meaning(name_words(), core, folded)
    abbreviated = tail == "." and (folded in _ABBREVIATED or len(folded) == 1)
    return _Piece(
        *(lead, core, tail, at, folded, meaning),
        capital=_is_capital(core, meaning),
        breaks=bool(lead.strip(_QUOTES)),
        closes=bool(tail.strip(_QUOTES)) and not abbreviated,
    )


def is_compound(core: str) -> bool:
    """Whether a word has a capital inside, as only brands have ("PackRite")."""
    return len(core) > 5 and core.isalpha() and not core.isupper() and any(map(str.isupper, core[3:]))


def _is_capital(core: str, meaning: int) -> bool:
    """Whether a word is written as in a name; a kind of firm may hide its capital ("iGaming", "eCommerce")."""
    return core[0].isupper() or core[0].istitle() or bool(meaning & FIRM and core[1:2].isupper())


def _meaning(table: NameWords, core: str, folded: str) -> int:
    """The meaning of a word; a plural has that of its singular, a compound is plain where every part is."""
    meaning = table.spellings.get(core, 0) | table.meanings.get(folded, 0)
    if meaning or len(folded) < 4:
        return meaning
    if folded[-1] == "s" and (meaning := table.meanings.get(folded[:-1], 0)):
        return meaning
    for joint in "-/–&’'":
        if joint in folded:
            parts = [table.meanings.get(part, 0) for part in folded.split(joint) if part]
            if parts and all(part & (PLAIN | PLACE) for part in parts):
                return PLAIN
            if any(part & PLACE for part in parts):
                return PLACE
    return PROPER
