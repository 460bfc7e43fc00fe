"""The facts an indicator may be declared on, by name.

Each reader takes the detector as declared, the facts and the offer, and answers the words that show it: a tuple of
hits, empty where it is told beside the text, or None where the fact does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from screener.facts.contacts import chat_only
from screener.facts.currencies import countries_of_currency
from screener.facts.place_cues import is_choice
from screener.facts.places import GAZETTEER, hub_level
from screener.indicators.declaration import Detector
from screener.indicators.hits import Hit
from screener.records import Contact, Employer, Facts, Obfuscation, Offer, Pay, Place

Answer = tuple[Hit, ...] | None

_DESTINATIONS = ("workplace", "promised")


def read_fact(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    """What the declared fact says; KeyError for a fact that does not exist is raised when the catalogue is checked."""
    return FACTS[detector.name](detector, facts, offer)


def _hits(found: Iterable[Pay | Place | Contact | Employer | Obfuscation | Hit]) -> Answer:
    spans = {(item.start, item.end) for item in found}
    return tuple(Hit(start, end) for start, end in sorted(spans) if end > start) if spans else None


_PLAIN = 2
"""Countries an ad may recruit in that still tell where its home is."""


def _pay_ratio(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    if facts.pay_ratio is None or facts.pay_ratio < detector.at_least:
        return None
    best = max((pay for pay in facts.pays if pay.usd_month), key=lambda pay: pay.usd_month or 0.0, default=None)
    return (Hit(best.start, best.end),) if best else ()


def _pay_in_third_currency(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    """Pay in the money of neither end of the journey; says nothing while either end is unknown."""
    if not facts.workplace or not facts.recruiting:
        return None
    ends = facts.recruiting | {facts.workplace}
    return _hits(
        pay
        for pay in facts.pays
        if pay.currency and pay.period != "once" and not countries_of_currency(pay.currency) & ends
    )


def _place_kind(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    """A place of one of the declared kinds, not as the place the ad recruits in."""
    return _hits(p for p in facts.places if p.kind in detector.values and p.role != "recruiting")


def _documented_hub(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    return _hits(p for p in facts.places if GAZETTEER[p.id].hub and p.role != "recruiting")


def _hub_country(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    """Work in a country whose documented compounds weigh at least `at_least`, unless the ad plainly recruits there."""
    home = facts.recruiting if len(facts.recruiting) <= _PLAIN else frozenset[str]()
    return _hits(
        p
        for p in facts.places
        if p.role in _DESTINATIONS and hub_level(p.country) >= detector.at_least and p.country not in home
    )


def _abroad(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    if not facts.workplace or not facts.recruiting or facts.workplace in facts.recruiting:
        return None
    return _hits(p for p in facts.places if p.country == facts.workplace and p.role in _DESTINATIONS) or ()


def _transit(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    """A stop on the way in a country other than the workplace's."""
    stops = [p for p in facts.places if p.role == "transit" and p.country != facts.workplace]
    return _hits(stops)


def _choice_of_destinations(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    """Work in the one country or the other; a list of vacancies in several countries is no choice."""
    places = [p for p in facts.places if p.role in _DESTINATIONS]
    return _hits(
        Hit(one.start, other.end)
        for one, other in pairwise(places)
        if one.country != other.country and is_choice(offer.text[one.end : other.start])
    )


def _chat_only(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    return _hits(facts.contacts) if chat_only(facts.contacts) else None


def _contact_kind(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    return _hits(c for c in facts.contacts if c.kind in detector.values)


def _unverifiable(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    """Free mail standing in for an employer that has no name."""
    return None if facts.employers else _contact_kind(detector, facts, offer)


def _employer_kind(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    return _hits(e for e in facts.employers if e.kind in detector.values)


def _employer_with_address(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    """A named employer or agency that also gives an address, site or corporate mail."""
    reachable = any(c.kind in ("email_corporate", "site", "address") for c in facts.contacts)
    return _employer_kind(detector, facts, offer) if reachable else None


def _visa(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    return () if offer.visa in detector.values else None


def _travel_paid_by(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    return () if offer.travel_paid_by in detector.values else None


def _obfuscation(detector: Detector, facts: Facts, offer: Offer) -> Answer:
    return _hits(o for o in facts.obfuscations if o.kind in detector.values)


FACTS: Mapping[str, Callable[[Detector, Facts, Offer], Answer]] = {
    "pay_ratio": _pay_ratio,
    "pay_in_third_currency": _pay_in_third_currency,
    "place_kind": _place_kind,
    "documented_hub": _documented_hub,
    "hub_country": _hub_country,
    "abroad": _abroad,
    "transit": _transit,
    "choice_of_destinations": _choice_of_destinations,
    "chat_only": _chat_only,
    "unverifiable_contact": _unverifiable,
    "employer_kind": _employer_kind,
    "employer_with_address": _employer_with_address,
    "visa": _visa,
    "travel_paid_by": _travel_paid_by,
    "obfuscation": _obfuscation,
}
