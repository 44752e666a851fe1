"""Two witnesses: how likely each verdict is, given what the local grader and the judge say.

Each is held to be right with some probability and, where it errs, to name the verdict next to
the right one more often than the one beyond (Dawid and Skene 1979, "Maximum likelihood
estimation of observer error-rates", with error rates given instead of estimated). Both look at
the same words and err together more often than by chance, so what an unsure local grader says
counts for its square root only.
"""

from __future__ import annotations

from tutor.grading.grade import Verdict

ORDER: tuple[Verdict, ...] = ("incorrect", "partial", "correct")
JUDGE_ACCURACY = 0.8
"""How often a judge is taken to name the verdict that a person would, unless it is measured.
Published three-way figures of prompted models run from .7 on school science to .86 of people among
themselves on single key points; small local models do worse."""
NEAR = 0.62
"""Share of the errors that fall on the next verdict: .54 of those of local grades "incorrect" and
.66 of those "correct", on sets that were left out (`evals/results/escalation.md`)."""
_UP = 0.6
"""Share of the errors of "partial" where people say "correct", on the same sets."""
_OF_PARTIAL = 0.4
"""Weight of "partial" where one key point decides and the judge could not say so. An indifferent
judge would give .5; it is less because people call fewer such answers partial (.30 against .35 of
those with several points, on development sets), which the local grader's errors do not show."""
_DEPENDENCE = 0.5
"""Exponent on what an unsure local grader says; what it is sure of has been proved, and counts
in full."""

Chances = tuple[float, float, float]
"""Probabilities of incorrect, partial and correct; they add up to 1."""


def steps(one: Verdict, other: Verdict) -> int:
    """How many verdicts lie from one to the other: 0, 1 or 2."""
    return abs(ORDER.index(one) - ORDER.index(other))


def believed(
    local: Verdict,
    confidence: float,
    *,
    sure: bool,
    judge: Verdict,
    stability: float,
    accuracy: float = JUDGE_ACCURACY,
    all_or_nothing: bool = False,
) -> Chances:
    """Probability of each verdict after both have spoken.

    `confidence` in [0, 1] is the local grader's in its verdict, `stability` in [0, 1] the share
    of the judge's samples behind what it says, `accuracy` in [0, 1] how often it is right.
    `all_or_nothing`: one key point decides, so that it could not have said "partial".
    """
    weight = 1.0 if sure else _DEPENDENCE
    said = _said_of_one if all_or_nothing else _spread
    odds = [
        _spread(local, truth, confidence) ** weight
        * _steady(said(truth, judge, accuracy), stability)
        for truth in ORDER
    ]
    total = sum(odds)
    incorrect, partial, correct = (each / total for each in odds)
    return incorrect, partial, correct


def _steady(chance: float, stability: float) -> float:
    """Probability of what a judge says; what its samples do not agree on is chance."""
    return stability * chance + (1 - stability) / len(ORDER)


def _said_of_one(truth: Verdict, judge: Verdict, accuracy: float) -> float:
    """Probability that a judge says this of the only key point.

    What people call partial it calls one or the other; of the other errors those that would have
    been "partial" turn out right as often as not.
    """
    if truth == "partial":
        return _OF_PARTIAL
    return (1 + accuracy) / 2 if judge == truth else (1 - accuracy) / 2


def _spread(at: Verdict, verdict: Verdict, right: float) -> float:
    """Probability of `verdict` where `at` has the probability `right`."""
    if verdict == at:
        return right
    if at == "partial":
        return (1 - right) * (_UP if verdict == "correct" else 1 - _UP)
    return (1 - right) * (NEAR if steps(at, verdict) == 1 else 1 - NEAR)
