"""`/v1/grade`: grade one answer, and say it when all is known or as it comes.

Every grade is stored as a review before it is answered. Grading and the commit run in worker
threads and never hold up the event loop; a judge is waited for in the loop and holds no thread.
A client that goes away stops nothing: what it sent is graded, judged and stored.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from tutor.api.metrics import Metrics
from tutor.api.parts import TheGrading, TheMetrics, TheTutor
from tutor.api.problems import documented, expected_problem
from tutor.api.requests import GradeRequest, require_json
from tutor.api.responses import GradedAnswer
from tutor.begun import Begun
from tutor.deck.card import Card
from tutor.errors import TutorError
from tutor.grading.item import Item
from tutor.service import Tutor

router = APIRouter(
    tags=["grading"],
    dependencies=[Depends(require_json)],
    responses=documented(400, 404, 413, 415, 422, 500, 503, 504),
)


@router.post("/v1/grade")
async def grade(
    request: GradeRequest, tutor: TheTutor, metrics: TheMetrics, grading: TheGrading
) -> GradedAnswer:
    """Grade one answer, wait for the judge where one is asked, and store the review.

    When the judge fails, the grade is the local one and `receipt.judge.error` says why, or the
    request fails and nothing is stored, as TUTOR_ON_JUDGE_FAILURE says.
    """
    begun = await to_thread.run_sync(begin, request, tutor, limiter=grading)
    metrics.judging(begun)
    review = await begun.finished()
    await run_in_threadpool(tutor.keep, [review])
    metrics.graded(review.grade)
    return GradedAnswer.of(review)


def begin(request: GradeRequest, tutor: Tutor) -> Begun:
    """Grade locally and start the judge where it is wanted; nothing is stored."""
    return tutor.begin(_asked(request, tutor), request.answer, request.wish())


def _asked(request: GradeRequest, tutor: Tutor) -> Card | Item:
    return request.item() if request.card_id is None else tutor.card(request.card_id)


async def _recorded(
    request: GradeRequest, tutor: TheTutor, metrics: TheMetrics, grading: TheGrading
) -> Begun:
    begun = await to_thread.run_sync(_record, request, tutor, limiter=grading)
    metrics.recorded(begun)
    return begun


def _record(request: GradeRequest, tutor: Tutor) -> Begun:
    return tutor.record(_asked(request, tutor), request.answer, request.wish())


def _event(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The description of an event that carries an object."""
    data = {"type": "string", "contentMediaType": "application/json", "contentSchema": schema}
    return {"required": ["event", "data"], "properties": {"event": {"const": name}, "data": data}}


_GRADED = {"$ref": "#/components/schemas/GradedAnswer"}
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_DONE = {"required": ["review_id"], "properties": {"review_id": {"type": "string"}}}
_EVENTS = {
    "description": "The events, in the order in which they are known",
    "content": {
        "text/event-stream": {
            "itemSchema": {
                "oneOf": [
                    _event("local", _GRADED),
                    _event("judge", _GRADED),
                    _event("error", _PROBLEM),
                    _event("done", _DONE),
                ]
            }
        }
    },
}


@router.post("/v1/grade/stream", response_class=EventSourceResponse, responses={200: _EVENTS})
async def grade_stream(
    begun: Annotated[Begun, Depends(_recorded)], metrics: TheMetrics
) -> AsyncIterator[ServerSentEvent]:
    """Grade one answer and stream what is known as it comes.

    - `local`, at once: the local grade, which is stored by then, and the `review_id`. It is the
      same object that `/v1/grade` answers.
    - `judge`, only where the judge is asked, when it has spoken: the same object with the grade
      of both, which is stored beside the local one and counts from now on. When the judge fails
      it is the local grade again, and `receipt.judge.error` says why.
    - `error`, instead of `judge`, where TUTOR_ON_JUDGE_FAILURE is `error`: the problem. The
      local grade stays stored and counts.
    - `done`, last: the `review_id`.

    While nothing comes there is a comment line every 15 seconds. Whoever leaves loses nothing:
    the judge is heard and its grade is stored, and `/v1/reviews/{review_id}` shows the grade
    that counts; so it does after a stream that broke off before `done`. An answer that cannot be
    graded gets a problem, not a stream.
    """
    yield ServerSentEvent(event="local", data=GradedAnswer.of(begun.review))
    if begun.judged is not None:
        yield await _judged(begun, metrics)
    yield ServerSentEvent(event="done", data={"review_id": begun.review.id})


async def _judged(begun: Begun, metrics: Metrics) -> ServerSentEvent:
    try:
        return ServerSentEvent(event="judge", data=GradedAnswer.of(await begun.finished()))
    except TutorError as error:
        metrics.failed(error.type)
        found = expected_problem(error).model_dump_json(exclude_none=True)
        return ServerSentEvent(event="error", raw_data=found)
