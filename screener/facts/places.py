"""The places an ad names and the part each has in the journey: where it recruits, passes through, and has the job.

Rules are few: a name is a place unless its neighbours say otherwise (people, language, money); the nearest cue word
in the sentence gives it a role; a place without a cue is where the job is promised to be, or the reader's home where
another country is named beside it. Names and cue words are data, see `gazetteer.py` and ``data/place_roles.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from screener.facts.gazetteer import (
    DECOY,
    GAZETTEER,
    HUB_COUNTRIES,
    PREFIX_SCRIPTS,
    UNSPACED_SCRIPTS,
    HubCountry,
    PlaceEntry,
    PlaceName,
    place_names,
    read_data,
)
from screener.languages import LANGUAGES
from screener.records import Contact, Offer, Place, PlaceRole
from screener.text import View, fold

__all__ = [
    "GAZETTEER",
    "HUB_COUNTRIES",
    "HubCountry",
    "PlaceEntry",
    "PlaceName",
    "hub_level",
    "place_names",
    "read_places",
    "recruiting_country",
    "workplace_country",
]

MAX_PLACES = 200
"""Places read from one text; an ordinary ad has fewer than ten."""

SENTENCE = 60
"""Characters of the sentence that are read before and after a place."""

NEXT_TO = 3
"""Most characters between a flag and the name of its country where both count as one."""

LEG = 12
"""Most characters of an arrow, with the signs around it, between two legs of a journey."""

Cue = Literal["recruiting", "transit", "workplace", "promised", "leaving", "reaching"]
"""What the words around a place say of it: its role, or that the journey leaves it or reaches it."""

FEW_HOMES = 2
"""A language at home in no more countries than this tells where its readers are."""

_PRECEDENCE: dict[Cue, int] = {"transit": 0, "recruiting": 1, "workplace": 2, "leaving": 3, "reaching": 4, "promised": 5}
"""Which of two cues at the same distance is believed."""

_SIGNS = str.maketrans({**dict.fromkeys(".!?。؟।။;\r", "\n"), **dict.fromkeys(',:()[]{}|/\\"*#&+=<>~_-·•、،', " ")})


class _Named(NamedTuple):
    """A place name as it stands in a view's plain text."""

    entry: PlaceEntry
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cue words of one language, by how it is written: words between spaces, or runs of signs without."""

    before: dict[str, Cue]
    after: dict[str, Cue]
    most_words: int
    most_signs: int


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What may stand beside a name, of all languages."""

    people_before: tuple[str, ...]
    people_after: tuple[str, ...]
    place_before: tuple[str, ...]
    place_after: tuple[str, ...]
    attached: frozenset[str]
    articles: frozenset[str]
    joiners: frozenset[str]
    arrows: tuple[str, ...]
    touching: int
    gap: int
    capitals: frozenset[str]
    other_words: dict[str, frozenset[str]]


def read_places(
    names: Sequence[tuple[str, int, int]], view: View, offer: Offer, language: str
) -> tuple[Place, ...]:
    """Places of the offer, those told beside the text first, then those of the text in reading order.

    Args:
        names: (place id, start, end) of every name the scan found in ``view.plain``, overlapping ones included.
        view: the reading the names were found in.
        offer: the offer as told; its text is the one `view` maps back to.
        language: BCP 47 tag of the ad, ``und`` where unsure.

    Returns:
        Places with offsets in the text as received; ``start == end == 0`` for what was told beside it.
    """
    found = _named(names, view, offer.text, language)[:MAX_PLACES]
    roles = _roles(found, view.plain, offer, language)
    in_text = (
        Place(place.entry.id, place.entry.country, place.entry.kind, role, *view.span(place.start, place.end))
        for place, role in zip(found, roles, strict=True)
    )
    return (*_told(offer), *in_text)


def workplace_country(places: Sequence[Place], language: str) -> str | None:
    """The country of the job as far as the offer tells, None where it names no place but those on the way there.

    What was told beside the text goes first, the last stop of a route before the promised destination; in the text a
    country away from home goes before one at home, then a workplace before a promise.
    """
    for role in ("workplace", "promised"):
        told = [place.country for place in places if place.role == role and _is_told(place)]
        if told:
            return told[0]
    home = {place.country for place in places if place.role == "recruiting"} or _home_countries(language)
    ends = [place for place in places if place.role in ("workplace", "promised")]
    if ends:
        return min(ends, key=lambda place: (place.country in home, _PRECEDENCE[place.role])).country
    on_the_way = [place.country for place in places if place.role == "transit" and not _is_told(place)]
    return on_the_way[-1] if on_the_way else None


def recruiting_country(
    places: Sequence[Place], contacts: Iterable[Contact], language: str, offer: Offer
) -> frozenset[str]:
    """Countries the ad may recruit in; empty where nothing tells.

    The first that is known of: what was told, the places it names as recruiting in, the prefixes of its telephone
    numbers other than that of the workplace, the countries where its language is at home.
    """
    if offer.recruiting_country:
        return frozenset((offer.recruiting_country,))
    named = frozenset(place.country for place in places if place.role == "recruiting")
    if named:
        return named
    home = _home_countries(language)
    called = frozenset(contact.country for contact in contacts if contact.country)
    workplace = workplace_country(places, language)
    return called - {workplace} or (called & home) or home


def hub_level(country: str) -> float:
    """How well scam compounds in a country are documented, from 0 (not) to 1.0 (on an industrial scale)."""
    entry = HUB_COUNTRIES.get(country)
    return entry.level if entry else 0.0


def _is_told(place: Place) -> bool:
    return place.start == place.end


def _told(offer: Offer) -> list[Place]:
    stops: list[tuple[str, PlaceRole]] = []
    if offer.recruiting_country:
        stops.append((offer.recruiting_country, "recruiting"))
    if offer.promised_destination:
        stops.append((offer.promised_destination, "promised"))
    on_the_way = offer.route[1:] if offer.route[:1] == (offer.recruiting_country,) else offer.route
    stops += [(country, "transit") for country in on_the_way[:-1]]
    stops += [(country, "workplace") for country in on_the_way[-1:]]
    return [Place(country, country, "country", role, 0, 0) for country, role in stops]


def _home_countries(language: str) -> frozenset[str]:
    declared = LANGUAGES.get(language)
    return frozenset(declared.home_countries) if declared else frozenset()


def _named(names: Iterable[tuple[str, int, int]], view: View, received: str, language: str) -> list[_Named]:
    """The names that stand for places, the longest where several overlap, in reading order."""
    plain = view.plain
    taken = bytearray(len(plain))
    kept: list[_Named] = []
    for place, start, end in sorted(names, key=lambda name: (name[1] - name[2], name[1])):
        if taken.find(1, start, end) >= 0 or not _is_whole(plain, start, end):
            continue
        if place != DECOY and _is_other_word(view, received, start, end, language):
            continue
        taken[start:end] = b"\x01" * (end - start)
        if place != DECOY and not _is_of_people(plain, start, end):
            kept.append(_Named(GAZETTEER[place], start, end))
    kept.sort(key=lambda name: name.start)
    return _without_doubled_flags(kept, plain)


def _is_whole(plain: str, start: int, end: int) -> bool:
    """Whether what is written in one with the name may be: a preposition in Arabic, nothing beside katakana."""
    first = plain[start]
    if _in(first, PREFIX_SCRIPTS):
        left = start
        while left and start - left < 5 and plain[left - 1].isalpha():
            left -= 1
        suffix_free = first >= "\u1200" or end == len(plain) or not plain[end].isalpha()
        return suffix_free and (left == start or plain[left:start] in _surroundings().attached)
    if "ァ" <= first <= "ヿ":
        return not (_is_katakana(plain, start - 1) or _is_katakana(plain, end))
    return True


def _is_katakana(plain: str, index: int) -> bool:
    return 0 <= index < len(plain) and "ァ" <= plain[index] <= "ヿ" and plain[index] != "・"


def _is_other_word(view: View, received: str, start: int, end: int, language: str) -> bool:
    """Whether the letters are another word: in small letters where capitals are due, or in another language."""
    beside = _surroundings()
    phrase = view.plain[start:end]
    if language in beside.other_words.get(phrase, ()):
        return True
    if phrase not in beside.capitals:
        return False
    first, last = view.span(start, end)
    return not received[first:last].isupper() or view.plain.startswith("$", end)


def _is_of_people(plain: str, start: int, end: int) -> bool:
    """Whether the name is part of a word for people, a language, money, food or a company's origin."""
    beside = _surroundings()
    if plain.startswith(beside.people_after, end) and not plain.startswith(beside.place_after, end):
        return True
    return plain.endswith(beside.people_before, 0, start) and not plain.endswith(beside.place_before, 0, start)


def _without_doubled_flags(found: Sequence[_Named], plain: str) -> list[_Named]:
    """The places without the flags that stand beside the name of a place in the same country."""
    kept = []
    for index, place in enumerate(found):
        near = [
            other
            for other in (*found[max(index - 1, 0) : index], *found[index + 1 : index + 2])
            if other.entry.country == place.entry.country and not _is_flag(plain, other)
        ]
        gaps = (max(other.start - place.end, place.start - other.end) for other in near)
        if not (_is_flag(plain, place) and any(gap <= NEXT_TO for gap in gaps)):
            kept.append(place)
    return kept


def _is_flag(plain: str, place: _Named) -> bool:
    return "\U0001f1e6" <= plain[place.start] <= "\U0001f1ff"


def _roles(found: Sequence[_Named], plain: str, offer: Offer, language: str) -> list[PlaceRole]:
    """The role of each place: that of its journey's leg, of its nearest cue, of the place it is listed with, or none."""
    cues = _cues(language)
    roles: list[Cue | None] = []
    for index, place in enumerate(found):
        left = found[index - 1].end if index else 0
        right = found[index + 1].start if index + 1 < len(found) else len(plain)
        role = _cued(plain[max(left, place.start - SENTENCE) : place.start], plain[place.end : min(right, place.end + SENTENCE)], cues)
        if role is None and index and _are_listed(plain[left : place.start]):
            role = roles[-1]
        roles.append(role)
    _read_journeys(found, plain, roles)
    return _settled(found, roles, offer, language)


def _read_journeys(found: Sequence[_Named], plain: str, roles: list[Cue | None]) -> None:
    """Give the places of each journey drawn with arrows their roles: from the first by the others to the last."""
    first = 0
    for index in range(1, len(found) + 1):
        if index < len(found) and _is_leg(plain[found[index - 1].end : found[index].start]):
            continue
        drawn = "".join(plain[found[leg].end : found[leg + 1].start] for leg in range(first, index - 1))
        has_arrow = any(arrow in drawn for arrow in _surroundings().arrows)
        if index - first > (1 if has_arrow else 2) and found[first].entry.country != found[index - 1].entry.country:
            roles[first:index] = ["recruiting", *["transit"] * (index - first - 2), roles[index - 1] or "promised"]
        first = index


def _is_leg(between: str) -> bool:
    """Whether an arrow or dash stands between two places, and nothing else."""
    signs = between.strip()
    return 0 < len(between) <= LEG and not any(c.isalnum() or c in ",/" for c in signs) and (
        signs == "-" or any(arrow in signs for arrow in _surroundings().arrows)
    )


def _are_listed(between: str) -> bool:
    """Whether two places are members of one list: nothing but commas and words for `and` between them."""
    bare = between.translate(_SIGNS)
    return "\n" not in bare and len(bare) <= LEG and _surroundings().joiners.issuperset(bare.split())


def _cued(before: str, after: str, cues: _Cues) -> Cue | None:
    """The role given by the nearest cue word before or after a place, None without one."""
    candidates = []
    head = before.translate(_SIGNS).rpartition("\n")[2].rstrip()
    if head:
        candidates += _nearest(head, cues.before, cues, is_before=True)
    tail = after.translate(_SIGNS).partition("\n")[0]
    if tail.strip():
        candidates += _nearest(tail.rstrip(), cues.after, cues, is_before=False)
    return min(candidates, key=lambda cue: (cue[0], _PRECEDENCE[cue[1]]))[1] if candidates else None


def _nearest(text: str, roles: dict[str, Cue], cues: _Cues, *, is_before: bool) -> list[tuple[int, Cue]]:
    """The cue nearest to a place in the text on one side of it, with its distance, in a list of none or one."""
    beside = _surroundings()
    sign = text[-1] if is_before else text.lstrip()[0]
    if _in(sign, UNSPACED_SCRIPTS):
        signs, most, gaps = text.replace(" ", ""), cues.most_signs, range(beside.gap + 1)
        pieces: Sequence[str] = signs if is_before else signs[: most + beside.gap]
        joined, touching = "".join, 2
    else:
        pieces = [word for word in text.split() if word not in beside.articles]
        most, gaps, joined, touching = cues.most_words, range(2), " ".join, beside.touching
    for gap in gaps:
        for count in range(min(most, len(pieces) - gap), 0, -1):
            last = len(pieces) - gap
            cue = joined(pieces[last - count : last] if is_before else pieces[gap : gap + count])
            role = roles.get(cue)
            if role is not None and (gap == 0 or len(cue) >= touching):
                return [(gap, role)]
    return []


def _settled(
    found: Sequence[_Named], cues: Sequence[Cue | None], offer: Offer, language: str
) -> list[PlaceRole]:
    """A role for every place, of what its cue says and of what the other places are."""
    told = {place.entry.country for place, cue in zip(found, cues, strict=True) if cue == "recruiting"}
    if offer.recruiting_country:
        told.add(offer.recruiting_country)
    spoken = _home_countries(language)
    home = told or spoken
    ends = [
        place.entry
        for place, cue in zip(found, cues, strict=True)
        if cue in (None, "workplace") and place.entry.country not in home and place.entry.kind != "airport"
    ]
    hub = max((entry for entry in (place.entry for place, cue in zip(found, cues, strict=True) if cue in (None, "workplace", "reaching")) if entry.hub and entry.country not in home), key=lambda entry: hub_level(entry.country), default=None)
    home_is_sure = bool(told) or len(spoken) <= FEW_HOMES
    stops = {place.entry.id for place, cue in zip(found, cues, strict=True) if cue == "transit"}
    roles: list[PlaceRole] = []
    for place, cue in zip(found, cues, strict=True):
        entry = place.entry
        at_home = entry.country in home
        goes_on = any(end.id != entry.id for end in ends)
        if cue == "recruiting" or cue == "workplace":
            roles.append(cue)
        elif at_home and (cue == "leaving" or (goes_on and (cue != "transit" or home_is_sure)) or (cue is None and entry.kind == "airport")):
            roles.append("recruiting")
        elif cue == "transit":
            roles.append("transit")
        elif cue == "leaving":
            stop = goes_on and (home_is_sure or hub_level(entry.country) > 0)
            roles.append("transit" if stop else "recruiting" if not home_is_sure else "promised")
        elif cue == "reaching":
            roles.append("transit" if goes_on else "promised")
        elif entry.kind == "airport" or (goes_on and entry.id in stops) or (hub and entry.country != hub.country):
            roles.append("transit")
        else:
            roles.append("promised")
    return roles


def _in(character: str, scripts: Sequence[tuple[int, int]]) -> bool:
    code = ord(character)
    return code > 0x5FF and any(low <= code <= high for low, high in scripts)


@cache
def _surroundings() -> _Surroundings:
    table = read_data("place_roles.toml")
    not_places = read_data("not_places.toml")
    people = {key: tuple(dict.fromkeys(_fold_edges(cue) for cue in cues)) for key, cues in table["not_a_place"].items()}
    return _Surroundings(
        people_before=people["before"],
        people_after=people["after"],
        place_before=people["before_unless"],
        place_after=people["after_unless"],
        attached=frozenset(fold(letters) for letters in table["attached"]["before"]),
        articles=frozenset(table["articles"]),
        joiners=frozenset(fold(word) for word in table["joiners"]),
        arrows=tuple(table["arrows"]),
        touching=table["touching"],
        gap=table["gap"],
        capitals=frozenset(fold(phrase) for phrase in not_places["capitals"]),
        other_words={fold(word): frozenset(tags) for word, tags in not_places["other_words"].items()},
    )


def _fold_edges(cue: str) -> str:
    """A cue folded, with the spaces at its edges, which are part of it."""
    bare = cue.strip(" ")
    return cue[: cue.index(bare)] + fold(bare) + cue[cue.index(bare) + len(bare) :]


@cache
def _cues(language: str) -> _Cues:
    table = read_data("place_roles.toml")
    articles = _surroundings().articles
    before: dict[str, Cue] = {}
    after: dict[str, Cue] = {}
    for tag in (language, *table["read_with"].get(language, ()), "en"):
        for role in _PRECEDENCE:
            sides = table.get(tag, {}).get(role, {})
            for name, roles in (("before", before), ("after", after)):
                for cue in sides.get(name, "").replace("\n", " | ").split(" | "):
                    words = [word for word in fold(cue).translate(_SIGNS).split() if word not in articles]
                    joined = "".join if words and _in(words[0][0], UNSPACED_SCRIPTS) else " ".join
                    roles.setdefault(joined(words), role)
    every = [cue for roles in (before, after) for cue in roles if cue]
    return _Cues(
        before,
        after,
        most_words=max(len(cue.split()) for cue in every),
        most_signs=max((len(cue) for cue in every if _in(cue[0], UNSPACED_SCRIPTS)), default=0),
    )
