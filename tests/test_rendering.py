"""The one JSON shape, and offers from plain data."""

from __future__ import annotations

import json
import math
from dataclasses import asdict

import orjson
import pytest

from screener import Offer, OfferError
from screener.records import MAX_ROUTE
from screener.rendering import assessment_to_dict, declaration_to_dict, offer_from_dict

KEYS = {
    "score", "band", "log_odds", "base_log_odds", "prevalence", "interval", "language", "is_offer", "contributions",
    "facts", "questions", "missing", "model",
}  # fmt: skip
CONTRIBUTION = {"indicator", "kind", "log_odds", "direction", "title", "rationale", "sources", "ilo", "evidence"}
FACTS = {"pay", "pays", "places", "contacts", "employers", "obfuscations", "workplace", "recruiting", "pay_ratio"}
TEXT = "😀 去柬埔寨做客服,月薪2000美元,包机票,旅游签证过去, Telegram @jobs"


@pytest.fixture(scope="module")
def answer(screener):
    return screener.screen(TEXT)


@pytest.fixture(scope="module")
def shape(answer):
    """What a reader of the JSON gets."""
    return json.loads(orjson.dumps(assessment_to_dict(answer)))


def test_keys(shape):
    assert shape.keys() == KEYS
    assert shape["facts"].keys() == FACTS
    assert shape["language"].keys() == {"tag", "confidence"}
    assert shape["model"].keys() == {"version", "sha256"}
    assert shape["contributions"]
    assert all(c.keys() == CONTRIBUTION for c in shape["contributions"])


def test_an_id_is_there_where_one_is_given(answer):
    assert next(iter(assessment_to_dict(answer, "row-7").items())) == ("id", "row-7")
    assert "id" not in assessment_to_dict(answer)


def test_numbers_add_up_after_the_way_through_json(shape):
    total = shape["base_log_odds"] + math.fsum(c["log_odds"] for c in shape["contributions"])
    assert total == pytest.approx(shape["log_odds"], abs=1e-9)
    assert shape["score"] == pytest.approx(1 / (1 + math.exp(-shape["log_odds"])), abs=1e-12)
    low, high = shape["interval"]
    assert 0 <= low <= shape["score"] <= high <= 1
    assert shape["prevalence"] == 0.05


def test_values(shape, answer):
    assert shape["band"] in ("high", "elevated", "low", "insufficient", "not_an_offer")
    assert shape["is_offer"] is True
    assert shape["language"]["tag"] == "zh-Hans"
    assert shape["questions"] == list(answer.questions)
    assert shape["missing"] == list(answer.missing)
    assert shape["model"] == asdict(answer.model)
    assert len(shape["model"]["sha256"]) == 64


def test_offsets_count_code_points_and_quotes_have_a_gloss(shape):
    evidence = [e for c in shape["contributions"] for e in c["evidence"]]
    assert evidence
    for e in evidence:
        assert e.keys() == {"start", "end", "quote", "gloss"}
        assert TEXT[e["start"] : e["end"]] == e["quote"]
    (visa,) = [c for c in shape["contributions"] if c["indicator"] == "tourist_visa_entry"]
    assert visa["evidence"][0]["gloss"]
    assert visa["kind"] == "indicator"
    assert visa["direction"] == "raises"
    assert visa["ilo"] == [{"code": "DR6", "level": "medium"}]
    assert all("<https://" in source for source in visa["sources"])


def test_pay_is_the_best_paid(screener):
    facts = assessment_to_dict(screener.screen("Cook in Doha, USD 500 a month, later USD 900 a month"))["facts"]
    assert facts["pay"] in facts["pays"]
    assert facts["pay"]["usd_month"] == max(pay["usd_month"] for pay in facts["pays"]) == 900
    assert facts["pay"].keys() >= {"amount_min", "amount_max", "currency", "period", "usd_month", "start", "end"}
    assert assessment_to_dict(screener.screen("Cook in Doha"))["facts"]["pay"] is None


def test_countries_are_lists_in_order(screener):
    facts = assessment_to_dict(screener.screen(Offer("Cook in Doha", recruiting_country="UG")))["facts"]
    assert facts["recruiting"] == ["UG"]
    assert facts["workplace"] == "QA"


def test_every_indicator_of_the_catalogue_can_be_shown(screener):
    for declared in screener.catalog:
        data = declaration_to_dict(declared)
        assert data["id"] == declared.id
        assert data["kind"] == ("combination" if declared.is_combination else "indicator")
        assert data["false_positives"]
        assert json.loads(orjson.dumps(data)) == data
        assert data.keys() == {
            "id", "title", "rationale", "question", "direction", "kind", "scored", "sources", "ilo", "false_positives",
            "languages",
        }  # fmt: skip


def test_an_offer_with_everything():
    data = {
        "text": "Cook", "recruiting_country": "ug", "promised_destination": "AE", "route": ["ae", "TH", "mm"],
        "visa": "tourist", "travel_paid_by": "recruiter", "employer": "Kettle", "channel": "telegram",
    }  # fmt: skip
    assert offer_from_dict(data) == Offer(
        "Cook", "UG", "AE", ("AE", "TH", "MM"), "tourist", "recruiter", "Kettle", "telegram"
    )


def test_what_is_none_is_not_told():
    names = ("recruiting_country", "promised_destination", "route", "visa", "travel_paid_by", "employer", "channel")
    assert offer_from_dict({"text": "Cook", **dict.fromkeys(names)}) == Offer("Cook")


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({}, ["text is missing"]),
        ({"text": None}, ["text is missing"]),
        ({"text": 5}, ["text", "int"]),
        ({"text": ["Cook"]}, ["text", "list"]),
        ({"text": b"Cook"}, ["text", "bytes"]),
        ({"text": "job \ud800"}, ["text", "surrogate"]),
        ({"text": "Cook", "employer": {}}, ["employer", "dict"]),
        ({"text": "Cook", "channel": True}, ["channel", "bool"]),
        ({"text": "Cook", "employer": "\udfff"}, ["employer", "surrogate"]),
        ({"text": "Cook", "nationality": "UG"}, ["unknown key 'nationality'", "recruiting_country"]),
        ({"text": "Cook", "name": None}, ["unknown key 'name'"]),
        ({"text": "Cook", "recruiting_country": "Uganda"}, ["recruiting_country 'Uganda'", "ISO 3166-1", "such as UG"]),
        ({"text": "Cook", "promised_destination": "ZZ"}, ["promised_destination 'ZZ'"]),
        ({"text": "Cook", "promised_destination": ""}, ["promised_destination ''"]),
        ({"text": "Cook", "promised_destination": 7}, ["promised_destination 7"]),
        ({"text": "Cook", "promised_destination": "ßs"}, ["promised_destination"]),
        ({"text": "Cook", "route": "UG,AE"}, ["route must be a list"]),
        ({"text": "Cook", "route": {"UG": 1}}, ["route must be a list"]),
        ({"text": "Cook", "route": ["UG", "Dubai"]}, ["route 'Dubai'"]),
        ({"text": "Cook", "route": [["UG"]]}, ["route ['UG']"]),
        ({"text": "Cook", "route": ["UG"] * (MAX_ROUTE + 1)}, [f"at most {MAX_ROUTE}"]),
        ({"text": "Cook", "visa": "Work"}, ["visa 'Work'", "tourist", "on_arrival"]),
        ({"text": "Cook", "visa": ["work"]}, ["visa ['work']"]),
        ({"text": "Cook", "travel_paid_by": "me"}, ["travel_paid_by 'me'", "recruiter, worker, unknown"]),
    ],
)
def test_wrong_offers(data, named):
    with pytest.raises(OfferError) as caught:
        offer_from_dict(data)
    assert all(part in str(caught.value) for part in named), str(caught.value)


def test_the_longest_route():
    assert len(offer_from_dict({"text": "Cook", "route": ["UG"] * MAX_ROUTE}).route) == MAX_ROUTE


def test_what_was_given_is_left_as_it_was():
    data = {"text": "Cook", "route": ["ug"], "visa": None}
    offer_from_dict(data)
    assert data == {"text": "Cook", "route": ["ug"], "visa": None}
