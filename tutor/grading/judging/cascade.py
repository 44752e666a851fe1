"""The cascade: the local grade first, the judge where that is not good enough by itself."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Literal, Protocol

from tutor.errors import ModelError
from tutor.feedback.outcome import DONT_KNOW
from tutor.grading.escalation import Enough, is_enough
from tutor.grading.grade import Grade, JudgeFailure, JudgeUse
from tutor.grading.guards.finding import NO_ATTEMPT
from tutor.grading.item import Item
from tutor.grading.judging.judge import Judge
from tutor.grading.judging.receipts import failed, judged_by
from tutor.grading.judging.regrade import combined, hear, left_local
from tutor.grading.judging.witness import JUDGE_ACCURACY
from tutor.grading.strictness import Policy
from tutor.spending import Prices

OnFailure = Literal["local", "error"]
_NEVER_JUDGED = NO_ATTEMPT | {DONT_KNOW}


class Rewords(Protocol):
    """Says a grade's feedback in better words; keeps the feedback as it is if it cannot.

    It knows nothing but the grade, so it can give nothing else away.
    """

    async def reword(self, grade: Grade) -> Grade: ...


class Cascade:
    """Asks the judge about local grades.

    With `judge="auto"` it is asked where the local grade is unsure, or where local grades like
    this one agree with people less often than `agreement`, in (0, 1], as `escalation`, the table
    of the local grader's calibration, has measured. `on_failure` says what
    becomes of a grade when the judge fails: `local` keeps the local one and says so in it,
    `error` raises. What is no attempt at all, and not knowing, never reaches the judge.
    """

    def __init__(
        self,
        judge: Judge,
        *,
        escalation: Sequence[Enough] = (),
        agreement: float = 0.95,
        accuracy: float = JUDGE_ACCURACY,
        on_failure: OnFailure = "local",
        prices: Prices | None = None,
        rewords: Rewords | None = None,
        close: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._judge = judge
        self._escalation = escalation
        self._agreement = agreement
        self._accuracy = accuracy
        self._on_failure = on_failure
        self._prices = prices
        self._rewords = rewords
        self._close = close

    @property
    def model(self) -> str:
        """The judge's model, as it is asked for."""
        return self._judge.name

    async def close(self) -> None:
        """Close what the judge's model holds open, in the event loop that it was asked in."""
        if self._close is not None:
            await self._close()

    def wants(self, item: Item, local: Grade, use: JudgeUse) -> bool:
        """Whether the judge is to be asked about this local grade."""
        if use == "never" or any(reason.name in _NEVER_JUDGED for reason in local.reasons):
            return False
        return use == "always" or not is_enough(local, item.kind, self._escalation, self._agreement)

    async def regrade(self, item: Item, answer: str, local: Grade, policy: Policy) -> Grade:
        """Grade again with the judge's opinion beside the local grade.

        Raises `ModelError` when the judge fails and a failure is to be an error.
        """
        started = time.perf_counter()
        try:
            judged = await self._judge.judge(item, answer, local, policy)
        except ModelError as error:
            if self._on_failure == "error":
                raise
            return left_local(
                local, failed(self._judge, error, local, self._prices), _failure(error)
            )
        heard = hear(
            item,
            answer,
            local,
            judged,
            policy=policy,
            extras=self._judge.extras,
            accuracy=self._accuracy,
        )
        elapsed_ms = 1000 * (time.perf_counter() - started)
        grade = combined(heard, judged_by(self._judge, judged, local, self._prices), elapsed_ms)
        return await self._rewords.reword(grade) if self._rewords else grade


def _failure(error: ModelError) -> JudgeFailure:
    return JudgeFailure(type=error.type, detail=str(error))
