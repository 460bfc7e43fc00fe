"""The JSON API: screenings, the catalogue, the model, and the probes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

import orjson
from apiflask import APIBlueprint
from flask import Response, current_app, request

from screener.errors import OfferError
from screener.records import DEFAULT_PREVALENCE, Offer
from screener.rendering import assessment_to_dict, declaration_to_dict, new_id
from screener.web.body import JSON_TYPE, TEXT_TYPE, read_body, shown
from screener.web.openapi import answers
from screener.web.problems import Problem, offer_problem, problem_to_dict
from screener.web.schemas import BatchItem, BatchRequest, ScreeningRequest
from screener.web.service import screener_of
from screener.web.validation import validate

api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Screening")
health = APIBlueprint("health", __name__, url_prefix="/health", tag="Health")


def _answer(body: Mapping[str, Any]) -> Response:
    return Response(orjson.dumps(body), content_type=JSON_TYPE, headers={"Content-Language": "en"})


@api.before_request
@health.before_request
def refuse_other_media_types() -> None:
    """Answer 406 to a client that takes no JSON."""
    accepted = request.accept_mimetypes
    if accepted and not accepted.best_match([JSON_TYPE]) and request.method != "OPTIONS":
        raise Problem("not-acceptable", f"This address answers in {JSON_TYPE} only; accept that or */*.")


@api.before_request
def refuse_query_parameters() -> None:
    """Answer 422 to what would be ignored in the address: everything is told in the body."""
    if request.args and request.method != "OPTIONS":
        names = ", ".join(repr(shown(name)) for name in list(request.args)[:5])
        raise Problem("invalid-request", f"No query parameter is known here, but {names} is sent; leave it out.")


@api.post("/screenings")
@api.doc(
    operation_id="screen",
    summary="Screen one ad",
    description="JSON with the text and what else is told of the offer, or the bare text as text/plain.",
    responses=answers("AssessmentAnswer", 400, 406, 413, 415, 422),
)
def screen() -> Response:
    """Screen one ad."""
    body = read_body((JSON_TYPE, TEXT_TYPE), current_app.config["MAX_SCREENING_BYTES"])
    screening = validate(ScreeningRequest, {"text": body} if isinstance(body, str) and _is_text() else body)
    return _answer(_screen(screening.to_offer(), screening.prevalence, new_id()))


@api.post("/screenings/batch")
@api.doc(
    operation_id="screenBatch",
    summary="Screen up to 500 ads",
    description="One result an item, in order; an item that can't be screened has `error` instead of an assessment.",
    responses=answers("BatchAnswer", 400, 406, 413, 415, 422),
)
def screen_batch() -> Response:
    """Screen up to 500 ads."""
    batch = validate(BatchRequest, read_body((JSON_TYPE,), current_app.config["MAX_BATCH_BYTES"]))
    # Encoded one by one: the objects of hundreds of answers would take many times the memory.
    results = [
        orjson.Fragment(orjson.dumps(_screen_item(item, position, batch.prevalence)))
        for position, item in enumerate(batch.items)
    ]
    return _answer({"results": results})


@api.get("/indicators")
@api.doc(
    operation_id="listIndicators", summary="The catalogue of indicators", responses=answers("CatalogAnswer", 406, 422)
)
def indicators() -> Response:
    """The catalogue of indicators."""
    return _answer({"indicators": [declaration_to_dict(entry) for entry in screener_of(current_app).catalog]})


@api.get("/indicators/<indicator_id>")
@api.doc(operation_id="getIndicator", summary="One indicator", responses=answers("IndicatorAnswer", 404, 406, 422))
def indicator(indicator_id: str) -> Response:
    """One indicator."""
    for entry in screener_of(current_app).catalog:
        if entry.id == indicator_id:
            return _answer(declaration_to_dict(entry))
    detail = f"No indicator is called {shown(indicator_id)!r}; /api/v1/indicators lists all."
    raise Problem("unknown-indicator", detail)


@api.get("/model")
@api.doc(operation_id="getModel", summary="The model and its card", responses=answers("ModelAnswer", 406, 422))
def model() -> Response:
    """The model and its card."""
    screener = screener_of(current_app)
    return _answer({**asdict(screener.model), "card": screener.card, "manifest": dict(screener.manifest)})


@health.get("/live")
@health.doc(operation_id="live", summary="Does the process answer?", responses=answers("HealthAnswer", 406))
def live() -> Response:
    """Whether the process answers."""
    return _answer({"status": "live"})


@health.get("/ready")
@health.doc(operation_id="ready", summary="Is the model loaded?", responses=answers("HealthAnswer", 406))
def ready() -> Response:
    """Whether the model is loaded; an application without one does not start."""
    return _answer({"status": "ready", "model": screener_of(current_app).model.version})


def _is_text() -> bool:
    return request.mimetype == TEXT_TYPE


def _screen(offer: Offer, prevalence: float | None, id: str) -> dict[str, Any]:
    return assessment_to_dict(screener_of(current_app).screen(offer, prevalence or DEFAULT_PREVALENCE), id)


def _screen_item(data: Any, position: int, prevalence: float | None) -> dict[str, Any]:
    """The assessment of one item of a batch, or its id and error."""
    given = data.get("id") if isinstance(data, dict) else None
    item_id = shown(given, 200) if isinstance(given, str) and given else str(position)
    try:
        item = validate(BatchItem, data)
        return _screen(item.to_offer(), item.prevalence or prevalence, item_id)
    except OfferError as error:
        problem = offer_problem(error)
    except Problem as error:
        problem = error
    return {"id": item_id, "error": problem_to_dict(problem, f"{quote(request.path)}#/items/{position}")}
