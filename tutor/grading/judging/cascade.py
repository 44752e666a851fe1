"""The cascade: the local grade first, the judge where that is not good enough by itself."""

from __future__ import annotations

import time
from typing import Literal, Protocol

from tutor.errors import ModelError
from tutor.feedback.outcome import DONT_KNOW
from tutor.grading.escalation import is_enough
from tutor.grading.grade import (
    FirstGrade,
    Grade,
    JudgeFailure,
    JudgeReceipt,
    JudgeTokens,
    JudgeUse,
)
from tutor.grading.guards.finding import NO_ATTEMPT
from tutor.grading.item import Item
from tutor.grading.judging.judge import Judge
from tutor.grading.judging.judgement import Judged
from tutor.grading.judging.regrade import combined, hear, left_local
from tutor.grading.strictness import Policy
from tutor.inference.chat import Usage
from tutor.spending import Prices

OnFailure = Literal["local", "error"]
_NEVER_JUDGED = NO_ATTEMPT | {DONT_KNOW}


class Rewords(Protocol):
    """Says a grade's feedback in better words; gives the grade back as it is if it cannot."""

    async def reword(self, item: Item, answer: str, grade: Grade) -> Grade: ...


class Cascade:
    """Asks the judge about local grades.

    With `judge="auto"` it is asked where the local grade is unsure, or where local grades like
    this one agree with people less often than `agreement`, in (0, 1]. `on_failure` says what
    becomes of a grade when the judge fails: `local` keeps the local one and says so in it,
    `error` raises. What is no attempt at all, and not knowing, never reaches the judge.
    """

    def __init__(
        self,
        judge: Judge,
        *,
        agreement: float = 0.95,
        on_failure: OnFailure = "local",
        prices: Prices | None = None,
        rewords: Rewords | None = None,
    ) -> None:
        self._judge = judge
        self._agreement = agreement
        self._on_failure = on_failure
        self._prices = prices
        self._rewords = rewords

    @property
    def model(self) -> str:
        """The judge's model, as it is asked for."""
        return self._judge.name

    def wants(self, local: Grade, use: JudgeUse) -> bool:
        """Whether the judge is to be asked about this local grade."""
        if use == "never" or any(reason.name in _NEVER_JUDGED for reason in local.reasons):
            return False
        return use == "always" or not is_enough(local, self._agreement)

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
            return left_local(local, self._failed(local, error), _failure(error))
        heard = hear(item, answer, local, judged, policy=policy, extras=self._judge.extras)
        elapsed_ms = 1000 * (time.perf_counter() - started)
        grade = combined(heard, self._receipt(local, judged), elapsed_ms)
        return await self._rewords.reword(item, answer, grade) if self._rewords else grade

    def _receipt(self, local: Grade, judged: Judged) -> JudgeReceipt:
        return JudgeReceipt(
            model=judged.model,
            endpoint=self._judge.endpoint,
            prompt=judged.prompt,
            prompt_hash=judged.prompt_hash,
            extras=self._judge.extras,
            samples=judged.samples,
            valid=judged.valid,
            stability=judged.stability,
            format=judged.format,
            latency_ms=judged.latency_ms,
            attempts=judged.attempts,
            remembered=judged.remembered,
            local=_first(local),
            **self._cost(judged.usage, spent=not judged.remembered),
        )

    def _failed(self, local: Grade, error: ModelError) -> JudgeReceipt:
        return JudgeReceipt(
            model=self._judge.name,
            endpoint=self._judge.endpoint,
            extras=self._judge.extras,
            samples=self._judge.samples,
            attempts=error.attempts,
            local=_first(local),
            **self._cost(error.spent or Usage(), spent=True),
        )

    def _cost(self, usage: Usage, *, spent: bool) -> dict[str, object]:
        tokens = JudgeTokens(input=usage.input, output=usage.output, cached=usage.cached)
        if self._prices is None:
            return {"tokens": tokens}
        money = self._prices.of(
            input_tokens=usage.input, output_tokens=usage.output, cached_tokens=usage.cached
        )
        return {
            "tokens": tokens,
            "money": money if spent else 0.0,
            "currency": self._prices.currency,
        }


def _first(local: Grade) -> FirstGrade:
    return FirstGrade(
        verdict=local.verdict,
        score=local.score,
        confidence=local.confidence,
        unsure=local.unsure,
    )


def _failure(error: ModelError) -> JudgeFailure:
    return JudgeFailure(type=error.type, detail=str(error))
