"""The OpenAPI document is valid, complete and true."""

from __future__ import annotations

from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    body: dict[str, Any] = client.get("/api/v1/openapi.json").get_json()
    return body


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    validator = pytest.importorskip("openapi_spec_validator")
    assert document["openapi"].startswith("3.1")
    validator.validate(document)


def test_every_route_is_documented(app: APIFlask, document: dict[str, Any]) -> None:
    served = {
        (rule.rule.replace("<", "{").replace(">", "}"), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/api/v1/", "/health/")) and rule.endpoint != "openapi.spec"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == {(path, method) for path, item in document["paths"].items() for method in item}


def test_every_operation_says_what_it_takes_and_answers(document: dict[str, Any]) -> None:
    for item in document["paths"].values():
        for method, operation in item.items():
            assert operation["summary"]
            assert operation["operationId"]
            assert {"200", "406", "500"} <= set(operation["responses"])
            if method == "post":
                assert operation["requestBody"]["required"]
                assert {"400", "413", "415", "422"} <= set(operation["responses"])
            for status, response in operation["responses"].items():
                (media_type,) = response["content"]
                assert media_type == ("application/json" if status == "200" else "application/problem+json")


def test_the_examples_are_accepted(client: FlaskClient, document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        for media_type, content in item.get("post", {}).get("requestBody", {}).get("content", {}).items():
            if media_type == "text/plain":
                assert client.post(path, data=content["example"], content_type=media_type).status_code == 200
            for example in content.get("examples", {}).values():
                answer = client.post(path, json=example["value"])
                assert answer.status_code == 200
                assert not [entry for entry in answer.get_json().get("results", ()) if "error" in entry]


def test_answers_and_examples_have_the_documented_shape(client: FlaskClient, document: dict[str, Any]) -> None:
    validators = pytest.importorskip("openapi_schema_validator")

    def check(schema: str, value: Any) -> None:
        reference = {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
        validators.OAS31Validator(reference).validate(value)

    text = "Customer service in Thailand, tourist visa"
    check("AssessmentAnswer", client.post("/api/v1/screenings", json={"text": text}).get_json())
    check("ProblemAnswer", client.post("/api/v1/screenings", json={"text": ""}).get_json(force=True))
    items = {"items": [{"text": text}, {"text": ""}]}
    check("BatchAnswer", client.post("/api/v1/screenings/batch", json=items).get_json())
    check("CatalogAnswer", client.get("/api/v1/indicators").get_json())
    check("IndicatorAnswer", client.get("/api/v1/indicators/travel_paid").get_json())
    check("ModelAnswer", client.get("/api/v1/model").get_json())
    check("HealthAnswer", client.get("/health/ready").get_json())
    for item in document["paths"].values():
        for operation in item.values():
            for response in operation["responses"].values():
                for content in response["content"].values():
                    if "example" in content:
                        check(content["schema"]["$ref"].rpartition("/")[2], content["example"])


def test_the_docs_page_is_served_from_here(client: FlaskClient) -> None:
    html = client.get("/api/docs").get_data(as_text=True)
    assert "http://" not in html
    assert "https://" not in html
    assert "swagger-ui-bundle.js" in html
    with client.get("/static/vendor/swagger-ui/swagger-ui-bundle.js") as script:
        assert script.status_code == 200
