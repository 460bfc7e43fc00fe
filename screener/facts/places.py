"""The places an ad names and the part each has in the journey: where it recruits, passes through, and has the job.

Rules are few: a name is a place unless its neighbours say otherwise (`named_places.py`); the nearest cue word in the
sentence tells its part (`place_cues.py`); a place without a cue is where the job is promised to be, or the reader's
home where another country is named beside it, or a stop where a documented hub is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from screener.facts.gazetteer import (
    GAZETTEER,
    HUB_COUNTRIES,
    HubCountry,
    PlaceEntry,
    PlaceName,
    place_names,
)
from screener.facts.named_places import Named, named_places
from screener.facts.place_cues import Cue, read_cues
from screener.languages import LANGUAGES
from screener.records import Contact, Offer, Place, PlaceRole
from screener.text import View

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

FEW_HOMES = 5
"""A language at home in no more countries than this tells where its readers are."""


def read_places(names: Sequence[tuple[str, int, int]], view: View, offer: Offer, language: str) -> tuple[Place, ...]:
    """Places of the offer: those told beside the text, then those of the text in reading order, at most `MAX_PLACES`.

    Args:
        names: (place id, start, end) of every name the scan found in ``view.plain``, overlapping ones included.
        view: the reading the names were found in.
        offer: the offer as told; its text is the one `view` maps back to.
        language: BCP 47 tag of the ad, ``und`` where unsure.

    Returns:
        Places with offsets in the text as received; ``start == end == 0`` for what was told beside it.
    """
    told = _told(offer)
    found = named_places(names, view, offer.text, language)[:MAX_PLACES] if names else []
    if not found:
        return told
    said = zip(found, read_cues(found, view.plain, language), strict=True)
    # Where nobody goes is no part of the journey: "more than in Korea".
    of_journey = [(place, cue) for place, cue in said if cue != "compared"]
    journey = _journey(of_journey, offer, language)
    in_text = (
        Place(entry.id, entry.country, entry.kind, _role(entry, cue, journey), *view.span(start, end))
        for (entry, start, end), cue in of_journey
    )
    return (*told, *in_text)


def workplace_country(places: Sequence[Place], language: str) -> str | None:
    """The country of the job as far as the offer tells, None where it names only where it recruits and passes through.

    What was told beside the text goes first, the last stop of a route before the promised destination; in the text a
    country away from home goes before one at home, then a workplace before a promise.
    """
    for role in ("workplace", "promised"):
        told = [place.country for place in places if place.role == role and place.start == place.end]
        if told:
            return told[0]
    home = {place.country for place in places if place.role == "recruiting"} or _home_countries(language)
    ends = [place for place in places if place.role in ("workplace", "promised")]
    if not ends:
        return None
    return min(ends, key=lambda place: (place.country in home, place.role == "promised")).country


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


def _told(offer: Offer) -> tuple[Place, ...]:
    stops: list[tuple[str, PlaceRole]] = []
    if offer.recruiting_country:
        stops.append((offer.recruiting_country, "recruiting"))
    if offer.promised_destination:
        stops.append((offer.promised_destination, "promised"))
    on_the_way = offer.route[1:] if offer.route[:1] == (offer.recruiting_country,) else offer.route
    stops += [(country, "transit") for country in on_the_way[:-1]]
    stops += [(country, "workplace") for country in on_the_way[-1:]]
    return tuple(Place(country, country, "country", role, 0, 0) for country, role in stops)


@cache
def _home_countries(language: str) -> frozenset[str]:
    declared = LANGUAGES.get(language)
    return frozenset(declared.home_countries) if declared else frozenset()


class _Journey(NamedTuple):
    """What all places of a text together tell of the journey."""

    home: frozenset[str]
    """Countries the reader may be in: told, named as recruiting in, else those of the language."""
    is_home_sure: bool
    ends: frozenset[str]
    """Ids of the places away from home where the job may be."""
    stops: frozenset[str]
    """Ids of the places passed through."""
    hub: PlaceEntry | None
    """The best documented hub it may end in."""


def _journey(of_journey: Sequence[tuple[Named, Cue | None]], offer: Offer, language: str) -> _Journey:
    said = [(place.entry, cue) for place, cue in of_journey]
    told = frozenset(entry.country for entry, cue in said if cue == "recruiting")
    if offer.recruiting_country:
        told |= {offer.recruiting_country}
    spoken = _home_countries(language)
    home = told or spoken
    away = [(entry, cue) for entry, cue in said if entry.country not in home]
    hubs = [entry for entry, cue in away if entry.hub and cue in (None, "workplace", "promised", "reaching")]
    return _Journey(
        home=home,
        is_home_sure=bool(told) or len(spoken) <= FEW_HOMES,
        ends=frozenset(e.id for e, cue in away if cue in (None, "workplace", "promised") and e.kind != "airport"),
        stops=frozenset(entry.id for entry, cue in said if cue == "transit"),
        hub=max(hubs, key=lambda entry: hub_level(entry.country), default=None),
    )


def _role(entry: PlaceEntry, cue: Cue | None, journey: _Journey) -> PlaceRole:
    """The part of one place in the journey, of what is said of it and of the other places."""
    if cue == "recruiting" or cue == "workplace" or cue == "promised":  # noqa: PLR1714 - mypy reads no set of literals
        return cue
    goes_on = not journey.ends <= {entry.id}
    if entry.country in journey.home:
        leaves = cue == "leaving" or (cue is None and entry.kind == "airport")
        passes_home = cue == "transit" and journey.is_home_sure
        if leaves or passes_home or (goes_on and cue != "transit"):
            return "recruiting"
    is_leg = goes_on and hub_level(entry.country) > 0
    if cue == "leaving" and not journey.is_home_sure and not is_leg:
        return "recruiting"
    if cue is None:
        leads_on = journey.hub is not None and journey.hub.country != entry.country
        passes = entry.kind == "airport" or (goes_on and entry.id in journey.stops) or leads_on
    else:
        passes = cue == "transit" or goes_on
    return "transit" if passes else "promised"
