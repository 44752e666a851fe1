"""`/v1/grade/batch`: grade many answers, and answer when all of them are stored."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool

from tutor.api.grading import begin
from tutor.api.metrics import Metrics
from tutor.api.parts import JudgedAtOnce, TheMetrics, TheTutor
from tutor.api.problems import documented
from tutor.api.requests import BatchItem, BatchRequest, RejectedItem, require_json
from tutor.api.responses import BatchAnswer, FailedItem, GradedItem
from tutor.begun import Begun
from tutor.errors import StoreError, TutorError
from tutor.service import Tutor
from tutor.study.review import Review

PATH = "/v1/grade/batch"
Item = BatchItem | RejectedItem

router = APIRouter(
    tags=["grading"],
    dependencies=[Depends(require_json)],
    responses=documented(400, 413, 415, 422, 500, 503),
)


@router.post(PATH)
async def grade_batch(
    batch: BatchRequest, tutor: TheTutor, metrics: TheMetrics, judged_at_once: JudgedAtOnce
) -> BatchAnswer:
    """Grade many answers; the reviews are stored together, all or none.

    Results come in the order of the items, when the judge has spoken about all that it was
    asked about. An item that cannot be graded has an `error` instead of a grade and stops no
    other; so has one whose judge failed, where TUTOR_ON_JUDGE_FAILURE is `error`.
    """
    # A grader that cannot be loaded fails the request, not each of its items in turn.
    await run_in_threadpool(tutor.check_grader)
    outcomes = await _outcomes(batch.items, tutor, metrics, judged_at_once)
    if drafts := [outcome for outcome in outcomes if isinstance(outcome, Review)]:
        await run_in_threadpool(tutor.keep, drafts)
    results = zip(batch.items, outcomes, strict=True)
    return BatchAnswer(results=[_result(item, outcome, metrics) for item, outcome in results])


async def _outcomes(
    items: Sequence[Item], tutor: Tutor, metrics: Metrics, judged_at_once: int
) -> list[Review | TutorError]:
    room = asyncio.Semaphore(judged_at_once)
    begun: list[Begun | TutorError] = []
    try:
        for item in items:
            await room.acquire()
            begun.append(await run_in_threadpool(_begun, item, tutor))
            _judging(begun[-1], room, metrics)
        return [await _outcome(each) for each in begun]
    finally:
        # Where one item ended all of them, what the judge would say is of no use.
        for each in begun:
            if isinstance(each, Begun) and each.judged is not None:
                each.judged.cancel()


def _begun(item: Item, tutor: Tutor) -> Begun | TutorError:
    if isinstance(item, RejectedItem):
        return item
    try:
        return begin(item, tutor)
    except StoreError:
        raise  # without the store nothing of the batch can be kept
    except TutorError as error:
        return error


def _judging(begun: Begun | TutorError, room: asyncio.Semaphore, metrics: Metrics) -> None:
    """Give the place in the room back when the judge has spoken, at once if it is not asked."""
    if isinstance(begun, TutorError) or begun.judged is None:
        room.release()
        return
    metrics.judging(begun)
    loop = asyncio.get_running_loop()
    begun.judged.add_done_callback(lambda _: loop.call_soon_threadsafe(room.release))


async def _outcome(begun: Begun | TutorError) -> Review | TutorError:
    if isinstance(begun, TutorError):
        return begun
    try:
        return await begun.finished()
    except TutorError as error:
        return error


def _result(item: Item, outcome: Review | TutorError, metrics: Metrics) -> GradedItem | FailedItem:
    if isinstance(outcome, TutorError):
        metrics.failed(outcome.type)
        return FailedItem.of_item(item.id, outcome)
    metrics.graded(outcome.grade)
    return GradedItem.of_item(item.id, outcome)
