"""The form for people: paste an ad, read the answer on the same page. Works without JavaScript.

The form changes nothing on the server and there is no login, so it needs neither a cookie nor a CSRF token: a forged
post could only show a stranger's text to the one who was made to send it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import re2
from flask import Blueprint, current_app, render_template

from screener.errors import OfferError
from screener.records import DEFAULT_PREVALENCE
from screener.web.body import read_form, shown
from screener.web.countries import country_names, find_country
from screener.web.presentation import ResultView, present, share
from screener.web.problems import Problem
from screener.web.schemas import MAX_TEXT_CHARACTERS, ScreeningRequest
from screener.web.service import screener_of
from screener.web.translation import _
from screener.web.validation import validate

form = Blueprint("form", __name__)

_OFFER_FIELDS = ("recruiting_country", "promised_destination", "route", "visa", "travel_paid_by", "employer", "channel")
_FIELDS = ("text", *_OFFER_FIELDS, "prevalence")
_ROUTE_SEPARATOR = re2.compile(r"\s*(?:,|;|>|→|\n)\s*")
_PREVALENCES = (0.001, 0.01, DEFAULT_PREVALENCE, 0.2, 0.5)


@dataclass(frozen=True, slots=True)
class FormError:
    """What is wrong with a field of the form, to show beside it."""

    field: str
    message: str


@form.get("/")
def show() -> str:
    """The empty form."""
    return _page({}, (), None)


@form.post("/")
def screen() -> tuple[str, int]:
    """The form with the result, or with what to correct (422)."""
    sent = read_form(current_app.config["MAX_CONTENT_LENGTH"])
    # A text area sends CRLF for every line break; the person pasted single ones.
    values = {name: sent.get(name, "").replace("\r\n", "\n") for name in _FIELDS}
    unknown = sorted(set(sent) - set(_FIELDS))
    if unknown:
        raise Problem("invalid-request", f"The form has no field {shown(unknown[0])!r}; go back and load it again.")
    errors, screening = _read(values)
    if screening is None:
        return _page(values, errors, None), 422
    screener = screener_of(current_app)
    try:
        assessment = screener.screen(screening.to_offer(), screening.prevalence or DEFAULT_PREVALENCE)
    except OfferError as error:
        return _page(values, (FormError("text", str(error)),), None), 422
    return _page(values, (), present(assessment, screener.catalog, datetime.now(UTC))), 200


def _page(values: Mapping[str, str], errors: tuple[FormError, ...], result: ResultView | None) -> str:
    return render_template(
        "form.html",
        values=values,
        errors={error.field: error.message for error in reversed(errors)},
        first_error=errors[0].field if errors else None,
        result=result,
        countries=country_names(),
        prevalences=[(f"{value:g}", share(value)) for value in _PREVALENCES],
        default_prevalence=f"{DEFAULT_PREVALENCE:g}",
        limit=MAX_TEXT_CHARACTERS,
        details_open=_is_told(values) or any(error.field != "text" for error in errors),
    )


def _is_told(values: Mapping[str, str]) -> bool:
    """Whether anything is told of the offer beside its text."""
    return any(values.get(name, "") not in {"", "unknown"} for name in _OFFER_FIELDS)


def _read(values: Mapping[str, str]) -> tuple[tuple[FormError, ...], ScreeningRequest | None]:
    """The request in a form, or the errors to show. The text comes first, as on the page."""
    text = values["text"]
    errors = []
    if not text.strip():
        errors.append(FormError("text", _("Paste the words of the ad first.")))
    elif len(text) > MAX_TEXT_CHARACTERS:
        errors.append(
            FormError(
                "text",
                _(
                    "The ad has %(count)s characters; the limit is %(limit)s. Paste the part with the offer.",
                    count=f"{len(text):,}",
                    limit=f"{MAX_TEXT_CHARACTERS:,}",
                ),
            )
        )
    route = []
    for stop in filter(None, _ROUTE_SEPARATOR.split(values["route"].strip())):
        code = find_country(stop)
        if code is None:
            hint = _(
                "“%(stop)s” is no country known here: write its English name or its code, as TH.", stop=shown(stop)
            )
            errors.append(FormError("route", hint))
            break
        route.append(code)
    offer: dict[str, Any] = {name: values[name] for name in _OFFER_FIELDS if name != "route" and values[name].strip()}
    data: dict[str, Any] = {"text": text, "offer": {**offer, "route": route}}
    if values["prevalence"]:
        data["prevalence"] = _number(values["prevalence"])
    if errors:
        return tuple(errors), None
    try:
        return (), validate(ScreeningRequest, data)
    except Problem as problem:
        return tuple(FormError(_field(error.pointer), error.detail) for error in problem.errors), None


def _number(typed: str) -> float | str:
    try:
        return float(typed)
    except ValueError:
        return typed


def _field(pointer: str) -> str:
    """The form field of a pointer such as ``#/offer/visa`` or ``#/offer/route/1``."""
    steps = pointer.removeprefix("#/").removeprefix("offer/").split("/")
    return steps[0] if steps[0] in _FIELDS else "text"
