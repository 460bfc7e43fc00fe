"""What an offer may hold, as it is made in Python."""

from __future__ import annotations

import pytest
from babel import Locale

from screener import Offer, OfferError, ScreenerError
from screener.countries import COUNTRIES
from screener.facts.places import GAZETTEER
from screener.records import MAX_ROUTE


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"text": None}, ["text must be text, not NoneType"]),
        ({"text": b"Cook"}, ["text must be text, not bytes"]),
        ({"text": "job \ud800"}, ["text holds a lone surrogate"]),
        ({"recruiting_country": "XX"}, ["recruiting_country 'XX'", "ISO 3166-1"]),
        ({"recruiting_country": "ug"}, ["recruiting_country 'ug'", "two capitals", "UG"]),
        ({"promised_destination": ""}, ["promised_destination ''"]),
        ({"promised_destination": ["AE"]}, ["promised_destination ['AE']"]),
        ({"route": "UG,AE"}, ["route must be a list"]),
        ({"route": None}, ["route must be a list"]),
        ({"route": ("UG", "XX")}, ["route 'XX'"]),
        ({"route": ("UG", 5)}, ["route 5"]),
        ({"route": ("UG",) * (MAX_ROUTE + 1)}, ["at most 12"]),
        ({"visa": "foo"}, ["visa 'foo'", "work, tourist, on_arrival, transit, none, unknown"]),
        ({"visa": None}, ["visa None", "unknown"]),
        ({"travel_paid_by": "me"}, ["travel_paid_by 'me'", "recruiter, worker, unknown"]),
        ({"employer": 5}, ["employer must be text, not int"]),
        ({"employer": "\udfff"}, ["employer holds a lone surrogate"]),
        ({"channel": True}, ["channel must be text, not bool"]),
    ],
)
def test_an_offer_names_the_field_that_is_wrong(told, said):
    with pytest.raises(OfferError) as caught:
        Offer(**{"text": "Cook", **told})
    assert isinstance(caught.value, ScreenerError)
    assert isinstance(caught.value, ValueError)
    assert not [part for part in said if part not in str(caught.value)], str(caught.value)


def test_what_an_offer_may_hold():
    full = Offer("Cook", "UG", "AE", ("AE", "TH"), "tourist", "recruiter", "Kettle", "telegram")
    assert (full.route, full.visa, full.employer) == (("AE", "TH"), "tourist", "Kettle")
    assert Offer("").text == ""


def test_a_route_given_as_a_list_is_kept_as_a_tuple():
    assert Offer("Cook", route=["AE", "TH"]) == Offer("Cook", route=("AE", "TH"))
    assert hash(Offer("Cook", route=["AE"]))


def test_the_countries_are_those_of_cldr_and_of_the_gazetteer():
    # CLDR lists these beside the ISO 3166-1 codes: unions, unknown and test regions, and islands under another code.
    others = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
    named = {code for code in Locale.parse("en").territories if len(code) == 2 and code.isalpha()}
    assert named - others == COUNTRIES
    former = {"AN", "CS"}
    assert {place.country for place in GAZETTEER.values()} - former == COUNTRIES


@pytest.mark.parametrize("blank", ["", " ", "\u200b", "\x00", "-", "…"])
@pytest.mark.parametrize("field", ["employer", "channel"])
def test_a_name_without_letters_is_no_name(field, blank):
    with pytest.raises(OfferError, match=f"{field} holds no letter or digit"):
        Offer("job", **{field: blank})
