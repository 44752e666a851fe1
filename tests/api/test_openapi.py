from __future__ import annotations

import pytest


@pytest.fixture
def document(client):
    return client.get("/openapi.json").json()


def operations(document):
    return [
        (f"{method} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def references(value):
    if isinstance(value, dict):
        yield from [value["$ref"]] if "$ref" in value else []
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from references(each)


def test_every_schema_is_used_and_every_reference_leads_somewhere(document):
    names = {reference.removeprefix("#/components/schemas/") for reference in references(document)}
    assert names == set(document["components"]["schemas"])


def test_every_documented_error_is_a_problem(document):
    errors = [
        (name, status, answer["content"])
        for name, operation in operations(document)
        for status, answer in operation["responses"].items()
        if status >= "400"
    ]
    assert len(errors) > 20
    for name, status, content in errors:
        assert list(content) == ["application/problem+json"], (name, status)


def test_grade_is_documented_field_by_field(document):
    grade = document["components"]["schemas"]["GradedAnswer"]
    assert set(grade["required"]) == {
        "verdict", "score", "confidence", "unsure", "key_points", "reasons", "feedback", "rating",
        "receipt", "review_id",
    }  # fmt: skip
    item = document["components"]["schemas"]["BatchRequest"]["properties"]["items"]["items"]
    assert item == {"$ref": "#/components/schemas/BatchItem"}


def test_every_event_of_a_stream_is_documented(document):
    responses = document["paths"]["/v1/grade/stream"]["post"]["responses"]
    events = responses["200"]["content"]["text/event-stream"]["itemSchema"]["oneOf"]
    names = [event["properties"]["event"]["const"] for event in events]
    assert names == ["local", "judge", "error", "done"]
