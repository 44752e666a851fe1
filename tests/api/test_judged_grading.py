"""Grading with a judge, one answer and many: who waits gets the grade of both."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from tests.api.judged import SKY, SURE, eventually, judged_by, serving
from tutor.api.app import create_app
from tutor.errors import ModelAccessError, ModelTimeoutError, ModelUnreachableError, StoreError
from tutor.inference.chat import Usage
from tutor.store.reviews import ReviewStore

UNREACHABLE = ModelUnreachableError("no connection; start the server")


def grade(client, **more):
    return client.post("/v1/grade", json=SKY | more)


def test_who_waits_gets_the_grade_of_both_as_one_review(judged_client):
    client = judged_client()
    body = grade(client).json()
    (review,) = client.get("/v1/reviews").json()["reviews"]
    assert body.pop("review_id") == review["id"]
    assert judged_by(body) == "judged"
    assert review["grade"] == body


def test_always_asks_about_a_sure_grade_too(judged_client, judge):
    client = judged_client()
    assert judged_by(grade(client, **SURE).json()) is None
    assert judged_by(grade(client, **SURE, judge="always").json()) == "judged"
    assert len(judge.requests) == 1


def test_a_judge_that_fails_is_in_the_grade(judged_client, judge):
    judge.failure = UNREACHABLE
    body = grade(judged_client()).json()
    assert judged_by(body) == "model-unreachable"
    assert body["receipt"]["judge"]["local"]["verdict"] == body["verdict"]


@pytest.mark.parametrize(
    ("failure", "status"), [(UNREACHABLE, 503), (ModelTimeoutError("none in 30 s; ask again"), 504)]
)
def test_a_judge_that_fails_may_be_a_problem_and_nothing_is_stored(
    judged_client, judge, failure, status
):
    judge.failure = failure
    client = judged_client(on_failure="error")
    response = grade(client)
    assert response.status_code == status
    assert response.json()["type"] == f"/problems/{failure.type}"
    assert client.get("/v1/reviews").json()["reviews"] == []


def test_a_client_that_leaves_is_judged_all_the_same(judged_tutor, judge):
    judge.hold()
    with serving(create_app(judged_tutor())) as client:
        with pytest.raises(httpx2.ReadTimeout):
            client.post("/v1/grade", json=SKY, timeout=0.2)
        eventually(lambda: judge.most_at_once)
        assert client.get("/v1/reviews").json()["reviews"] == []
        judge.let()
        (review,) = eventually(lambda: client.get("/v1/reviews").json()["reviews"])
    assert judged_by(review["grade"]) == "judged"


def test_waiting_holds_no_thread(judged_tutor, judge):
    # The pool has 40 threads: were they waiting, nothing else could be graded.
    judge.hold()
    limits = httpx2.Limits(max_connections=60)
    with serving(create_app(judged_tutor())) as client, ThreadPoolExecutor(50) as threads:
        with httpx2.Client(base_url=client.base_url, limits=limits, timeout=30) as many:
            waiting = [
                threads.submit(grade, many, answer=f"{SKY['answer']} {number}")
                for number in range(50)
            ]
            eventually(lambda: judge.most_at_once == 50)
            assert grade(client, **SURE).status_code == 200
            judge.let()
            assert {judged_by(each.result().json()) for each in waiting} == {"judged"}


def batch(client, *items):
    return client.post("/v1/grade/batch", json={"items": items})


def test_a_batch_keeps_its_order_whoever_judges(judged_client, judge):
    items = [
        {"id": 1, **SKY},
        {"id": 2, **SURE},
        {"id": 3, "answer": "x"},
        {"id": 4, **SKY, "judge": "never"},
        {"id": 5, **SKY, "answer": SKY["answer"] + " indeed"},
    ]
    client = judged_client()
    results = batch(client, *items).json()["results"]
    assert [result["id"] for result in results] == [1, 2, 3, 4, 5]
    assert results[2]["error"]["type"] == "invalid-input"
    graded = [result for result in results if "error" not in result]
    assert [judged_by(each) for each in graded] == ["judged", None, None, "judged"]
    stored = client.get("/v1/reviews").json()["reviews"]
    assert [review["id"] for review in reversed(stored)] == [each["review_id"] for each in graded]


def test_a_batch_has_only_so_many_answers_with_the_judge(judged_tutor, judge):
    judge.hold()
    app = create_app(judged_tutor(), judged_at_once=3)
    items = [SKY | {"answer": f"{SKY['answer']} {number}"} for number in range(8)]
    with serving(app) as client, ThreadPoolExecutor(1) as threads:
        sent = threads.submit(batch, client, *items)
        eventually(lambda: judge.most_at_once == 3)
        judge.let()
        results = sent.result().json()["results"]
    assert {judged_by(result) for result in results} == {"judged"}
    assert judge.most_at_once == 3


def test_one_failed_judge_is_one_items_error(judged_client, judge):
    judge.failure = UNREACHABLE
    client = judged_client(on_failure="error")
    failed, sure = batch(client, {"id": 1, **SKY}, {"id": 2, **SURE}).json()["results"]
    assert failed == {
        "id": 1, "error": {"type": "model-unreachable", "detail": str(UNREACHABLE)},
    }  # fmt: skip
    (review,) = client.get("/v1/reviews").json()["reviews"]
    assert review["id"] == sure["review_id"]


def test_one_failed_judge_is_one_local_grade(judged_client, judge):
    judge.failure = UNREACHABLE
    failed, sure = batch(judged_client(), SKY, SURE).json()["results"]
    assert (judged_by(failed), judged_by(sure)) == ("model-unreachable", None)


def test_a_batch_that_cannot_be_stored_asks_the_judge_no_further(judged_client, judge, database):
    class FailsLater(ReviewStore):
        """Its rulings cannot be read once the judge has been asked."""

        def last_ruling(self):
            eventually(lambda: judge.most_at_once)
            raise StoreError("reviews.db is damaged; restore it from a backup")

    judge.hold()
    client = judged_client(parts={"store": lambda: FailsLater.open(f"sqlite:///{database}")})
    (card, *_) = client.get("/v1/cards").json()["cards"]
    response = batch(client, SKY, {"card_id": card["id"], "answer": "x"})
    assert (response.status_code, response.json()["type"]) == (503, "/problems/store-error")
    eventually(lambda: judge.cancelled == 1)


def test_a_judge_that_does_not_answer_leaves_the_service_ready(judged_client, judge):
    judge.failure = UNREACHABLE
    client = judged_client(on_failure="error")
    assert grade(client).status_code == 503
    assert client.get("/readyz").status_code == 200
    assert judge.most_at_once == 1  # it was not asked again for that


def test_a_judge_that_cannot_be_set_up_does_not(make_client):
    def broken():
        raise ModelAccessError("no key; set OPENAI_API_KEY")

    response = make_client(cascade=broken).get("/readyz")
    assert response.status_code == 503
    assert response.json()["detail"] == "grader: no key; set OPENAI_API_KEY"


def test_metrics_tell_what_became_of_judgements(judged_client, judge):
    client = judged_client()
    one = grade(client).json()
    (other,) = batch(client, SKY | {"answer": SKY["answer"] + " indeed"}).json()["results"]
    judge.failure = ModelUnreachableError("no connection; start the server")
    judge.failure.attempts, judge.failure.spent = 3, Usage(7)
    failed = grade(client).json()
    text = client.get("/metrics").text
    counted = dict(re.findall(r"^([^#\s]\S*) (\S+)$", text, re.MULTILINE))
    assert counted['tutor_judgements_total{outcome="judged"}'] == "2"
    assert counted['tutor_judgements_total{outcome="model-unreachable"}'] == "1"
    tokens = [each["receipt"]["judge"]["tokens"] for each in (one, other, failed)]
    assert tokens[2]["input"] == 7
    for kind in ("input", "output"):
        total = sum(each[kind] for each in tokens)
        assert counted[f"tutor_judge_{kind}_tokens_total"] == str(total)
    assert counted["tutor_judge_requests_total"] == "5"  # one, one and three
    assert counted["tutor_judge_seconds_count"] == "2"
    assert sum(float(n) for key, n in counted.items() if key.startswith("tutor_grades")) == 3
