from __future__ import annotations

import re

from tutor.errors import DeckError, ModelError, StoreError


def fails(error):
    def make():
        raise error

    return make


def test_alive_needs_nothing(make_client):
    client = make_client(
        grader=fails(ModelError("m")),
        collection=fails(DeckError("d")),
        store=fails(StoreError("s")),
    )
    assert client.get("/healthz").json() == {"status": "ok"}


def test_ready(client):
    assert client.get("/readyz").json() == {"status": "ok"}


def test_not_ready_names_everything_that_is_not(make_client):
    client = make_client(
        grader=fails(ModelError("no embedder")), store=fails(StoreError("db is read-only"))
    )
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["type"] == "/problems/not-ready"
    assert response.json()["detail"] == "grader: no embedder; store: db is read-only"


def samples(client):
    text = client.get("/metrics").text
    return {key: float(value) for key, value in re.findall(r"^([^#\s]\S*) (\S+)$", text, re.M)}


def test_metrics_count_grades_errors_and_times(client):
    asked = {"question": "q", "references": ["r"]}
    client.post("/v1/grade", json=asked | {"answer": "r"})
    client.post("/v1/grade", json=asked | {"answer": "fail"})
    items = [asked | {"answer": "r"}, asked | {"answer": "no"}, asked]
    client.post("/v1/grade/batch", json={"items": items})
    client.get("/v1/cards/nothing-1")
    client.get("/nowhere/1")
    counted = samples(client)
    assert counted['tutor_grades_total{verdict="correct",unsure="false"}'] == 2
    assert counted['tutor_grades_total{verdict="incorrect",unsure="false"}'] == 1
    assert counted['tutor_errors_total{type="model-error"}'] == 1
    assert counted['tutor_errors_total{type="invalid-input"}'] == 1
    # An unknown card and an unknown path.
    assert counted['tutor_errors_total{type="not-found"}'] == 2
    assert counted['tutor_request_seconds_count{route="/v1/grade"}'] == 2
    assert counted['tutor_request_seconds_bucket{route="/v1/grade",le="+Inf"}'] == 2
    assert counted['tutor_request_seconds_count{route="/v1/cards/{card_id}"}'] == 1
    assert counted['tutor_request_seconds_count{route="unmatched"}'] == 1


def test_histogram_buckets_only_grow(client):
    for _ in range(5):
        client.get("/healthz")
    pattern = r'tutor_request_seconds_bucket\{route="/healthz",le="[^"]+"\} (\d+)'
    counts = [int(count) for count in re.findall(pattern, client.get("/metrics").text)]
    assert counts == sorted(counts)
    assert counts[-1] == 5
