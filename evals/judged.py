"""Graders that ask a mock judge: what the cascade makes of the worst that a judge can say."""

from __future__ import annotations

import asyncio

from evals.mock_judges import MockJudge
from tutor.grading.grade import Grade, JudgeUse, Language
from tutor.grading.item import Item
from tutor.grading.judging.cascade import Cascade
from tutor.grading.judging.judge import Judge
from tutor.grading.local import LocalGrader

_SECRET = b"mock judges cannot use what they read of it"


class JudgedGrader:
    """The local grade, and over it what a mock judge of that name says where `use` wants it."""

    def __init__(self, local: LocalGrader, judge: str, use: JudgeUse) -> None:
        self._local = local
        self._use: JudgeUse = use
        judges = Judge(MockJudge(judge), secret=_SECRET)
        self._cascade = Cascade(judges, escalation=local.escalation)

    def grade(self, item: Item, answer: str, language: Language | None = None) -> Grade:
        """Grade one answer; raises what the local grader raises."""
        strictness = self._local.learn((), "standard")
        local = self._local.grade(item, answer, language, strictness)
        if not self._cascade.wants(item, local, self._use):
            return local
        return asyncio.run(self._cascade.regrade(item, answer, local, strictness.policy))
