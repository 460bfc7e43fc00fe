"""What the text says, without judgement: places, pay, contacts, employer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screener.facts.contacts import read_contacts
from screener.facts.employer import read_employers
from screener.facts.money import read_pay
from screener.facts.pay_norms import pay_ratio, role_words
from screener.facts.gazetteer import place_names
from screener.facts.places import read_places, recruiting_country, workplace_country
from screener.records import Facts, Language, Offer
from screener.scan import Entry, Matches, marked
from screener.text import Text

__all__ = ["fact_entries", "read_facts"]


def fact_entries() -> Iterator[Entry]:
    """Names the one scan looks for on behalf of the facts: rooms `place` (target: its id) and `role` (its pay tier)."""
    for name in place_names():
        yield Entry(*marked(name.phrase, name.mode), "place", name.place)
    for word in role_words():
        yield Entry(*marked(word.phrase, word.mode), "role", word.tier)


def read_facts(text: Text, language: Language, matches: Sequence[Matches], offer: Offer) -> Facts:
    """The facts of an offer. `matches` holds one scan for each view of the text; the first view is read for pay."""
    view, rooms = text.views[0], matches[0]
    places = read_places(rooms.get("place", ()), view, offer, language.tag)
    contacts = read_contacts(text)
    workplace = workplace_country(places, language.tag)
    recruiting = recruiting_country(places, contacts, language.tag, offer)
    countries = frozenset(place.country for place in places) | recruiting
    pays = read_pay(view, language.tag, countries)
    tiers = [tier for tier, _, _ in rooms.get("role", ())]
    return Facts(
        language=language,
        pays=pays,
        places=places,
        contacts=contacts,
        employers=read_employers(text),
        obfuscations=text.obfuscations,
        workplace=workplace,
        recruiting=recruiting,
        pay_ratio=pay_ratio(pays, tiers, workplace, recruiting),
    )
