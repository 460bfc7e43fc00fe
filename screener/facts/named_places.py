"""Which of the names found in a text stand for places, and which are other words, people, languages or money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from screener.facts.gazetteer import DECOY, FIRST_FLAG_LETTER, GAZETTEER, PlaceEntry, read_data, role_words
from screener.languages import is_cased, joins_after
from screener.text import View, fold_all
from screener.text.blocks import Blocks

__all__ = ["PREFIX_SCRIPTS", "UNSPACED_SCRIPTS", "Named", "named_places"]

UNSPACED_SCRIPTS = Blocks((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF))
"""Thai, Lao, Burmese, Khmer, kana and Han, which are written without spaces."""

PREFIX_SCRIPTS = Blocks((0x0600, 0x06FF), (0x1200, 0x137F))
"""Arabic and Ethiopic, where a preposition is written in one with the name."""

ETHIOPIC = "\u1200"
"""From here on endings are written in one with the name too."""

LONGEST_PREFIX = 4
"""Letters of the longest run of prepositions written in one with a name."""

TAMIL_LAST_SIGNS = ("்", "ு")

NEXT_TO = 3
"""Most characters between a flag and the name of its country where both count as one."""

_NO_CUES: tuple[str, ...] = ()


class Named(NamedTuple):
    """A place name as it stands in a view's plain text."""

    entry: PlaceEntry
    start: int
    end: int


class _Neighbours(NamedTuple):
    """What may stand beside a name, of all languages; cues by the character that touches the name."""

    people_before: Mapping[str, tuple[str, ...]]
    people_after: Mapping[str, tuple[str, ...]]
    place_before: tuple[str, ...]
    place_after: tuple[str, ...]
    prepositions: tuple[str, ...]
    attached: frozenset[str]
    capitals: frozenset[str]
    other_words: Mapping[str, frozenset[str]]


def named_places(names: Iterable[tuple[str, int, int]], view: View, received: str, language: str) -> list[Named]:
    """The names that stand for places, the longest where several overlap, in reading order.

    Args:
        names: (place id, start, end) in ``view.plain``; the id of a decoy is empty.
        view: the reading the names were found in.
        received: the text as received, for its capitals.
        language: BCP 47 tag of the ad.
    """
    plain = view.plain
    taken = bytearray(len(plain))
    kept: list[Named] = []
    for place, start, end in sorted(names, key=lambda name: (name[1] - name[2], name[1])):
        if taken.find(1, start, end) >= 0 or not _is_whole(plain, start, end, language):
            continue
        if place == DECOY or place not in GAZETTEER:  # a name of an older gazetteer, compiled into a model
            taken[start:end] = b"\x01" * (end - start)
        elif not _is_other_word(view, received, start, end, language):
            taken[start:end] = b"\x01" * (end - start)
            if not _is_of_people(plain, start, end):
                # The stem of a Tamil name lacks the last sign, which endings push out.
                last = end + 1 if plain[end : end + 1] in TAMIL_LAST_SIGNS else end
                kept.append(Named(GAZETTEER[place], start, last))
    kept.sort(key=lambda name: name.start)
    return _without_doubled_flags(kept, plain)


def _ends_freely(language: str) -> bool:
    """Whether endings may stand in one with a name of Latin or Cyrillic letters."""
    return is_cased(language) and joins_after(language)


def _is_whole(plain: str, start: int, end: int, language: str) -> bool:
    """Whether what is written in one with the name may be: endings in Turkish, prepositions in Arabic."""
    first = plain[start]
    if first < "\u0600":
        has_ending = end < len(plain) and plain[end].isalpha() and plain[end - 1].isalpha()
        return not has_ending or _ends_freely(language) or plain[end] in UNSPACED_SCRIPTS
    if first in PREFIX_SCRIPTS:
        left = start
        while left and start - left <= LONGEST_PREFIX and plain[left - 1].isalpha():
            left -= 1
        is_end = first >= ETHIOPIC or end == len(plain) or not plain[end].isalpha()
        return is_end and (left == start or plain[left:start] in _neighbours().attached)
    if "ァ" <= first <= "ヿ":
        return not (_is_katakana(plain, start - 1) or _is_katakana(plain, end))
    return True


def _is_katakana(plain: str, index: int) -> bool:
    return 0 <= index < len(plain) and "ァ" <= plain[index] <= "ヿ" and plain[index] != "・"


def _is_other_word(view: View, received: str, start: int, end: int, language: str) -> bool:
    """Whether the letters are another word: in small letters where capitals are due, or in another language."""
    beside = _neighbours()
    phrase = view.plain[start:end]
    if language in beside.other_words.get(phrase, ()):
        return True
    if phrase not in beside.capitals:
        return False
    first, last = view.span(start, end)
    return not received[first:last].isupper()


def _is_of_people(plain: str, start: int, end: int) -> bool:
    """Whether the name is part of a word for people, a language, money, food or a company's origin."""
    beside = _neighbours()
    if end < len(plain):
        cues = beside.people_after.get(plain[end], _NO_CUES)
        if cues and plain.startswith(cues, end) and not plain.startswith(beside.place_after, end):
            return not plain.startswith(beside.prepositions, start)
    if start:
        cues = beside.people_before.get(plain[start - 1], _NO_CUES)
        if cues and plain.endswith(cues, 0, start) and not plain.endswith(beside.place_before, 0, start):
            return not plain.startswith(beside.prepositions, start)
    return False


def _without_doubled_flags(found: Sequence[Named], plain: str) -> list[Named]:
    """The places without the flags that stand beside the name of a place in the same country."""
    kept = []
    for index, place in enumerate(found):
        if _is_flag(plain, place):
            near = (*found[max(index - 1, 0) : index], *found[index + 1 : index + 2])
            gaps = (
                max(other.start - place.end, place.start - other.end)
                for other in near
                if other.entry.country == place.entry.country and not _is_flag(plain, other)
            )
            if any(gap <= NEXT_TO for gap in gaps):
                continue
        kept.append(place)
    return kept


def _is_flag(plain: str, place: Named) -> bool:
    return ord(plain[place.start]) >= FIRST_FLAG_LETTER


@cache
def _neighbours() -> _Neighbours:
    roles, words = role_words(), read_data("not_places.toml")
    beside = {key: tuple(dict.fromkeys(_folded(cues))) for key, cues in roles["not_a_place"].items()}
    before: dict[str, tuple[str, ...]] = {}
    after: dict[str, tuple[str, ...]] = {}
    for cue in beside["before"]:
        before[cue[-1]] = (*before.get(cue[-1], ()), cue)
    for cue in beside["after"]:
        after[cue[0]] = (*after.get(cue[0], ()), cue)
    others: dict[str, list[str]] = words["other_words"]
    return _Neighbours(
        people_before=before,
        people_after=after,
        place_before=beside["before_unless"],
        place_after=beside["after_unless"],
        prepositions=beside["starts"],
        attached=frozenset(fold_all(roles["attached"]["before"])),
        capitals=frozenset(fold_all(words["capitals"])),
        other_words=dict(zip(fold_all(others), map(frozenset, others.values()), strict=True)),
    )


def _folded(cues: Sequence[str]) -> Iterator[str]:
    """Cues folded, with the spaces at their edges, which are part of them."""
    bare = [cue.strip(" ") for cue in cues]
    for cue, word, folded in zip(cues, bare, fold_all(bare), strict=True):
        at = cue.index(word)
        yield cue[:at] + folded + cue[at + len(word) :]
