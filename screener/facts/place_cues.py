"""What the words around a place say of its part in the journey: the nearest cue word in the sentence decides.

Cue words are data, by language: ``data/place_roles.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple

from screener.facts.gazetteer import role_words
from screener.facts.named_places import UNSPACED_SCRIPTS, Named
from screener.text import fold, fold_all
from screener.text.blocks import Blocks

__all__ = ["Cue", "is_choice", "read_cues"]

Cue = Literal["recruiting", "transit", "workplace", "leaving", "reaching", "promised", "compared"]
"""What is said of a place: its role, only that the journey leaves it or reaches it, or that another is held to it."""

PRECEDENCE: Mapping[Cue, int] = {
    "compared": -1, "transit": 0, "recruiting": 1, "workplace": 2, "leaving": 3, "reaching": 4,
}  # fmt: skip
"""Which of two cues at the same distance is believed."""

SENTENCE = 40
"""Characters of the sentence that are read before and after a place."""

LEG = 12
"""Most characters between two legs of a journey drawn with arrows, or between two places of a list."""

COMMAS = ",、،፣၊"

_SIGNS = str.maketrans(
    {
        **dict.fromkeys(".!?。؟।။។።۔;\r", "\n"),
        **dict.fromkeys(COMMAS + ':()[]{}|/\\"*#&+=<>~_-·•', " "),
    }
)
_CLAUSE = {**_SIGNS, **str.maketrans(dict.fromkeys(COMMAS, "\n"))}

JOINING_SCRIPTS = Blocks((0x0900, 0x0DFF), (0x1200, 0x137F), (0xAC00, 0xD7A3))
"""The scripts of India, Ethiopic and Hangul: what follows a name is joined to it or takes endings."""

RUNNING_SCRIPTS = UNSPACED_SCRIPTS | JOINING_SCRIPTS
"""Scripts in which the cue after a place is the beginning of what follows, not a word."""

_Table = Mapping[str, tuple[int, Mapping[str, Cue]]]
"""Cues by the word that touches the place, or the character in scripts without spaces, with their most pieces."""

_NONE: tuple[int, Mapping[str, Cue]] = (0, {})


class _Cues(NamedTuple):
    before: _Table
    after: _Table


class _Grammar(NamedTuple):
    """What is common to all languages; see the head of the data file."""

    touching: int
    gap: int
    articles: frozenset[str]
    joiners: frozenset[str]
    choices: frozenset[str]
    arrows: tuple[str, ...]


def read_cues(found: Sequence[Named], plain: str, language: str) -> list[Cue | None]:
    """What is said of each place: by its journey, its nearest cue or the list it stands in; None where nothing is."""
    table = _cues(language)
    cues: list[Cue | None] = []
    for index, place in enumerate(found):
        left = found[index - 1].end if index else 0
        right = found[index + 1].start if index + 1 < len(found) else len(plain)
        before = plain[max(left, place.start - SENTENCE) : place.start]
        cue = _nearest(before, plain[place.end : min(right, place.end + SENTENCE)], table)
        if cue is None and index and _are_listed(plain[left : place.start]):
            # What is compared ends at a comma: "better than Korea, Japan".
            is_over = cues[-1] == "compared" and any(comma in plain[left : place.start] for comma in COMMAS)
            cue = None if is_over else cues[-1]
        cues.append(cue)
    if len(found) > 1:
        _read_journeys(found, plain, cues)
    return cues


def _nearest(before: str, after: str, table: _Cues) -> Cue | None:
    head = before.translate(_CLAUSE).rpartition("\n")[2].rstrip()
    tail = after.translate(_CLAUSE).partition("\n")[0].strip()
    candidates = []
    if head:
        candidates += _cue(head, table.before, is_unspaced=head[-1] in UNSPACED_SCRIPTS, is_before=True)
    if tail:
        candidates += _cue(tail, table.after, is_unspaced=tail[0] in RUNNING_SCRIPTS, is_before=False)
    return min(candidates, key=lambda cue: (cue[0], PRECEDENCE[cue[1]]))[1] if candidates else None


def _cue(text: str, table: _Table, *, is_unspaced: bool, is_before: bool) -> list[tuple[int, Cue]]:
    """The cue nearest to the place in the text on one side of it and its distance, in a list of none or one."""
    grammar = _grammar()
    pieces: Sequence[str]
    if is_unspaced:
        is_joined = text[0] in JOINING_SCRIPTS
        pieces, joined, gap, touching = text.replace(" ", ""), "".join, 0 if is_joined else grammar.gap, 2
    else:
        pieces = [word for word in text.split() if word not in grammar.articles]
        joined, gap, touching = " ".join, 1, grammar.touching
    for skipped in range(min(gap + 1, len(pieces))):
        last = len(pieces) - skipped
        most, cues = table.get(pieces[last - 1] if is_before else pieces[skipped], _NONE)
        for count in range(min(most, last), 0, -1):
            cue = joined(pieces[last - count : last] if is_before else pieces[skipped : skipped + count])
            if cue in cues and (skipped == 0 or len(cue) >= touching):
                return [(skipped, cues[cue])]
    return []


def _are_listed(between: str) -> bool:
    """Whether two places are members of one list: nothing but commas and words for `and` between them."""
    if len(between) > LEG:
        return False
    bare = between.translate(_SIGNS)
    return "\n" not in bare and _grammar().joiners.issuperset(bare.split())


def is_choice(between: str) -> bool:
    """Whether the words between two places, as received, leave a choice between them: "Laos or Cambodia"."""
    if not 0 < len(between) <= LEG:
        return False
    return " ".join(fold(between).translate(_SIGNS).split()) in _grammar().choices


def _read_journeys(found: Sequence[Named], plain: str, cues: list[Cue | None]) -> None:
    """Give the places of each journey drawn with arrows or dashes their part, from the first by others to the last.

    Two places and a dash are no journey yet (Dubai - UAE), nor is one that ends in the country it began in.
    """
    first = 0
    for index in range(1, len(found) + 1):
        if index < len(found) and _is_leg(plain[found[index - 1].end : found[index].start]):
            continue
        drawn = plain[found[first].end : found[index - 1].start]
        fewest = 2 if any(arrow in drawn for arrow in _grammar().arrows) else 3
        if index - first >= fewest and found[first].entry.country != found[index - 1].entry.country:
            cues[first] = "recruiting"
            cues[first + 1 : index - 1] = ["transit" for _ in range(first + 1, index - 1)]
            cues[index - 1] = cues[index - 1] or "promised"
        first = index


def _is_leg(between: str) -> bool:
    """Whether an arrow or dash stands between two places, and no word or comma."""
    signs = between.strip()
    if not signs or len(between) > LEG or any(sign.isalnum() or sign in ",/\n" for sign in signs):
        return False
    return signs == "-" or any(arrow in signs for arrow in _grammar().arrows)


@cache
def _grammar() -> _Grammar:
    table = role_words()
    return _Grammar(
        touching=table["touching"],
        gap=table["gap"],
        articles=frozenset(fold_all(table["articles"])),
        joiners=frozenset(fold_all(table["joiners"])),
        choices=frozenset(fold_all(table["choices"])),
        arrows=tuple(table["arrows"]),
    )


@cache
def _cues(language: str) -> _Cues:
    table = role_words()
    sides: dict[str, dict[str, Cue]] = {"before": {}, "after": {}}
    for tag in (language, *table["read_with"].get(language, ()), "en"):
        for said in PRECEDENCE:
            for side, listed in table.get(tag, {}).get(said, {}).items():
                for cue in fold_all(listed.strip().replace("\n", " | ").split(" | ")):
                    sides[side].setdefault(_bare(cue, side), said)
    return _Cues(_by_touching(sides["before"].items(), -1), _by_touching(sides["after"].items(), 0))


def _bare(cue: str, side: str) -> str:
    """A folded cue as the text around a place is read: without signs and articles."""
    articles = _grammar().articles
    words = [word for word in cue.translate(_SIGNS).split() if word not in articles]
    scripts = UNSPACED_SCRIPTS if side == "before" else RUNNING_SCRIPTS
    return "".join(words) if words and words[0][0] in scripts else " ".join(words)


def _by_touching(cues: Iterable[tuple[str, Cue]], end: int) -> _Table:
    """Cues by their last piece where they stand before a place (`end` -1), by their first where after it (0)."""
    scripts = UNSPACED_SCRIPTS if end else RUNNING_SCRIPTS
    table: dict[str, tuple[int, dict[str, Cue]]] = {}
    for cue, said in cues:
        pieces: Sequence[str] = cue if cue and cue[end] in scripts else cue.split()
        if pieces:
            most, of_near = table.get(pieces[end], (0, {}))
            table[pieces[end]] = (max(most, len(pieces)), {**of_near, cue: said})
    return table
