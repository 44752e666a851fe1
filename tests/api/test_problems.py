from __future__ import annotations

import json

import pytest

from tutor.errors import StoreError

JSON = {"content-type": "application/json"}


def check_problem(response, status, name):
    """Every error is a problem, whatever went wrong."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["type"] == f"/problems/{name}"
    assert problem["title"]
    assert "\n" not in problem["detail"]
    return problem


def test_unknown_path(client):
    problem = check_problem(client.get("/v1/nothing"), 404, "not-found")
    assert "/v1/nothing" in problem["detail"]


def test_wrong_method_names_the_right_one(client):
    response = client.delete("/v1/grade")
    problem = check_problem(response, 405, "method-not-allowed")
    assert response.headers["allow"] == "POST"
    assert "POST" in problem["detail"]


def test_malformed_json_names_the_place(client):
    # The second line is `  "answer" 5}`: its colon is missing at column 12.
    response = client.post("/v1/grade", content='{"question": "q",\n  "answer" 5}', headers=JSON)
    problem = check_problem(response, 400, "malformed-json")
    assert "line 2, column 12" in problem["detail"]


@pytest.mark.parametrize(
    "body",
    [b"{", b"\xff\xfe{}", b"\xe4\xbd", b"[" * 100_000, b'{"answer": "\xff"}'],
    ids=["open", "utf-16 mark", "half a character", "nesting", "latin-1"],
)
def test_what_is_no_json(client, body):
    check_problem(client.post("/v1/grade", content=body, headers=JSON), 400, "malformed-json")


@pytest.mark.parametrize(
    "body",
    [
        r'{"answer": "\ud800", "question": "q", "references": ["r"]}',
        r'{"\ud800": 1}',
        r'{"answer": "\u0000", "question": "q", "references": ["r"]}',
        '{"answer": NaN}',
        "{" + ",".join(f'"{"k" * 900}{n}": 1' for n in range(100)) + "}",
        "",
    ],
    ids=["surrogate", "surrogate key", "nul", "nan", "long keys", "empty"],
)
def test_json_that_is_no_request(client, body):
    response = client.post("/v1/grade", content=body, headers=JSON)
    problem = check_problem(response, 422, "invalid-input")
    assert len(problem["detail"]) < 400


@pytest.mark.parametrize("declared", ["text/plain", "application/x-www-form-urlencoded", None])
def test_body_that_is_not_declared_as_json(client, declared):
    body = json.dumps({"question": "q", "references": ["r"], "answer": "r"})
    headers = {"content-type": declared} if declared else {}
    response = client.post("/v1/grade", content=body.encode(), headers=headers)
    problem = check_problem(response, 415, "unsupported-media-type")
    assert "application/json" in problem["detail"]


def test_charset_of_the_declared_type_is_fine(client):
    body = json.dumps({"question": "q", "references": ["r"], "answer": "r"})
    headers = {"content-type": "Application/JSON; charset=utf-8"}
    assert client.post("/v1/grade", content=body, headers=headers).status_code == 200


@pytest.mark.parametrize("chunked", [False, True])
def test_answer_of_a_megabyte(client, grader, chunked):
    body = json.dumps({"question": "q", "references": ["r"], "answer": "x" * 2**20}).encode()
    parts = (body[start : start + 65_536] for start in range(0, len(body), 65_536))
    response = client.post("/v1/grade", content=parts if chunked else body, headers=JSON)
    problem = check_problem(response, 413, "too-large")
    assert "262144 bytes" in problem["detail"]
    assert grader.asked == []


def test_batches_have_their_own_limit(make_client):
    # One item is about 200 bytes: too much for a request alone, one fits a batch, two do not.
    client = make_client({"max_request_bytes": 100, "max_batch_bytes": 300})
    item = {"question": "q", "references": ["r"], "answer": "x" * 150}
    assert client.post("/v1/grade", json=item).status_code == 413
    assert client.post("/v1/grade/batch", json={"items": [item]}).status_code == 200
    check_problem(client.post("/v1/grade/batch", json={"items": [item] * 2}), 413, "too-large")


def test_expected_failure_keeps_its_line(make_client):
    def broken():
        raise StoreError("reviews.db is locked; try again")

    problem = check_problem(make_client(store=broken).get("/v1/reviews"), 503, "store-error")
    assert problem["detail"] == "reviews.db is locked; try again"


def test_unexpected_failure_shows_nothing_of_the_inside(client):
    body = {"question": "q", "references": ["r"], "answer": "crash"}
    response = client.post("/v1/grade", json=body)
    check_problem(response, 500, "internal-error")
    assert "secret internals" not in response.text
    assert "Traceback" not in response.text


def test_wrong_parameter_is_named(client):
    problem = check_problem(client.get("/v1/cards?limit=many"), 422, "invalid-input")
    assert problem["errors"][0]["where"] == "query.limit"
