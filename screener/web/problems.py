"""Client mistakes and failures as RFC 9457 problem details for programs and as pages for people."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import orjson
import structlog
from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import RequestRedirect

from screener.errors import OfferError

PROBLEM_TYPE = "application/problem+json"
TITLES: Mapping[str, tuple[int, str]] = {
    "invalid-json": (400, "The body is not valid JSON"),
    "missing-body": (400, "The body is missing"),
    "invalid-encoding": (400, "The body is not valid UTF-8"),
    "bad-request": (400, "The request can't be read"),
    "not-found": (404, "There is nothing at this address"),
    "unknown-indicator": (404, "There is no such indicator"),
    "method-not-allowed": (405, "The method is not allowed here"),
    "not-acceptable": (406, "No answer in the asked media type"),
    "too-large": (413, "The body is too large"),
    "unsupported-media-type": (415, "The media type is not supported"),
    "invalid-request": (422, "The request has invalid fields"),
    "internal-error": (500, "The service failed"),
    "not-ready": (503, "The service is not ready"),
}
_SLUG_BY_STATUS: Mapping[int, str] = {
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "too-large",
    415: "unsupported-media-type",
}
_API_PATHS = ("/api/", "/health/")


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field: a JSON pointer as URI fragment (``#/offer/visa``) and a sentence."""

    pointer: str
    detail: str


class Problem(Exception):  # noqa: N818  # the name RFC 9457 gives it
    """A request that can't be answered. `slug` is a key of `TITLES`; the detail is shown to the client."""

    def __init__(
        self,
        slug: str,
        detail: str,
        errors: Sequence[FieldError] = (),
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.slug = slug
        self.detail = detail
        self.errors = tuple(errors)
        default_status, self.title = TITLES[slug]
        self.status = status or default_status
        self.headers = dict(headers or {})


def problem_to_dict(problem: Problem, instance: str) -> dict[str, Any]:
    """The members of RFC 9457 for a problem; `instance` is a URI reference."""
    members: dict[str, Any] = {
        "type": f"urn:lure-screener:problem:{problem.slug}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": instance,
    }
    if problem.errors:
        members["errors"] = [{"pointer": error.pointer, "detail": error.detail} for error in problem.errors]
    return members


def offer_problem(error: OfferError) -> Problem:
    """The problem of an offer that the screener refuses."""
    return Problem("invalid-request", str(error), [FieldError("#/offer", str(error))])


def is_api_path(path: str) -> bool:
    """Whether programs ask at this path, so that errors are problem details and no page."""
    return path.startswith(_API_PATHS) and path != "/api/docs"


def register_problems(app: Flask) -> None:
    """Make the application answer every error in one shape."""
    app.register_error_handler(Problem, _answer)
    app.register_error_handler(OfferError, lambda error: _answer(offer_problem(error)))
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(Exception, _answer_failure)


def _answer(problem: Problem) -> Response:
    if is_api_path(request.path):
        members = problem_to_dict(problem, quote(request.path))
        if request_id := g.get("request_id"):
            members["request_id"] = request_id
        response = Response(orjson.dumps(members), problem.status, content_type=PROBLEM_TYPE)
    else:
        page = render_template("error.html", problem=problem, request_id=g.get("request_id", ""))
        response = Response(page, problem.status, content_type="text/html; charset=utf-8")
    response.headers.extend(problem.headers)
    return response


def _answer_http_error(error: HTTPException) -> Response:
    if isinstance(error, RequestRedirect):
        return Response(status=error.code, headers={"Location": error.new_url})
    status = error.code or 500
    slug = _SLUG_BY_STATUS.get(status, "bad-request" if status < 500 else "internal-error")
    # Only the Allow and Retry-After headers carry meaning on; the others describe werkzeug's own page.
    kept = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    return _answer(Problem(slug, _detail(error, status), status=status, headers=kept))


def _detail(error: HTTPException, status: int) -> str:
    if status == 404:
        return "Nothing is here; the addresses that exist are listed at /api/docs."
    if status == 405:
        allowed = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
        return f"This address answers to {allowed} only."
    if isinstance(error, RequestEntityTooLarge):
        limit = request.max_content_length or 0
        return f"The body is larger than {limit} bytes; send less at a time."
    if status >= 500:
        return "The service failed; try again, and give the request id when you report it."
    return error.description or "The request can't be read; check its headers and its body."


def _answer_failure(error: Exception) -> Response:
    # Neither the message of the exception nor local values are logged: both may quote the ad.
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    structlog.get_logger("screener.web").error(
        "failure", request_id=g.get("request_id"), exception=type(error).__qualname__, frames=frames[-12:]
    )
    return _answer(
        Problem("internal-error", "The service failed; try again, and give the request id when you report it.")
    )
