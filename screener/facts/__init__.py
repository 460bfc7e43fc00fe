"""What the text says, without judgement: places, pay, contacts, employer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from screener.facts.contacts import read_contacts
from screener.facts.currencies import countries_of_currency
from screener.facts.employer import read_employers
from screener.facts.gazetteer import place_names
from screener.facts.money import read_pay
from screener.facts.pay_norms import pay_ratio, role_words
from screener.facts.persons import person_words
from screener.facts.places import read_places, recruiting_country, workplace_country
from screener.records import Facts, Language, Offer, Pay
from screener.scan import Entry, Matches, marked
from screener.text import Text

__all__ = ["fact_entries", "read_facts"]

_FEW = 3
"""Countries a language may be at home in and still tell whose "$" is meant: Taiwan, Hong Kong, Macau."""


def fact_entries() -> Iterator[Entry]:
    """Names the one scan looks for on behalf of the facts.

    Rooms: `place` (target: its id), `role` (its pay tier) and `person` (nothing; the learned wording passes them over).
    """
    for name in place_names():
        yield Entry(*marked(name.phrase, name.mode), "place", name.place)
    for word in role_words():
        yield Entry(*marked(word.phrase, word.mode), "role", word.tier)
    for person in person_words():
        yield Entry(person, "word", "person", "")


def read_facts(text: Text, language: Language, matches: Sequence[Matches], offer: Offer) -> Facts:
    """The facts of an offer. `matches` holds one scan for each view of the text; the first view is read for pay."""
    view, rooms = text.views[0], matches[0]
    places = read_places(rooms.get("place", ()), view, offer, language.tag)
    contacts = read_contacts(text)
    workplace = workplace_country(places, language.tag)
    recruiting = recruiting_country(places, contacts, language.tag, offer)
    touched = frozenset(place.country for place in places)
    known = recruiting if len(recruiting) <= _FEW and not touched & recruiting else frozenset()
    pays = read_pay(view, language.tag, touched | known, recruiting)
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
        pay_ratio=pay_ratio(pays, tiers, workplace, _narrowed(recruiting, pays)),
    )


def _narrowed(recruiting: frozenset[str], pays: Sequence[Pay]) -> frozenset[str]:
    """Countries an ad recruits in, as far as the money it offers tells them apart; dollars are offered everywhere."""
    if len(recruiting) == 1:
        return recruiting
    paid_in = [countries_of_currency(pay.currency) for pay in pays if pay.currency and pay.currency != "USD"]
    return recruiting & frozenset().union(*paid_in) or recruiting
