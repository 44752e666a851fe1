"""Whether a grader kept a law: the grade of the base beside that of the changed answer."""

from __future__ import annotations

from dataclasses import dataclass

from evals.laws.law import Must
from evals.laws.trials import Trial
from tutor.grading.grade import Grade

NOTHING = 0.005
"""A difference of scores that nobody is shown, who reads them in per cent."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A trial with both grades; those of a base that is not changed are of two runs, or one."""

    trial: Trial
    before: Grade
    after: Grade

    @property
    def can_fail(self) -> bool:
        """Whether the grade of the base leaves room: a full score cannot be raised, and what
        was not correct before is no triumph after."""
        match self.trial.law.must:
            case Must.SCORE_NOT_HIGHER:
                return self.before.score + NOTHING < 1.0
            case Must.NOT_CORRECT:
                return self.before.verdict == "correct"
        return True

    @property
    def is_broken(self) -> bool:
        """Whether what must hold does not."""
        before, after = self.before, self.after
        match self.trial.law.must:
            case Must.SAME_VERDICT:
                return before.verdict != after.verdict
            case Must.SCORE_NOT_HIGHER:
                return after.score > before.score + NOTHING
            case Must.NOT_CORRECT:
                return after.verdict == "correct"
            case Must.CORRECT | Must.INCORRECT as wanted:
                return after.verdict != wanted.value
            case Must.SAME_GRADE:
                return _content(before) != _content(after)

    @property
    def is_grave(self) -> bool:
        """Whether a break misleads: the grader is sure after it, or a better verdict is won."""
        if not self.is_broken:
            return False
        match self.trial.law.must:
            case Must.SAME_VERDICT:
                return not (self.before.unsure or self.after.unsure)
            case Must.SCORE_NOT_HIGHER | Must.SAME_GRADE:
                return self.before.verdict != self.after.verdict
        return not self.after.unsure

    @property
    def weight(self) -> tuple[bool, float]:
        """How bad a break is, to list the worst first: grave ones, then by score and confidence."""
        match self.trial.law.must:
            case Must.SAME_VERDICT | Must.SCORE_NOT_HIGHER | Must.SAME_GRADE:
                return self.is_grave, abs(self.after.score - self.before.score)
        return self.is_grave, self.after.confidence


def _content(grade: Grade) -> object:
    """All that is graded: without the receipt, which has the time it took."""
    return grade.model_dump(exclude={"receipt"})
