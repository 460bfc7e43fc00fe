"""Reading a request body strictly: its size, media type, encoding and JSON, before any field is looked at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from flask import request
from werkzeug.exceptions import ClientDisconnected, HTTPException, RequestEntityTooLarge

from screener.web.problems import Problem

JSON_TYPE = "application/json"
TEXT_TYPE = "text/plain"
FORM_TYPE = "application/x-www-form-urlencoded"
_MAX_FORM_FIELDS = 40


def read_body(allowed: Sequence[str], limit: int) -> Any:
    """The parsed JSON of the body, or its text where it is plain text.

    `allowed` are the media types taken, `limit` the size in bytes. Raises Problem (400, 415) and werkzeug's 413. Lone
    surrogates in strings are left for the schema to refuse, so that one bad item spoils no batch.
    """
    media_type = request.mimetype
    if media_type not in allowed:
        sent = f"{media_type[:80]!r} is sent" if media_type else "no Content-Type is sent"
        raise Problem("unsupported-media-type", f"{sent}; send {' or '.join(allowed)} in UTF-8.")
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise Problem("unsupported-media-type", f"charset {charset[:40]!r} is not supported; send UTF-8.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Problem("unsupported-media-type", "A compressed body is not supported; send it without Content-Encoding.")
    raw = _received(limit)
    if not raw:
        raise Problem("missing-body", f"The request has no body; send {' or '.join(allowed)}.")
    text = _decoded(raw)
    return text if media_type == TEXT_TYPE else parse_json(text)


def read_form(limit: int) -> dict[str, str]:
    """The fields of a posted form, each sent once and in UTF-8. Raises Problem (400, 415, 422) and werkzeug's 413."""
    if request.mimetype != FORM_TYPE:
        raise Problem("unsupported-media-type", f"The form is sent as {FORM_TYPE}.")
    body = _decoded(_received(limit))
    try:
        pairs = parse_qsl(body, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FORM_FIELDS)
    except UnicodeDecodeError as error:
        detail = "The form holds characters that are not valid UTF-8; go back and paste the text again."
        raise Problem("invalid-encoding", detail) from error
    except ValueError as error:
        raise Problem("bad-request", f"The form has more than {_MAX_FORM_FIELDS} fields; load it again.") from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise Problem("invalid-request", f"The form holds the field {shown(repeated)!r} twice; load it again.")
    return fields


def _received(limit: int) -> bytes:
    """The whole body. Raises werkzeug's 413 where it is larger than `limit` bytes, Problem where it can't be read."""
    # A chunked body is cut at the limit in silence; one byte more tells a cut body from a whole one.
    request.max_content_length = limit + 1
    try:
        raw = request.get_data(cache=False)
    except Exception as error:  # every server has errors of its own for what it can't read
        if isinstance(error, HTTPException) and not isinstance(error, ClientDisconnected):
            raise
        raise Problem("bad-request", "The body breaks off or its chunks are malformed; send it again.") from error
    finally:
        request.max_content_length = limit
    if len(raw) > limit:
        raise RequestEntityTooLarge
    if len(raw) < (request.content_length or 0):
        raise Problem("bad-request", "The body breaks off before its Content-Length; send it again.")
    return raw


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(
            "invalid-encoding", f"Byte {error.start} of the body is not valid UTF-8; encode it as UTF-8."
        ) from error


def parse_json(text: str) -> Any:
    """The value of a JSON document. Raises Problem where it breaks RFC 8259, repeats a key or nests too deep."""
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        detail = f"{error.msg} at line {error.lineno}, column {error.colno}; send one JSON document."
        raise Problem("invalid-json", detail) from error
    except RecursionError as error:
        raise Problem("invalid-json", "The JSON is nested too deep; this API needs three levels.") from error
    except ValueError as error:
        # Python refuses to read integers of more than some thousand digits: quadratic time.
        raise Problem("invalid-json", "A number in the JSON has too many digits; send a usual number.") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        repeated = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise Problem("invalid-json", f"The key {shown(repeated)!r} stands twice in one object; name every key once.")
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise Problem("invalid-json", f"{name} is no JSON number; send a finite number.")


def shown(text: str, length: int = 60) -> str:
    """Client text cut and made safe to send back: no lone surrogates, no megabytes."""
    cut = text if len(text) <= length else text[: length - 1] + "…"
    return cut.encode("utf-8", "replace").decode("utf-8")
