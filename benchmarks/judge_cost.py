"""Processor time of a judged answer, part by part, with an endpoint in another process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from benchmarks.answers import fresh_bodies
from evals.mock_judges import adaptive, findings
from tutor.grading.grade import Grade
from tutor.grading.item import Item
from tutor.grading.judging.cascade import Cascade
from tutor.grading.judging.judge import Judge
from tutor.grading.local import LocalGrader
from tutor.inference.chat import ChatReply, ChatRequest, Usage
from tutor.inference.chat_format import Manner
from tutor.inference.chat_http import ChatConnection
from tutor.store.reviews import ReviewStore
from tutor.study.review import Review

ANSWERS = 300
WARM_UP = 60
PARTS = (
    "local grade of a fresh answer",
    "prompt, reply, quotes, score, feedback",
    "client, retries, limits and budget",
    "of the client, the bare `openai` posting the same bytes",
    "store, reply sought and kept, call noted",
    "store, review added",
    "store, judge's grade added to a review that was there first",
    "all but the local grade, where one waits for the judge",
)
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Work:
    """A graded answer for the judge."""

    item: Item
    answer: str
    local: Grade


def costs() -> tuple[float, ...]:
    """Milliseconds of processor time of each of `PARTS`, in a process whose settings name a judge.

    What runs in the event loop is timed in its thread; the store's part is what the other
    threads use meanwhile.
    """
    from tutor.open_judge import open_judge
    from tutor.settings import Settings, build_grader
    from tutor.settings_sources import openai_endpoint

    chosen, address = Settings(), openai_endpoint()
    grader = build_grader(chosen)
    bodies = fresh_bodies(WARM_UP + ANSWERS)
    first = [_graded(grader, body) for body in bodies[:WARM_UP]]
    started = time.thread_time()
    work = [_graded(grader, body) for body in bodies[WARM_UP:]]
    local = _each(time.thread_time() - started)
    with ReviewStore.open(chosen.database_url) as store:
        cascade = open_judge(chosen, address, (), lambda: store)
        if cascade is None:
            raise RuntimeError("no judge is configured; set TUTOR_JUDGE_MODEL")
        judging, asked = asyncio.run(_judging(work))
        thread, process = asyncio.run(_asking(cascade, first, work))
        posting = asyncio.run(_posting(address[0] or "", asked))
        added, regraded = _adding(store, work), _regrading(store, work)
    judged = process + added
    return (
        local, judging, thread - judging, posting, process - thread, added, regraded, judged,
    )  # fmt: skip


def _graded(grader: LocalGrader, body: Body) -> _Work:
    item = Item(body["question"], tuple(body["references"]), kind=body["kind"])
    return _Work(item, body["answer"], grader.grade(item, body["answer"]))


def _each(seconds: float) -> float:
    return 1000 * seconds / ANSWERS


class _Canned:
    """A model in this process; `seconds` is the thread's time that was its own."""

    name = endpoint = "canned"

    def __init__(self) -> None:
        self.seconds = 0.0
        self.asked: list[ChatRequest] = []

    async def ask(self, request: ChatRequest) -> ChatReply:
        started = time.thread_time()
        self.asked.append(request)
        value = findings(request, adaptive)
        self.seconds += time.thread_time() - started
        return ChatReply(value, self.name, Usage(), "text")


async def _judging(work: Sequence[_Work]) -> tuple[float, ChatRequest]:
    """The judge without its client, and a request that it makes."""
    model = _Canned()
    cascade = Cascade(Judge(model, secret=b"benchmark"))
    await _regrade(cascade, work[0])  # reads the prompts
    model.seconds, started = 0.0, time.thread_time()
    for each in work:
        await _regrade(cascade, each)
    return _each(time.thread_time() - started - model.seconds), model.asked[0]


async def _asking(
    cascade: Cascade, first: Sequence[_Work], work: Sequence[_Work]
) -> tuple[float, float]:
    """The judge with all that is around its client: the loop's thread, and all threads."""
    await asyncio.gather(*(_regrade(cascade, each) for each in first))
    thread, process = time.thread_time(), time.process_time()
    await asyncio.gather(*(_regrade(cascade, each) for each in work))
    used = time.thread_time() - thread, time.process_time() - process
    await cascade.close()
    return _each(used[0]), _each(used[1])


async def _regrade(cascade: Cascade, work: _Work) -> None:
    grade = await cascade.regrade(work.item, work.answer, work.local, "standard")
    if grade.receipt.judge is None or grade.receipt.judge.error is not None:
        raise RuntimeError(f"not judged: {grade.receipt.judge}")


async def _posting(base_url: str, asked: ChatRequest) -> float:
    """The bare client, with as many requests at once as it has connections for."""
    connection = ChatConnection(base_url, "none", {}, 60)
    body = Manner("text").fields(asked, "benchmark", 2048)
    room = asyncio.Semaphore(WARM_UP)

    async def post() -> None:
        async with room:
            await connection.post(body)

    await _all(post, WARM_UP)
    started = time.thread_time()
    await _all(post, ANSWERS)
    used = time.thread_time() - started
    await connection.close()
    return _each(used)


async def _all(call: Callable[[], Awaitable[None]], times: int) -> None:
    await asyncio.gather(*(call() for _ in range(times)))


def _adding(store: ReviewStore, work: Sequence[_Work]) -> float:
    reviews = [
        Review(
            id=_id(number),
            created_at=datetime.now(UTC),
            card_id=None,
            deck=None,
            item=each.item,
            answer=each.answer,
            grade=each.local,
        )
        for number, each in enumerate(work)
    ]
    started = time.process_time()
    for review in reviews:
        store.add(review)
    return _each(time.process_time() - started)


def _regrading(store: ReviewStore, work: Sequence[_Work]) -> float:
    now, started = datetime.now(UTC), time.process_time()
    for number, each in enumerate(work):
        store.add_regrade(_id(number), each.local, now)
    return _each(time.process_time() - started)


def _id(number: int) -> str:
    return f"benchmark-{number}"
