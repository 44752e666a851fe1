"""Two sides' opinions of the same answers, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from evals.cases import VERDICTS
from evals.outcomes import AnyOutcome, brief
from tutor.grading.grade import Verdict

Rows: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True)
class Pairs:
    """What people said (`human`) beside what a grader or another person said (`other`).

    Arrays of shape (n,): verdicts as ranks on `VERDICTS`, scores in [0, 1]. `confidence` and
    `sure` are None where the other side states none.
    """

    questions: NDArray[np.str_]
    human: Rows
    other: Rows
    human_score: NDArray[np.float64]
    other_score: NDArray[np.float64]
    confidence: NDArray[np.float64] | None = None
    sure: NDArray[np.bool_] | None = None

    @property
    def size(self) -> int:
        return len(self.human)

    @property
    def right(self) -> NDArray[np.bool_]:
        """Where the other side's verdict is people's."""
        right: NDArray[np.bool_] = self.human == self.other
        return right

    @property
    def verdicts_used(self) -> tuple[Verdict, ...]:
        """The verdicts that people gave, worst first."""
        return tuple(VERDICTS[rank] for rank in np.unique(self.human))


def pairs_of(outcomes: Sequence[AnyOutcome]) -> Pairs:
    """The graded outcomes as arrays, in order; the ungraded ones are left out.

    A grader that states no confidence for some of them states none.
    """
    found = [brief(outcome) for outcome in outcomes]
    graded = [(outcome, outcome.grade) for outcome in found if outcome.grade is not None]
    stated = [grade.confidence for _, grade in graded if grade.confidence is not None]
    confident = len(stated) == len(graded)
    return Pairs(
        questions=_numbered([outcome.question for outcome, _ in graded]),
        human=ranks([outcome.human.verdict for outcome, _ in graded]),
        other=ranks([grade.verdict for _, grade in graded]),
        human_score=np.array([outcome.human.score for outcome, _ in graded]),
        other_score=np.array([grade.score for _, grade in graded]),
        confidence=np.array(stated) if confident else None,
        sure=np.array([not g.unsure for _, g in graded], dtype=np.bool_) if confident else None,
    )


def _numbered(questions: Sequence[str]) -> NDArray[np.str_]:
    """A number for each question as text, shape (n,): an array of whole texts would be as wide,
    in all its rows, as the longest of them.

    The numbers are in the questions' own order, so that no order of rows changes an interval.
    """
    names = sorted(set(questions))
    width = len(str(len(names)))
    numbers = {name: f"{number:0{width}}" for number, name in enumerate(names)}
    return np.array([numbers[question] for question in questions], dtype=np.str_)


def ranks(verdicts: Sequence[Verdict]) -> Rows:
    """Verdicts as ranks on `VERDICTS`, shape (n,)."""
    return np.array([VERDICTS.index(verdict) for verdict in verdicts], dtype=np.intp)
