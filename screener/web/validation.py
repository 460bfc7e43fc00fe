"""From parsed JSON to a request model, or to a problem that points at every wrong field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from screener.web.body import shown
from screener.web.problems import FieldError, Problem

_MAX_ERRORS = 50

Model = TypeVar("Model", bound=BaseModel)


def validate(model: type[Model], data: Any) -> Model:
    """The data as a request model. Raises Problem (422) that names every wrong field, at most 50."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True, include_input=False)
        errors = [FieldError(_pointer(entry["loc"]), _sentence(entry)) for entry in details[:_MAX_ERRORS]]
        noun = "field is" if len(details) == 1 else "fields are"
        raise Problem("invalid-request", f"{len(details)} {noun} wrong; see errors.", errors) from error


def _pointer(location: tuple[str | int, ...]) -> str:
    """RFC 6901 in a URI fragment; the escapes are `~0` and `~1`."""
    steps = (shown(str(step)).replace("~", "~0").replace("/", "~1") for step in location)
    return "#" + "".join("/" + step for step in steps)


_SENTENCES: Mapping[str, str] = {
    "extra_forbidden": "This key is unknown: leave it out, or check its spelling in the documentation.",
    "missing": "This key is required.",
    "string_unicode": "The text holds a lone surrogate (half of a character): send whole characters.",
    "string_too_long": "The text is longer than {max_length} characters: shorten it.",
    "string_too_short": "The text is empty.",
    "string_pattern_mismatch": "The text does not have the form {pattern}.",
    "value_error": "The value {error}.",
    "model_type": "This must be a JSON object.",
}


def _sentence(entry: ErrorDetails) -> str:
    sentence = _SENTENCES.get(entry["type"])
    return sentence.format(**entry.get("ctx", {})) if sentence else f"{entry['msg']}."
