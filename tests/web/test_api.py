"""Every endpoint of the API where the client makes no mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask.testing import FlaskClient

if TYPE_CHECKING:
    from tests.web.conftest import HandMadeScreener

AD = "Customer service in Thailand, free ticket, tourist visa"


def test_a_screening_answers_the_assessment(client: FlaskClient) -> None:
    answer = client.post("/api/v1/screenings", json={"text": AD})
    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    body = answer.get_json()
    total = body["base_log_odds"] + sum(entry["log_odds"] for entry in body["contributions"])
    assert total == pytest.approx(body["log_odds"], abs=1e-9)
    assert body["prevalence"] == 0.05
    assert len(body["id"]) == 32
    for contribution in body["contributions"]:
        for evidence in contribution["evidence"]:
            assert AD[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_details_of_the_offer_reach_the_screener(client: FlaskClient, screener: HandMadeScreener) -> None:
    offer = {
        "recruiting_country": "UG",
        "promised_destination": "AE",
        "route": ["AE", "TH", "MM"],
        "visa": "tourist",
        "travel_paid_by": "recruiter",
        "employer": "Example Trading",
        "channel": "telegram",
    }
    answer = client.post("/api/v1/screenings", json={"text": AD, "offer": offer, "prevalence": 0.2, "locale": "fr"})
    assert answer.status_code == 200
    assert answer.get_json()["prevalence"] == 0.2
    (read,) = screener.offers
    assert read.route == ("AE", "TH", "MM")
    assert (read.recruiting_country, read.visa, read.channel) == ("UG", "tourist", "telegram")


@pytest.mark.parametrize("content_type", ["text/plain", "text/plain; charset=UTF-8", "text/plain;charset=us-ascii"])
def test_plain_text_is_screened_as_received(client: FlaskClient, screener: HandMadeScreener, content_type: str) -> None:
    answer = client.post("/api/v1/screenings", data=" 客服 \r\n", content_type=content_type)
    assert answer.status_code == 200
    assert screener.offers[0].text == " 客服 \r\n"


def test_store_false_and_escapes_of_whole_characters_are_accepted(
    client: FlaskClient, screener: HandMadeScreener
) -> None:
    answer = client.post(
        "/api/v1/screenings", data=b'{"text": "\\ud83d\\ude00 job", "store": false}', content_type="application/json"
    )
    assert answer.status_code == 200
    assert screener.offers[0].text == "😀 job"


def test_the_longest_text_fits_in_every_spelling(client: FlaskClient) -> None:
    escaped = b'{"text": "' + b"\\ud83d\\ude00" * 20_000 + b'"}'
    assert client.post("/api/v1/screenings", data=escaped, content_type="application/json").status_code == 200
    assert client.post("/api/v1/screenings", json={"text": "工" * 20_000}).status_code == 200
    assert client.post("/", data={"text": "😀" * 20_000}).status_code == 200


def test_a_bad_item_does_not_spoil_the_batch(client: FlaskClient) -> None:
    items = [
        {"id": "a", "text": AD},
        {"id": "b", "text": " "},
        {"text": AD, "prevalence": 0.5},
        "no object",
        {"id": "e", "text": "REFUSE"},
        {"id": "f", "text": "x" * 20_001},
        {"id": "g", "text": "half \ud800"},
        {"id": 7, "text": AD},
        {"id": "h", "text": AD, "offer": {"visa": "green"}},
    ]
    answer = client.post("/api/v1/screenings/batch", json={"items": items, "prevalence": 0.1})
    assert answer.status_code == 200
    results = answer.get_json()["results"]
    assert [entry["id"] for entry in results] == ["a", "b", "2", "3", "e", "f", "g", "7", "h"]
    assert ["error" in entry for entry in results] == [False, True, False, True, True, True, True, True, True]
    assert (results[0]["prevalence"], results[2]["prevalence"]) == (0.1, 0.5)
    assert results[8]["error"]["errors"][0]["pointer"] == "#/offer/visa"
    assert results[8]["error"]["instance"] == "/api/v1/screenings/batch#/items/8"
    assert all(entry["error"]["status"] == 422 for entry in results if "error" in entry)


def test_a_prevalence_of_null_is_the_default_everywhere(client: FlaskClient) -> None:
    told = {"text": AD, "prevalence": None}
    assert client.post("/api/v1/screenings", json=told).get_json()["prevalence"] == 0.05
    batch = "/api/v1/screenings/batch"
    for items, of_all, assumed in (([told], None, 0.05), ([{"text": AD}], None, 0.05), ([told], 0.1, 0.1)):
        (result,) = client.post(batch, json={"items": items, "prevalence": of_all}).get_json()["results"]
        assert result["prevalence"] == assumed


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/api/v1/screenings", {"OPTIONS", "POST"}),
        ("/api/v1/model?x=1", {"GET", "HEAD", "OPTIONS"}),
        ("/health/live", {"GET", "HEAD", "OPTIONS"}),
        ("/", {"GET", "HEAD", "OPTIONS", "POST"}),
    ],
)
def test_options_are_answered_without_a_body(client: FlaskClient, path: str, methods: set[str]) -> None:
    answer = client.options(path, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert set(answer.headers["Allow"].split(", ")) == methods
    assert "Content-Type" not in answer.headers


def test_a_batch_takes_500_items(client: FlaskClient) -> None:
    answer = client.post("/api/v1/screenings/batch", json={"items": [{"text": AD}] * 500})
    assert len(answer.get_json()["results"]) == 500


def test_a_batch_may_be_larger_than_a_single_screening(client: FlaskClient) -> None:
    answer = client.post("/api/v1/screenings/batch", json={"items": [{"text": "x" * 15_000}] * 60})
    assert answer.status_code == 200


def test_the_catalogue_and_one_indicator(client: FlaskClient) -> None:
    listed = client.get("/api/v1/indicators").get_json()["indicators"]
    assert {entry["id"] for entry in listed} >= {"tourist_visa_entry", "no_fee_stated"}
    one = client.get("/api/v1/indicators/tourist_visa_entry").get_json()
    assert one == next(entry for entry in listed if entry["id"] == "tourist_visa_entry")
    assert one["false_positives"] == ["visa runs by freelancers"]


def test_the_model_and_its_card(client: FlaskClient) -> None:
    body = client.get("/api/v1/model").get_json()
    assert body["version"] == "hand-made"
    assert body["card"].startswith("# Card")


def test_the_probes(client: FlaskClient) -> None:
    assert client.get("/health/live").get_json() == {"status": "live"}
    assert client.get("/health/ready").get_json() == {"status": "ready", "model": "hand-made"}
