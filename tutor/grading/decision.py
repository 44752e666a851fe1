"""The decision: from evidence to score, verdict and confidence, all arithmetic.

Guards come first. A rejected answer is incorrect and an answer equal to a reference is
correct. A contradicted required point rules out correct; when the answer makes no other one,
it is incorrect. A listed point that is not there at all rules out correct too, and in
an enumeration every item counts: some of them are partial credit, the more the more of it,
all of them it takes for correct. What leaves open which of several things it says is partial at
most. A blank is right when a guard accepts its fill. Within these bounds the calibration decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import or_

from tutor.grading.calibration import Calibration, Probabilities, chances_of, expected_score
from tutor.grading.evidence import Evidence
from tutor.grading.grade import Verdict
from tutor.grading.guards.finding import NOT_SETTLED
from tutor.grading.point_status import (
    contradicted,
    is_absent,
    is_enumeration,
    is_itemised,
    is_made,
    is_plain,
    required_points,
)
from tutor.grading.signals.panel import SIGNALS
from tutor.grading.strictness import Strictness

# How often these verdicts agreed with people on the sets of `training/sets.py`.
PROVEN = 0.97
"""Confidence in a rejection (169 of 174 agreed) or an acceptance (127 of 128)."""
CONTRADICTED = 0.90
"""Confidence that an answer is incorrect which contradicts a required key point and makes no
other: 123 of 137 agreed."""
DOUBTED = 0.4
"""Most confidence that is left when a guard doubts, or when an answer contradicts one point and
makes another: 72 % agreed with doubted grades on natural answers, 39 % on our own, which hold
deliberate flips, and 9 of 23 with the latter. The lower one is taken: a doubt is never sure."""
SOME_OF_A_LIST = 0.85
"""Confidence that an answer is partial that has some items of a list beyond question and
nothing of the others: 63 of 74 agreed."""
_WRONG_SHARE = 0.25
"""Most of the range of incorrect scores that is left to an answer that is wrong and no more."""
_JUST_BELOW = 1e-6


@dataclass(frozen=True, slots=True)
class Decision:
    """Verdict with score and confidence; `unsure` says whether a person should look."""

    verdict: Verdict
    score: float
    confidence: float
    unsure: bool


def decide(
    evidence: Evidence, calibration: Calibration, strictness: Strictness | None = None
) -> Decision:
    """Decide one attempt, as strictly as said; by default as an unseen deck is graded."""
    if (settled := settle(evidence, calibration)) is not None:
        return settled
    logits = calibration.logits(measure(evidence, calibration))
    return weigh(evidence, logits, calibration, strictness or calibration.learn(()))


def settle(evidence: Evidence, calibration: Calibration) -> Decision | None:
    """The decision of a guard that rejects or accepts, whatever the signals say."""
    effects = {finding.effect for finding in evidence.findings}
    if "reject" in effects:
        return Decision("incorrect", 0.0, PROVEN, unsure=False)
    if "accept" in effects:
        return _accepted(calibration, doubted="doubt" in effects)
    return None


def weigh(
    evidence: Evidence,
    logits: tuple[float, float],
    calibration: Calibration,
    strictness: Strictness,
) -> Decision:
    """The decision that the signals' logits make, within what is proved about key points."""
    return weigh_each(evidence, logits, calibration, (strictness,))[0]


def weigh_each(
    evidence: Evidence,
    logits: tuple[float, float],
    calibration: Calibration,
    decks: Sequence[Strictness],
) -> tuple[Decision, ...]:
    """The decision on each of several decks that are graded more or less strictly."""
    bounds = _bounds(evidence, calibration)
    return tuple(_weigh(evidence, logits, calibration, deck, bounds) for deck in decks)


def _weigh(
    evidence: Evidence,
    logits: tuple[float, float],
    calibration: Calibration,
    strictness: Strictness,
    bounds: tuple[float, float],
) -> Decision:
    low, high = bounds
    expected = min(max(expected_score(chances_of(logits, strictness.scored)), low), high)
    chances = chances_of(logits, strictness.believed)
    verdict = calibration.verdict(expected)
    confidence = _confidence(chances, verdict, evidence)
    sure = calibration.is_sure(verdict, confidence)
    return Decision(verdict, _shown(expected, calibration), confidence, unsure=not sure)


def measure(evidence: Evidence, calibration: Calibration) -> dict[str, float]:
    """The values of the signals that the calibration weighs, by name."""
    return {name: SIGNALS[name].measure(evidence) for name in calibration.signals}


def is_open(evidence: Evidence) -> bool:
    """Whether the signals decide, and no guard has settled or contradicted the answer."""
    return all(finding.effect == "doubt" for finding in evidence.findings)


def _accepted(calibration: Calibration, *, doubted: bool) -> Decision:
    confidence = DOUBTED if doubted else PROVEN
    sure = calibration.is_sure("correct", confidence)
    return Decision("correct", 1.0, confidence, unsure=not sure)


def _bounds(evidence: Evidence, calibration: Calibration) -> tuple[float, float]:
    """Least and most that the expected score can be, given what is proved about key points."""
    required = [i for i, (spec, _) in enumerate(evidence.attempt.points) if spec.required]
    points = required_points(evidence)
    wrong = contradicted(evidence) & set(required)
    if wrong and not any(is_made(evidence.points[i]) for i in required if i not in wrong):
        return 0.0, _WRONG_SHARE * calibration.incorrect_below
    most = 1.0
    if evidence.attempt.item.kind == "cloze":  # a guard accepts a right fill, or nothing does
        most = calibration.correct_from - _JUST_BELOW
    if any(finding.name in NOT_SETTLED for finding in evidence.findings):
        most = calibration.correct_from - _JUST_BELOW
    if wrong or (len(points) > 1 and any(map(is_absent, points)) and is_itemised(evidence)):
        most = calibration.correct_from - _JUST_BELOW
    if is_enumeration(points):
        if not all(map(is_made, points)):
            most = min(most, _of_some(sum(map(is_made, points)), len(points), calibration))
        if any(map(is_made, points)) and not wrong:
            return calibration.incorrect_below, most
    return 0.0, most


def _of_some(made: int, asked: int, calibration: Calibration) -> float:
    """Most that some of the items of a list can score: the more of them, the more of the band."""
    low, high = calibration.incorrect_below, calibration.correct_from
    return low + (high - low) * (made + 1) / (asked + 1) - _JUST_BELOW


def _confidence(chances: Probabilities, verdict: Verdict, evidence: Evidence) -> float:
    chance = _chance(chances, verdict)
    effects = {finding.effect for finding in evidence.findings}
    if "contradict" in effects and verdict == "incorrect":
        return max(CONTRADICTED, chance)
    if effects & {"contradict", "doubt"}:
        return min(DOUBTED, chance)
    some = verdict == "partial" and _has_plainly_some(evidence)
    return max(SOME_OF_A_LIST, chance) if some else chance


def _has_plainly_some(evidence: Evidence) -> bool:
    """Whether some items of a list are there beyond question, and of the others nothing is."""
    points = required_points(evidence)
    if not (is_itemised(evidence) and is_enumeration(points)):
        return False
    plain, absent = list(map(is_plain, points)), list(map(is_absent, points))
    return any(plain) and any(absent) and all(map(or_, plain, absent))


def _chance(chances: Probabilities, verdict: Verdict) -> float:
    return {
        "incorrect": chances.incorrect,
        "partial": chances.partial,
        "correct": chances.correct,
    }[verdict]


def _shown(expected: float, calibration: Calibration) -> float:
    """The expected score stretched so that partial lies in [1/3, 2/3) whatever the cuts are."""
    low, high = calibration.incorrect_below, calibration.correct_from
    if expected < low:
        return expected / low / 3
    if expected < high:
        return (1 + (expected - low) / (high - low)) / 3
    return (2 + (expected - high) / (1 - high)) / 3
