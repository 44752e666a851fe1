"""Two speeds: the local grade at once, the judge's later, and nothing lost in between."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from evals.mock_judges import MockJudge
from tutor.errors import InvalidInputError, ModelUnreachableError
from tutor.examiner import Wish
from tutor.grading.calibration import load_calibration
from tutor.grading.grade import Grade
from tutor.grading.item import Item
from tutor.grading.judging.cascade import Cascade
from tutor.grading.judging.judge import Judge
from tutor.grading.local import LocalGrader
from tutor.inference.chat import ChatReply, ChatRequest
from tutor.service import Tutor
from tutor.store.reviews import ReviewStore

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SKY = Item("Why is the sky blue?", ("Air scatters short wavelengths most",))
UNSURE = "short light is thrown about, which the sea does too"


class HeldJudge(MockJudge):
    """A judge that says nothing until it is let; `broken` makes it fail then."""

    def __init__(self) -> None:
        super().__init__("honest")
        self.may_speak = threading.Event()
        self.broken = False
        self.closed = 0

    async def ask(self, request: ChatRequest) -> ChatReply:
        while not self.may_speak.is_set():
            await asyncio.sleep(0.002)
        if self.broken:
            raise ModelUnreachableError("no connection; start the server")
        return await super().ask(request)

    async def close(self) -> None:
        self.closed += 1


@pytest.fixture
def judge() -> HeldJudge:
    return HeldJudge()


@pytest.fixture
def make(judge: HeldJudge, tmp_path: Path) -> Iterator[Callable[..., Tutor]]:
    made: list[Tutor] = []

    def build(*, judged: bool = True, **options: Any) -> Tutor:
        def cascade() -> Cascade | None:
            made = Cascade(Judge(judge, secret=b"s"), close=judge.close, **options)
            return made if judged else None

        grader, numbers = LocalGrader(load_calibration()), count(1)
        made.append(
            Tutor(
                grader=lambda: grader,
                collection=lambda: pytest.fail("no deck is needed"),
                store=lambda: ReviewStore.open(f"sqlite:///{tmp_path}/reviews.db"),
                clock=lambda: NOON,
                new_id=lambda: f"r{next(numbers)}",
                cascade=cascade,
            )
        )
        return made[-1]

    yield build
    judge.may_speak.set()
    for tutor in made:
        tutor.close()


def judged(grade: Grade) -> bool:
    return grade.receipt.judge is not None and grade.receipt.judge.error is None


def test_the_local_grade_is_stored_at_once_and_the_judges_beside_it(make, judge):
    tutor = make()
    begun = tutor.record(SKY, UNSURE, Wish())
    assert not begun.judged.done()
    assert tutor.review_of("r1").grade == begun.review.grade  # committed before the judge speaks
    judge.may_speak.set()
    later = begun.wait()
    assert judged(later.grade)
    stored = tutor.review_of("r1")
    assert stored.grade == later.grade
    assert stored.local_grade == begun.review.grade


def test_a_judgement_that_nobody_waits_for_is_stored_all_the_same(make, judge):
    tutor = make()
    tutor.record(SKY, UNSURE, Wish())
    judge.may_speak.set()
    tutor.close()  # waits for what is under way
    assert judge.closed == 1
    assert judged(tutor.review_of("r1").grade)


def test_whoever_stops_waiting_stops_nobody_else(make, judge):
    tutor = make()
    begun = tutor.record(SKY, UNSURE, Wish())

    async def leave():
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(begun.finished(), timeout=0.02)

    asyncio.run(leave())
    judge.may_speak.set()
    assert judged(begun.wait().grade)


def test_a_broken_judge_costs_nothing(make, judge):
    judge.broken = True
    judge.may_speak.set()
    tutor = make()
    later = tutor.record(SKY, UNSURE, Wish()).wait()
    local = tutor.review_of("r1").local_grade
    assert (later.grade.verdict, later.grade.score) == (local.verdict, local.score)
    assert later.grade.receipt.judge.error.type == "model-unreachable"


def test_a_broken_judge_may_be_an_error_and_the_local_grade_stays_stored(make, judge):
    judge.broken = True
    judge.may_speak.set()
    tutor = make(on_failure="error")
    begun = tutor.record(SKY, UNSURE, Wish())
    with pytest.raises(ModelUnreachableError):
        begun.wait()
    assert tutor.review_of("r1").grade == begun.review.grade
    with pytest.raises(ModelUnreachableError):
        tutor.review(SKY.question, SKY.references, UNSURE)
    assert len(tutor.reviews()) == 1  # what has no grade is not stored


def test_who_waits_gets_one_review_with_the_grade_of_both(make, judge):
    judge.may_speak.set()
    tutor = make()
    review = tutor.review(SKY.question, SKY.references, UNSURE)
    assert judged(review.grade)
    assert tutor.review_of(review.id) == review


def test_never_and_a_sure_grade_ask_nobody(make, judge):
    tutor = make()
    assert tutor.begin(SKY, UNSURE, Wish(judge="never")).judged is None
    assert tutor.begin(SKY, SKY.references[0], Wish()).judged is None
    assert tutor.begin(SKY, "", Wish(judge="always")).judged is None
    assert judge.requests == []


def test_always_without_a_judge_says_what_to_set(make):
    tutor = make(judged=False)
    with pytest.raises(InvalidInputError, match="TUTOR_JUDGE_MODEL"):
        tutor.begin(SKY, UNSURE, Wish(judge="always"))


def test_a_closed_tutor_judges_again(make, judge):
    judge.may_speak.set()
    tutor = make()
    assert judged(tutor.grade(SKY.question, SKY.references, UNSURE))
    tutor.close()
    assert judged(tutor.grade(SKY.question, SKY.references, UNSURE + " indeed"))
    tutor.close()
    assert judge.closed == 2


def test_many_wait_at_once_and_each_gets_its_own(make, judge):
    tutor = make()
    answers = [f"{UNSURE} {number}" for number in range(50)]
    begun = [tutor.begin(SKY, answer, Wish()) for answer in answers]
    judge.may_speak.set()
    assert [one.wait().answer for one in begun] == answers
    assert all(judged(one.wait().grade) for one in begun)
