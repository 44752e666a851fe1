"""`/v1/grade`: grade an answer, many answers, or one answer as a stream of events.

Every grade is stored as a review before it is answered. The routes are plain functions, so
grading and the commit run in worker threads and never hold up the event loop.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from tutor.api.metrics import Metrics
from tutor.api.parts import TheMetrics, TheTutor
from tutor.api.problems import documented
from tutor.api.requests import (
    BatchItem,
    BatchRequest,
    GradeRequest,
    RejectedItem,
    require_json,
)
from tutor.api.responses import BatchAnswer, FailedItem, GradedAnswer, GradedItem
from tutor.errors import StoreError, TutorError
from tutor.service import Tutor
from tutor.study.review import Review

BATCH_PATH = "/v1/grade/batch"

router = APIRouter(
    tags=["grading"],
    dependencies=[Depends(require_json)],
    responses=documented(400, 413, 415, 422, 500, 503),
)


@router.post("/v1/grade", responses=documented(404))
def grade(request: GradeRequest, tutor: TheTutor, metrics: TheMetrics) -> GradedAnswer:
    """Grade one answer and store the review."""
    review = _draft(request, tutor)
    tutor.keep([review])
    metrics.graded(review.grade)
    return GradedAnswer.of(review)


@router.post("/v1/grade/stream", response_class=EventSourceResponse, responses=documented(404))
async def grade_stream(
    graded: Annotated[GradedAnswer, Depends(grade)],
) -> AsyncIterator[ServerSentEvent]:
    """Grade one answer and stream what is known as it comes.

    The event `local` carries the local grade, the same object that `/v1/grade` answers, and
    `done` ends the stream. An answer that cannot be graded gets a problem, not a stream.
    """
    yield ServerSentEvent(event="local", data=graded)
    yield ServerSentEvent(event="done", data={"review_id": graded.review_id})


@router.post(BATCH_PATH)
def grade_batch(batch: BatchRequest, tutor: TheTutor, metrics: TheMetrics) -> BatchAnswer:
    """Grade many answers; the reviews are stored together, all or none.

    Results come in the order of the items. An item that cannot be graded has an `error`
    instead of a grade and stops no other.
    """
    # A grader that cannot be loaded fails the request, not each of its items in turn.
    tutor.check_grader()
    outcomes = [_outcome(item, tutor) for item in batch.items]
    if drafts := [outcome for outcome in outcomes if isinstance(outcome, Review)]:
        tutor.keep(drafts)
    results = zip(batch.items, outcomes, strict=True)
    return BatchAnswer(results=[_result(item, outcome, metrics) for item, outcome in results])


def _draft(request: GradeRequest, tutor: Tutor) -> Review:
    asked = request.item() if request.card_id is None else tutor.card(request.card_id)
    return tutor.draft(
        asked,
        request.answer,
        language=request.language,
        judge=request.judge,
        policy=request.policy,
    )


def _outcome(item: BatchItem | RejectedItem, tutor: Tutor) -> Review | TutorError:
    if isinstance(item, RejectedItem):
        return item
    try:
        return _draft(item, tutor)
    except StoreError:
        raise  # without the store nothing of the batch can be kept
    except TutorError as error:
        return error


def _result(
    item: BatchItem | RejectedItem, outcome: Review | TutorError, metrics: Metrics
) -> GradedItem | FailedItem:
    if isinstance(outcome, TutorError):
        metrics.failed(outcome.type)
        return FailedItem.of_item(item.id, outcome)
    metrics.graded(outcome.grade)
    return GradedItem.of_item(item.id, outcome)
