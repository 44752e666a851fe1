"""How many labelled answers a fit needs, and what it may move with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from tutor.calibrating.answers import VERDICTS, Answers, LabelledAnswer
from tutor.errors import InvalidInputError
from tutor.grading.strictness import SCORED_SHARE

LEAST_ANSWERS = 30
"""Each of five fits is made on four fifths of them: 24. Of what 50 verdicts bring in log loss
(0.15 on sets that were left out), 20 bring three quarters; `evals/results/strictness.md`."""
LEAST_QUESTIONS = 8
"""Intervals are made by drawing questions: with fewer they say next to nothing."""
LEAST_OF_A_VERDICT = 8
"""Of each of two verdicts: where people gave one only, there is no telling where it begins."""
ANSWERS_FOR_WEIGHTS, QUESTIONS_FOR_WEIGHTS = 300, 30
"""From here on the weights move too, six numbers more with three signals."""


LEAST_AGREEING = 0.25
"""Share of rulings that must agree with the grader. From 150 rulings on its mistakes alone, the
intercepts of a set that it grades well go astray (accuracy 0.90 before, 0.78 after); with a
third as many on right grades among them the log loss falls on eight development sets of eight."""


class Moved(NamedTuple):
    """What a fit moves besides the intercepts, and which share of the way those go."""

    weights: bool
    cuts: bool
    share: float = 1.0

    @property
    def parts(self) -> tuple[str, ...]:
        """What moves, by name."""
        named = ("thresholds", True), ("weights", self.weights), ("cuts", self.cuts)
        return tuple(name for name, moves in named if moves)


def check_enough(labelled: Sequence[LabelledAnswer]) -> None:
    """Raise `InvalidInputError` that says how much is there and how much is needed."""
    counts = Counter(one.verdict for one in labelled)
    questions = len({one.question for one in labelled})
    _check(len(labelled), questions, [counts[verdict] for verdict in VERDICTS], "")


def check_open(answers: Answers) -> None:
    """Raise as `check_enough` does where guards settle so many answers that too few teach."""
    human = answers.human[answers.open]
    questions = len(set(answers.questions[answers.open].tolist()))
    counts = [int((human == rank).sum()) for rank in range(len(VERDICTS))]
    _check(len(human), questions, counts, " that no guard settles")


def most_that_moves(answers: Answers, *, overrides: bool) -> Moved:
    """What there is data for.

    Overrides are chosen by their verdicts: nearly all of them are answers that the grader got
    wrong. They say whether it is too strict, nothing of which answers are better, and they
    exaggerate: the intercepts go as far as a deck's own do for its score.
    """
    if overrides:
        return Moved(weights=False, cuts=False, share=SCORED_SHARE)
    questions = len(set(answers.questions[answers.open].tolist()))
    many = answers.open.sum() >= ANSWERS_FOR_WEIGHTS and questions >= QUESTIONS_FOR_WEIGHTS
    return Moved(weights=bool(many), cuts=True)


def check_agreeing(agreeing: int, rulings: int) -> None:
    """Raise `InvalidInputError` where nearly all rulings are on the grader's mistakes."""
    if agreeing < LEAST_AGREEING * rulings:
        raise InvalidInputError(
            f"only {agreeing} of {rulings} rulings agree with the grader, so they do not say how "
            f"often it is right; needed are {LEAST_AGREEING:.0%}: rule on grades that look right "
            "too, or label answers drawn at random and use --data"
        )


def _check(answers: int, questions: int, counts: Sequence[int], which: str) -> None:
    _, second, _ = sorted(counts)
    if answers >= LEAST_ANSWERS and questions >= LEAST_QUESTIONS and second >= LEAST_OF_A_VERDICT:
        return
    by_verdict = ", ".join(
        f"{count} {verdict}" for verdict, count in zip(VERDICTS, counts, strict=True)
    )
    raise InvalidInputError(
        f"too little to fit on: {answers} labelled answers{which} over {questions} questions "
        f"({by_verdict}); needed are {LEAST_ANSWERS} over {LEAST_QUESTIONS} questions, with at "
        f"least {LEAST_OF_A_VERDICT} of each of two verdicts: label more"
    )
