"""Judgements under way in a sitting: shown and counted when they come, in no one's way until."""

from __future__ import annotations

import time
from concurrent.futures import FIRST_COMPLETED, Future, wait

from tutor.cli.answered import Answered
from tutor.cli.indicator import FRAMES_A_SECOND
from tutor.cli.stage import Heard, Stage
from tutor.cli.tally import Tally
from tutor.errors import ModelError
from tutor.grading.grade import Grade, JudgeFailure, Language
from tutor.study.review import Review

_AT_ONCE_SECONDS = 0.15
"""What is there by then was not worth announcing: a judgement from the cache, a judge that is
paused."""


class Judgements:
    """Those that nobody has heard yet, in the order in which they were asked for.

    `model` is what to call the judge. With `keep` false no review is stored, so none is named.
    Hearing one raises `StoreError` when it was to be kept and could not be.
    """

    def __init__(self, stage: Stage, tally: Tally, *, model: str, keep: bool) -> None:
        self._stage = stage
        self._tally = tally
        self._model = model
        self._keep = keep
        self._unheard: dict[Future[Review], Answered] = {}
        self.undecided: list[Answered] = []
        """Answers whose grade came late and is unsure, for the learner to rule."""

    def expect(self, job: Future[Review], answered: Answered) -> None:
        """The judge was asked about an answer."""
        self._unheard[job] = answered
        wait([job], timeout=_AT_ONCE_SECONDS)
        if not job.done():
            self._stage.judging(answered.turn, self._model)

    def hear(self, job: Future[Review], *, late: bool = False) -> None:
        """Count and show what came of a judgement that is done."""
        answered = self._unheard.pop(job)
        before = answered.review.grade
        after, failure = self._result(job, before)
        number = answered.turn.number
        self._tally.judged(number, before, after, failure)
        if late and self._tally.is_undecided(number):
            self.undecided.append(answered)
        self._stage.judged(
            Heard(
                turn=answered.turn,
                review_id=answered.review.id if self._keep else None,
                before=before,
                after=after,
                failure=failure,
                late=late,
                ruling=self._tally.ruling(number),
            )
        )

    def hear_done(self) -> None:
        """Hear those that came while the learner was at other cards."""
        for job in [job for job in self._unheard if job.done()]:
            self.hear(job, late=True)

    def hear_rest(self, language: Language) -> None:
        """Wait until all are heard."""
        started = time.monotonic()
        self.hear_done()
        while self._unheard:
            seconds = time.monotonic() - started
            self._stage.waiting(language, len(self._unheard), seconds)
            wait(self._unheard, timeout=1 / FRAMES_A_SECOND, return_when=FIRST_COMPLETED)
            self.hear_done()

    def give_up(self) -> None:
        """Hear what has come, and wait for no other: those answers keep their local grades."""
        for job in list(self._unheard):
            if job.cancel():
                del self._unheard[job]
                self._tally.judge.unheard += 1
        self.hear_done()

    def _result(self, job: Future[Review], local: Grade) -> tuple[Grade, JudgeFailure | None]:
        """The grade that stands, and why there is no judgement if there is none."""
        try:
            grade = job.result().grade
        except ModelError as error:
            # Raised only where a failing judge is to be an error.
            self._tally.failed += 1
            return local, JudgeFailure(type=error.type, detail=str(error))
        receipt = grade.receipt.judge
        return grade, receipt.error if receipt else None
