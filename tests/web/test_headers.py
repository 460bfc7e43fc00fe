"""Headers of every answer, and what the log says of a request."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from gunicorn.http.errors import LimitRequestLine

from screener.web.worker import unreadable

ANSWERS = [
    ("GET", "/", {}, 200),
    ("POST", "/", {"data": {"text": "Customer service"}}, 200),
    ("POST", "/", {"data": {"text": ""}}, 422),
    ("GET", "/nothing", {}, 404),
    ("GET", "/api/docs", {}, 200),
    ("GET", "/api/v1/openapi.json", {}, 200),
    ("GET", "/api/v1/model", {}, 200),
    ("POST", "/api/v1/screenings", {"json": {"text": "Customer service"}}, 200),
    ("POST", "/api/v1/screenings", {"json": {}}, 422),
    ("POST", "/api/v1/screenings", {"json": {"text": "BREAK"}}, 500),
    ("GET", "/api/v1/screenings", {}, 405),
    ("OPTIONS", "/api/v1/screenings", {}, 204),
    ("HEAD", "/health/live", {}, 200),
    ("GET", "/static/page.css", {}, 200),
    ("GET", "/static/nothing.css", {}, 404),
    ("GET", "/static/../app.py", {}, 404),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), ANSWERS)
def test_every_answer_is_guarded(
    client: FlaskClient, method: str, path: str, body: dict[str, Any], status: int
) -> None:
    answer = client.open(path, method=method, **body)
    answer.close()
    assert answer.status_code == status
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    for part in (
        "default-src 'none'",
        "script-src 'self'",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ):
        assert part in policy.split("; ")
    assert ("unsafe-inline" in policy) == (path == "/api/docs")
    assert "unsafe-eval" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert len(headers["X-Request-ID"]) == 32
    assert "Set-Cookie" not in headers
    if answer.status_code == 200 and path.startswith("/static/"):
        assert "max-age" in headers["Cache-Control"]
    elif not path.startswith("/static/"):
        assert headers["Cache-Control"] == "no-store"


def test_a_sound_request_id_is_kept(client: FlaskClient) -> None:
    answer = client.get("/health/live", headers={"X-Request-ID": "case-2026.11_a"})
    assert answer.headers["X-Request-ID"] == "case-2026.11_a"


@pytest.mark.parametrize("foreign", ["", "a b", "x" * 65, "ü", "<script>", "a;b"])
def test_a_doubtful_request_id_is_replaced(client: FlaskClient, foreign: str) -> None:
    answer = client.get("/health/live", headers={"X-Request-ID": foreign.encode("utf-8").decode("latin-1")})
    assert len(answer.headers["X-Request-ID"]) == 32


def test_the_log_holds_one_line_a_request_and_never_the_ad(client: FlaskClient, log: list[dict[str, Any]]) -> None:
    client.post("/api/v1/screenings?text=hidden-words", json={"text": "hidden-words"})
    client.post("/", data={"text": "hidden-words"})
    client.get("/" + "p" * 5000)
    assert [line["status"] for line in log] == [422, 200, 404]
    assert {"request_id", "method", "path", "status", "milliseconds"} <= set(log[0])
    assert log[0]["path"] == "/api/v1/screenings"
    assert log[2]["path"] == ""
    assert "hidden-words" not in repr(log)


def test_a_host_that_is_none_still_gets_a_page(client: FlaskClient) -> None:
    for path in ("/", "/nothing", "/static/page.css"):
        answer = client.get(path, headers={"Host": "x" * 64})
        assert answer.status_code < 500
        assert "Content-Security-Policy" in answer.headers


def test_what_could_not_be_read_is_answered_with_all_headers() -> None:
    head = unreadable(LimitRequestLine(1, 2)).partition(b"\r\n\r\n")[0].decode("ascii")
    names = {line.partition(":")[0] for line in head.split("\r\n")[1:]}
    assert {"Content-Security-Policy", "X-Request-ID", "X-Frame-Options", "Cache-Control", "Connection"} <= names
