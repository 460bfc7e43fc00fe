"""Headers of every answer, the request id, and one log line a request that never holds the ad."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping

import re2
import structlog
from flask import Flask, Response, g, request

_POLICY: Mapping[str, str] = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self' data:",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# Swagger UI sets inline styles and fetches the OpenAPI document; no other page may.
_DOCS_POLICY: Mapping[str, str] = {
    **_POLICY,
    "style-src": "'self' 'unsafe-inline'",
    "connect-src": "'self'",
}
_FIXED: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
_REQUEST_ID = re2.compile(r"[A-Za-z0-9._-]{1,64}")


def register_headers(app: Flask) -> None:
    """Give every answer its security headers and request id, and log every request."""
    app.before_request(_begin)
    app.after_request(_finish)


def fixed_headers(policy: Mapping[str, str] = _POLICY) -> dict[str, str]:
    """The security headers of an answer with this content policy."""
    return {"Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()), **_FIXED}


def _begin() -> None:
    g.started = time.perf_counter()
    sent = request.headers.get("X-Request-ID", "")
    # A foreign id is only taken over where it can't forge log lines or headers.
    g.request_id = sent if _REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex


def _finish(response: Response) -> Response:
    headers = response.headers
    headers.update(fixed_headers(_DOCS_POLICY if request.path == "/api/docs" else _POLICY))
    if request.endpoint != "static":
        headers["Cache-Control"] = "no-store"
    request_id = g.get("request_id") or uuid.uuid4().hex
    headers["X-Request-ID"] = request_id
    started = g.get("started")
    structlog.get_logger("screener.web").info(
        "request",
        request_id=request_id,
        method=request.method[:16],
        # Never the address as sent: what nothing answers to may hold an ad.
        path=str(request.url_rule or ""),
        status=response.status_code,
        milliseconds=None if started is None else round((time.perf_counter() - started) * 1000, 2),
    )
    return response
