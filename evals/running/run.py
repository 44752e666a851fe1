"""One grader over the cases of one file: an outcome for each, many at once where that pays."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice

from evals.cases import Case
from evals.outcomes import Cost, Failure, Outcome, content_of, opinion_of
from evals.running.own_grader import BrokenGraderError, OwnGrader
from tutor.errors import ModelError, TutorError
from tutor.grading.grade import Grade, Grader
from tutor.inference.spent import spent_on


@dataclass(frozen=True, slots=True)
class Run:
    """A grader that is asked for as `name`, on the data set `data`.

    `identity` says what the grader is made of (`evals.running.identity`); empty where no
    outcome is kept. `at_once` cases are graded at the same time.
    """

    data: str
    name: str
    grader: Grader
    identity: str = ""
    at_once: int = 1

    def key(self, case: Case) -> str:
        """What a grade depends on, in 16 hexadecimal digits: the grader, the item, the answer."""
        return self._key(content_of(case))

    def outcome(self, case: Case) -> Outcome:
        """Grade one case; what cannot be graded becomes a failure. Other exceptions are bugs."""
        try:
            grade, cost = self._grade(case)
        except BrokenGraderError as error:
            raise BrokenGraderError(f"case {case.id} of {self.data}: {error}") from error
        except TutorError as error:
            failure = Failure(type=error.type, detail=str(error))
            return self._outcome(case, None, failure, _wasted(error))
        return self._outcome(case, grade, None, cost)

    def _grade(self, case: Case) -> tuple[Grade, Cost | None]:
        if isinstance(self.grader, OwnGrader):
            return self.grader.costed(case.item, case.answer)
        return self.grader.grade(case.item, case.answer), None

    def _key(self, content: str) -> str:
        return hashlib.sha256(f"{self.identity}\n{content}".encode()).hexdigest()[:16]

    def _outcome(
        self, case: Case, grade: Grade | None, error: Failure | None, cost: Cost | None
    ) -> Outcome:
        content = content_of(case)
        return Outcome(
            data=self.data,
            grader=self.name,
            id=case.id,
            question=case.question,
            language=case.language,
            human=opinion_of(case),
            grade=grade,
            error=error,
            cost=cost,
            key=self._key(content),
            content=content,
        )


def outcomes(run: Run, cases: Iterable[Case]) -> Iterator[Outcome]:
    """The outcome of every case as it comes: one at a time in order, many at once in any.

    No more than `run.at_once` are under way, so that no more than those are lost when the
    iteration is left; they are not waited for then.
    """
    if run.at_once == 1:
        return map(run.outcome, cases)
    return _as_they_come(run, iter(cases))


def _as_they_come(run: Run, cases: Iterator[Case]) -> Iterator[Outcome]:
    pool = ThreadPoolExecutor(run.at_once)
    try:
        running = {pool.submit(run.outcome, case) for case in islice(cases, run.at_once)}
        while running:
            done, rest = wait(running, return_when=FIRST_COMPLETED)
            running = rest | {pool.submit(run.outcome, case) for case in islice(cases, len(done))}
            # What was graded beside one that raises is handed out before it.
            for one in sorted(done, key=_raised):
                yield one.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _raised(one: Future[Outcome]) -> bool:
    return one.exception() is not None


def _wasted(error: TutorError) -> Cost | None:
    spent = spent_on(error) if isinstance(error, ModelError) else None
    return Cost(spent.input, spent.output) if spent and (spent.input or spent.output) else None
