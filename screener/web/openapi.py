"""The OpenAPI 3.1 document: what APIFlask reads from the routes, completed with bodies, schemas and examples."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from apiflask import APIFlask
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from screener.web.problems import PROBLEM_TYPE
from screener.web.schemas import ANSWERS, COUNTRY_SCHEMA, REQUESTS

_REFERENCE = "#/components/schemas/{model}"
_EXAMPLES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("examples.toml").read_text(encoding="utf-8"))
_ERRORS = {
    400: "The body is missing, not UTF-8, not JSON, or repeats a key",
    404: "Nothing has this id",
    406: "The client takes no JSON",
    413: "The body is too large",
    415: "The body is of another media type or compressed",
    422: "Fields are unknown, missing or wrong (`errors` points at each), or the address has query parameters",
}
_HEADERS = {
    "X-Request-ID": {"description": "The id sent, or a new one.", "schema": {"type": "string"}},
}


def answers(schema: str, *errors: int) -> Any:
    """The responses of an operation by status: a 200 of a component schema, the named errors, and 500.

    Typed Any because APIFlask's own type leaves out what it accepts.
    """
    content: dict[str, Any] = {"schema": {"$ref": _REFERENCE.format(model=schema)}}
    if example := _EXAMPLES["answers"].get(schema):
        content["example"] = example
    responses: dict[int, dict[str, Any]] = {
        200: {"description": "Success", "content": {"application/json": content}, "headers": _HEADERS}
    }
    for status in errors:
        responses[status] = _problem(_ERRORS[status], _EXAMPLES["problems"].get(str(status)))
    responses[500] = _problem("The service failed; the answer says no more than a request id", None)
    return responses


def _problem(description: str, example: Any) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": _REFERENCE.format(model="ProblemAnswer")}}
    if example:
        content["example"] = example
    return {"description": description, "content": {PROBLEM_TYPE: content}, "headers": _HEADERS}


def register_openapi(app: APIFlask) -> None:
    """Complete the document APIFlask generates."""

    def complete(spec: Any) -> dict[str, Any]:
        spec["info"]["description"] = (
            "Tells how likely a job ad is a trafficking lure, and why. It screens the offer, never the person, "
            "and decides nothing. Texts are not stored."
        )
        spec.setdefault("components", {})["schemas"] = _schemas()
        bodies = _bodies()
        for path in spec["paths"].values():
            for operation in path.values():
                if body := bodies.get(operation["operationId"]):
                    operation["requestBody"] = body
        document: dict[str, Any] = spec
        return document

    app.spec_processor(complete)


def _schemas() -> dict[str, Any]:
    pairs: list[tuple[type[BaseModel], JsonSchemaMode]] = [(model, "validation") for model in REQUESTS]
    pairs += [(model, "serialization") for model in ANSWERS]
    _, document = models_json_schema(pairs, ref_template=_REFERENCE)
    return {**document["$defs"], "Country": dict(COUNTRY_SCHEMA)}


def _bodies() -> dict[str, dict[str, Any]]:
    def json_body(schema: str) -> dict[str, Any]:
        return {"schema": {"$ref": _REFERENCE.format(model=schema)}, "examples": _EXAMPLES["requests"][schema]}

    text = {"schema": {"type": "string", "minLength": 1}, "example": _EXAMPLES["text"]}
    return {
        "screen": {
            "required": True,
            "content": {"application/json": json_body("ScreeningRequest"), "text/plain": text},
        },
        "screenBatch": {"required": True, "content": {"application/json": json_body("BatchRequest")}},
    }
