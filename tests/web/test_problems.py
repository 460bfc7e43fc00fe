"""Every mistake a client can make, and what it is told."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from tests.web.conftest import HandMadeScreener

SCREENINGS = "/api/v1/screenings"
BATCH = "/api/v1/screenings/batch"
AD = "Customer service"


def raw(body: bytes, path: str = SCREENINGS, content_type: str = "application/json", **headers: str) -> dict[str, Any]:
    """A POST with exactly these bytes."""
    return {"path": path, "method": "POST", "data": body, "content_type": content_type, "headers": headers}


def sent(value: Any, path: str = SCREENINGS) -> dict[str, Any]:
    """A POST of a JSON value."""
    return raw(json.dumps(value).encode(), path)


def told(**offer: Any) -> dict[str, Any]:
    """A screening with details of the offer."""
    return sent({"text": AD, "offer": offer})


BODY_MISTAKES = {
    "missing body": (raw(b""), 400, "missing-body"),
    "not json": (raw(b"hello"), 400, "invalid-json"),
    "cut off": (raw(b'{"text": "a'), 400, "invalid-json"),
    "two documents": (raw(b"{} {}"), 400, "invalid-json"),
    "byte order mark": (raw(b'\xef\xbb\xbf{"text": "a"}'), 400, "invalid-json"),
    "nan": (raw(b'{"text": "a", "prevalence": NaN}'), 400, "invalid-json"),
    "infinity": (raw(b'{"text": "a", "prevalence": -Infinity}'), 400, "invalid-json"),
    "endless integer": (raw(b'{"text": "a", "prevalence": ' + b"9" * 5000 + b"}"), 400, "invalid-json"),
    "duplicate key": (raw(b'{"text": "a", "text": "b"}'), 400, "invalid-json"),
    "duplicate inner key": (raw(b'{"text": "a", "offer": {"visa": "work", "visa": "none"}}'), 400, "invalid-json"),
    "deep list": (raw(b"[" * 100_000), 400, "invalid-json"),
    "deep object": (raw(b'{"a":' * 50_000 + b"1" + b"}" * 50_000, BATCH), 400, "invalid-json"),
    "control character": (raw(b'{"text": "a\nb"}'), 400, "invalid-json"),
    "bad utf-8": (raw(b'{"text": "\xff"}'), 400, "invalid-encoding"),
    "surrogate bytes": (raw(b'{"text": "\xed\xa0\x80"}'), 400, "invalid-encoding"),
    "bad utf-8 text": (raw(b"caf\xe9", content_type="text/plain"), 400, "invalid-encoding"),
    "empty plain text": (raw(b"", content_type="text/plain"), 400, "missing-body"),
    "too large": (raw(b" " * (256 * 1024 + 1)), 413, "too-large"),
    "too large batch": (raw(b" " * (8 * 1024 * 1024 + 1), BATCH), 413, "too-large"),
    "no media type": (raw(b"{}", content_type=""), 415, "unsupported-media-type"),
    "form": (raw(b"text=a", content_type="application/x-www-form-urlencoded"), 415, "unsupported-media-type"),
    "multipart": (raw(b"--a--", content_type="multipart/form-data; boundary=a"), 415, "unsupported-media-type"),
    "plain batch": (raw(b"a", BATCH, "text/plain"), 415, "unsupported-media-type"),
    "charset": (raw(b"a", content_type="text/plain; charset=latin-1"), 415, "unsupported-media-type"),
    "compressed": (raw(b"a", **{"Content-Encoding": "gzip"}), 415, "unsupported-media-type"),
    "not acceptable": (raw(b'{"text": "a"}', Accept="text/html"), 406, "not-acceptable"),
    "refused by quality": (raw(b'{"text": "a"}', Accept="application/json;q=0"), 406, "not-acceptable"),
}

FIELD_MISTAKES = {
    "a list": (sent([]), "#"),
    "a string": (sent("ad"), "#"),
    "null": (sent(None), "#"),
    "no text": (sent({}), "#/text"),
    "text is a number": (sent({"text": 5}), "#/text"),
    "text is null": (sent({"text": None}), "#/text"),
    "empty text": (sent({"text": ""}), "#/text"),
    "blank text": (sent({"text": " \n\u3000"}), "#/text"),
    "blank plain text": (raw(b" \n", content_type="text/plain"), "#/text"),
    "long text": (sent({"text": "x" * 20_001}), "#/text"),
    "long plain text": (raw(b"x" * 20_001, content_type="text/plain"), "#/text"),
    "lone surrogate": (sent({"text": "half \ud800"}), "#/text"),
    "surrogate in the employer": (told(employer="\udfff"), "#/offer/employer"),
    "unknown key": (sent({"text": AD, "nationality": "UG"}), "#/nationality"),
    "odd unknown key": (sent({"text": AD, "a/b~c": 1}), "#/a~1b~0c"),
    "surrogate in a key": (sent({"text": AD, "\ud800": 1}), "#"),
    "person": (told(name="A. Person"), "#/offer/name"),
    "offer is a list": (sent({"text": AD, "offer": []}), "#/offer"),
    "country name": (told(recruiting_country="Uganda"), "#/offer/recruiting_country"),
    "small country": (told(recruiting_country="ug"), "#/offer/recruiting_country"),
    "unknown country": (told(promised_destination="XX"), "#/offer/promised_destination"),
    "union": (told(promised_destination="EU"), "#/offer/promised_destination"),
    "route is text": (told(route="AE,TH"), "#/offer/route"),
    "bad stop": (told(route=["AE", "ZZ"]), "#/offer/route/1"),
    "long route": (told(route=["AE"] * 13), "#/offer/route"),
    "nested route": (told(route=[["AE"]]), "#/offer/route/0"),
    "visa": (told(visa="student"), "#/offer/visa"),
    "payer": (told(travel_paid_by="aunt"), "#/offer/travel_paid_by"),
    "empty employer": (told(employer=""), "#/offer/employer"),
    "prevalence zero": (sent({"text": AD, "prevalence": 0}), "#/prevalence"),
    "prevalence one": (sent({"text": AD, "prevalence": 1}), "#/prevalence"),
    "prevalence negative": (sent({"text": AD, "prevalence": -0.1}), "#/prevalence"),
    "prevalence overflows": (raw(b'{"text": "a", "prevalence": 1e999}'), "#/prevalence"),
    "prevalence is text": (sent({"text": AD, "prevalence": "0.05"}), "#/prevalence"),
    "prevalence is true": (sent({"text": AD, "prevalence": True}), "#/prevalence"),
    "locale": (sent({"text": AD, "locale": "english please"}), "#/locale"),
    "store": (sent({"text": AD, "store": True}), "#/store"),
    "store is text": (sent({"text": AD, "store": "false"}), "#/store"),
    "refused by the screener": (sent({"text": "REFUSE"}), "#/offer"),
    "no items": (sent({}, BATCH), "#/items"),
    "empty batch": (sent({"items": []}, BATCH), "#/items"),
    "long batch": (sent({"items": [{"text": AD}] * 501}, BATCH), "#/items"),
    "items is an object": (sent({"items": {}}, BATCH), "#/items"),
    "batch store": (sent({"items": [{"text": AD}], "store": True}, BATCH), "#/store"),
}


def check_problem(answer: Any, status: int, slug: str) -> dict[str, Any]:
    """The members of a problem answer, checked against RFC 9457."""
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.content_type == "application/problem+json"
    body: dict[str, Any] = json.loads(answer.data)
    assert body["type"] == f"urn:lure-screener:problem:{slug}"
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert body["instance"].startswith("/")
    assert body["request_id"] == answer.headers["X-Request-ID"]
    return body


@pytest.mark.parametrize("name", BODY_MISTAKES)
def test_a_body_that_cannot_be_read(client: FlaskClient, name: str) -> None:
    request, status, slug = BODY_MISTAKES[name]
    check_problem(client.open(**request), status, slug)


class Broken(io.RawIOBase):
    """The stream of a server that can't read the chunks of a body."""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        raise RuntimeError(f"invalid chunk size, {size} wanted")


def chunked(client: FlaskClient, path: str, body: Any, content_type: str = "application/json") -> Any:
    """The answer to a body without a length, as a server hands it on."""
    stream = io.BytesIO(body) if isinstance(body, bytes) else body
    headers = {"Transfer-Encoding": "chunked"}
    overrides = {"wsgi.input": stream, "wsgi.input_terminated": True}
    return client.post(path, headers=headers, content_type=content_type, environ_overrides=overrides)


@pytest.mark.parametrize("path", [SCREENINGS, BATCH])
def test_chunks_that_cannot_be_read(client: FlaskClient, path: str) -> None:
    check_problem(chunked(client, path, Broken()), 400, "bad-request")


@pytest.mark.parametrize(
    ("path", "limit", "start"),
    [(SCREENINGS, 256 * 1024, b'{"text": "job in Laos"}'), (BATCH, 8 * 1024 * 1024, b'{"items": [{"text": "job"}]}')],
)
@pytest.mark.parametrize("end", [b" ", b"garbage"])
def test_a_chunked_body_beyond_the_limit_is_not_cut(
    client: FlaskClient, path: str, limit: int, start: bytes, end: bytes
) -> None:
    filled = start + b" " * (limit - len(start))
    assert chunked(client, path, filled).status_code == 200
    body = check_problem(chunked(client, path, filled + end), 413, "too-large")
    assert f"larger than {limit} bytes" in body["detail"]


@pytest.mark.parametrize("name", FIELD_MISTAKES)
def test_a_wrong_field_is_pointed_at(client: FlaskClient, name: str) -> None:
    request, pointer = FIELD_MISTAKES[name]
    body = check_problem(client.open(**request), 422, "invalid-request")
    assert [entry["pointer"] for entry in body["errors"]] == [pointer]
    assert body["errors"][0]["detail"].endswith((".", "out"))


def test_every_wrong_field_is_named(client: FlaskClient) -> None:
    answer = client.open(**sent({"text": "", "prevalence": 2, "offer": {"visa": "x", "sex": "f"}}))
    pointers = {entry["pointer"] for entry in check_problem(answer, 422, "invalid-request")["errors"]}
    assert pointers == {"#/text", "#/prevalence", "#/offer/visa", "#/offer/sex"}


def test_a_flood_of_unknown_keys_is_cut(client: FlaskClient) -> None:
    answer = client.open(**sent({"text": AD, **{f"k{number}" + "x" * 500: 1 for number in range(300)}}))
    assert len(check_problem(answer, 422, "invalid-request")["errors"]) == 50
    assert len(answer.data) < 20_000


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", SCREENINGS, {"OPTIONS", "POST"}),
        ("DELETE", SCREENINGS, {"OPTIONS", "POST"}),
        ("PUT", BATCH, {"OPTIONS", "POST"}),
        ("POST", "/api/v1/indicators", {"GET", "HEAD", "OPTIONS"}),
        ("POST", "/health/live", {"GET", "HEAD", "OPTIONS"}),
        ("BREW", "/api/v1/model", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(client: FlaskClient, method: str, path: str, allowed: set[str]) -> None:
    answer = client.open(path, method=method)
    check_problem(answer, 405, "method-not-allowed")
    assert set(answer.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/", "/api/v1/screenings/", "/health/", "/api//v1/model", "/api/v1/%ff%00"]
)
def test_an_unknown_path(client: FlaskClient, path: str) -> None:
    check_problem(client.get(path), 404, "not-found")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", f"{SCREENINGS}?prevalence=abc"),
        ("POST", f"{BATCH}?locale=fr"),
        ("GET", "/api/v1/indicators?limit=5&prevalence="),
        ("GET", "/api/v1/model?%ff=1"),
    ],
)
def test_query_parameters_are_not_ignored(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(path, method=method, data=AD, content_type="text/plain")
    body = check_problem(answer, 422, "invalid-request")
    assert "query parameter" in body["detail"]
    assert method == "GET" or path.partition("?")[2].partition("=")[0] in body["detail"]


@pytest.mark.parametrize("id", ["nothing", "../../etc", "x" * 3000, "<script>"])
def test_an_unknown_indicator(client: FlaskClient, id: str) -> None:
    answer = client.get(f"/api/v1/indicators/{id}")
    assert answer.status_code == 404
    assert len(answer.data) < 4000 + len(id)


@pytest.mark.parametrize(
    "path", ["/api/v1/indicators", "/api/v1/model", "/health/live", "/api/v1/indicators/travel_paid"]
)
def test_reading_in_another_media_type(client: FlaskClient, path: str) -> None:
    check_problem(client.get(path, headers={"Accept": "application/xml"}), 406, "not-acceptable")


def test_the_limits_come_from_the_configuration(screener: HandMadeScreener) -> None:
    from screener.web import create_app

    client = create_app({"MAX_SCREENING_BYTES": 20, "MAX_BATCH_BYTES": 30}, screener).test_client()
    body = check_problem(client.post(SCREENINGS, json={"text": "x" * 40}), 413, "too-large")
    assert "20 bytes" in body["detail"]
    check_problem(client.post(BATCH, json={"items": [{"text": "x" * 40}]}), 413, "too-large")


@pytest.mark.parametrize("testing", [True, False])
def test_a_failure_says_nothing_but_the_request_id(
    screener: HandMadeScreener, log: list[dict[str, Any]], testing: bool
) -> None:
    from screener.web import create_app

    client = create_app({"TESTING": testing}, screener).test_client()
    answer = client.post(SCREENINGS, json={"text": "BREAK confidential words"})
    check_problem(answer, 500, "internal-error")
    for words in ("confidential", "secret"):
        assert words not in answer.get_data(as_text=True)
        assert words not in repr(log)
    failure = next(line for line in log if line["event"] == "failure")
    assert failure["exception"] == "RuntimeError"
    assert failure["request_id"] == answer.headers["X-Request-ID"]


def test_a_batch_that_breaks_is_a_failure_and_no_half_answer(client: FlaskClient) -> None:
    check_problem(client.post(BATCH, json={"items": [{"text": "BREAK"}]}), 500, "internal-error")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(st.binary(max_size=80), st.text(max_size=40).map(lambda t: json.dumps({"text": t}).encode())))
def test_no_body_is_answered_500(app: APIFlask, body: bytes) -> None:
    for path, content_type in (
        (SCREENINGS, "application/json"),
        (SCREENINGS, "text/plain"),
        (BATCH, "application/json"),
    ):
        answer = app.test_client().post(path, data=body, content_type=content_type)
        assert answer.status_code in {200, 400, 422}


@pytest.mark.parametrize("terminated", [False, True])
def test_a_body_that_breaks_off_is_not_screened(client: FlaskClient, *, terminated: bool) -> None:
    answer = client.post(
        "/api/v1/screenings",
        input_stream=io.BytesIO(b"Customer service in Thailand"),
        content_type="text/plain",
        environ_overrides={"CONTENT_LENGTH": "900", "wsgi.input_terminated": terminated},
    )
    assert answer.status_code == 400
    assert "breaks off" in answer.get_json()["detail"]
