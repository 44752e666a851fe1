"""Two speeds over HTTP: the local grade at once, the judge's when it comes, nothing lost."""

from __future__ import annotations

from contextlib import contextmanager

import fastapi.routing
import pytest

from tests.api.judged import SKY, SURE, Stream, eventually, judged_by, read_events, serving
from tutor.api.app import create_app
from tutor.errors import ModelTimeoutError, ModelUnreachableError, RefusedReplyError

FAILURES = [
    ModelTimeoutError("no reply within 30 s; ask again"),
    ModelUnreachableError("no connection; start the server"),
    RefusedReplyError("the model declined; reword the question"),
]


@contextmanager
def streamed(client, body):
    with client.stream("POST", "/v1/grade/stream", json=body) as response:
        assert response.status_code == 200
        yield Stream(response)


def stored(client, review_id):
    return client.get(f"/v1/reviews/{review_id}").json()


def test_the_local_grade_comes_first_and_the_judges_when_it_speaks(judged_tutor, judge):
    judge.hold()
    with serving(create_app(judged_tutor())) as client, streamed(client, SKY) as stream:
        name, local = stream.event()
        review_id = local.pop("review_id")
        assert name == "local"
        assert local["receipt"]["judge"] is None
        # It is committed before anybody hears of it.
        assert stored(client, review_id)["grade"] == local
        judge.let()
        name, both = stream.event()
        assert (name, both.pop("review_id"), judged_by(both)) == ("judge", review_id, "judged")
        assert stream.event() == ("done", {"review_id": review_id})
        review = stored(client, review_id)
    assert (review["grade"], review["local_grade"]) == (both, local)


def test_a_comment_comes_while_the_judge_thinks(judged_tutor, judge, monkeypatch):
    monkeypatch.setattr(fastapi.routing, "_PING_INTERVAL", 0.02)
    judge.hold()
    with serving(create_app(judged_tutor())) as client, streamed(client, SKY) as stream:
        assert stream.event()[0] == "local"
        assert stream.block().startswith(":")
        judge.let()
        while (block := stream.block()).startswith(":"):
            pass
        assert block.startswith("event: judge\n")


def test_whoever_leaves_loses_nothing(judged_tutor, judge):
    judge.hold()
    with serving(create_app(judged_tutor())) as client:
        with streamed(client, SKY) as stream:
            review_id = stream.event()[1]["review_id"]
        ended = 'tutor_request_seconds_count{route="/v1/grade/stream"} 1'
        eventually(lambda: ended in client.get("/metrics").text)
        assert judged_by(stored(client, review_id)["grade"]) is None
        judge.let()
        eventually(lambda: judged_by(stored(client, review_id)["grade"]) == "judged")
        assert 'tutor_judgements_total{outcome="judged"} 1' in client.get("/metrics").text


@pytest.mark.parametrize("body", [SURE, SKY | {"judge": "never"}, SKY | {"answer": ""}])
def test_without_need_of_a_judge_the_stream_ends_at_once(judged_client, judge, body):
    text = judged_client().post("/v1/grade/stream", json=body).text
    assert [name for name, _ in read_events(text)] == ["local", "done"]
    assert judge.requests == []


@pytest.mark.parametrize("failure", FAILURES)
def test_a_judge_that_fails_costs_nothing_and_is_seen(judged_client, judge, failure):
    judge.failure = failure
    client = judged_client()
    events = read_events(client.post("/v1/grade/stream", json=SKY).text)
    (_, local), (name, both), (last, done) = events
    assert (name, last) == ("judge", "done")
    assert (both["verdict"], both["score"]) == (local["verdict"], local["score"])
    error = {"type": failure.type, "detail": str(failure)}
    assert both["receipt"]["judge"]["error"] == error
    assert stored(client, done["review_id"])["grade"]["receipt"]["judge"]["error"] == error


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_may_be_an_event_and_the_local_grade_stays(judged_client, judge, failure):
    judge.failure = failure
    client = judged_client(on_failure="error")
    events = read_events(client.post("/v1/grade/stream", json=SKY).text)
    (_, local), (name, problem), (last, done) = events
    assert (name, last) == ("error", "done")
    assert problem["type"] == f"/problems/{failure.type}"
    assert (problem["status"], problem["detail"]) == (failure.status, str(failure))
    assert local.pop("review_id") == done["review_id"]
    review = stored(client, done["review_id"])
    assert (review["grade"], review["local_grade"]) == (local, None)
    assert f'tutor_errors_total{{type="{failure.type}"}} 1' in client.get("/metrics").text
