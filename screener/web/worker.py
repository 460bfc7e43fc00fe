"""The worker of the service: requests that gunicorn can't read are answered as problem details, as all others are."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from gunicorn import util
from gunicorn.http.errors import (
    ExpectationFailed,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.workers.gthread import ThreadWorker

from screener.web.headers import fixed_headers
from screener.web.problems import PROBLEM_TYPE, Problem, problem_to_dict

_STATUS: Mapping[type[Exception], int] = {
    LimitRequestLine: 414,
    ExpectationFailed: 417,
    LimitRequestHeaders: 431,
    UnsupportedTransferCoding: 501,
}
_DETAIL = "The request line or the headers can't be read; check the address, Content-Length and Transfer-Encoding."


class ProblemWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's threaded worker, without its error pages of HTML."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Answer a request that never reached the application; it has no path and no request id that could be told."""
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        # What was sent is not logged: the address may hold an ad.
        structlog.get_logger("screener.web").warning("unreadable request", exception=type(exc).__name__)
        try:
            util.write_nonblock(client, unreadable(exc))
        except OSError:
            self.log.debug("The client left before it was answered.")


def unreadable(error: Exception) -> bytes:
    """The whole answer to a request that can't be parsed."""
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 400)
    body = orjson.dumps(problem_to_dict(Problem("bad-request", _DETAIL, status=status), "/"))
    headers = {
        "Connection": "close",
        "Content-Type": PROBLEM_TYPE,
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "X-Request-ID": uuid.uuid4().hex,
        **fixed_headers(),
    }
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body
