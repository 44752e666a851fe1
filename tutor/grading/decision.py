"""The decision: from evidence to score, verdict and confidence, all arithmetic.

Guards come first. A rejected answer is incorrect and an answer equal to a reference is
correct. A contradicted required point rules out correct; when it is the only one, it makes
the answer incorrect. A required point that is not there at all rules out correct too, and in
an enumeration every item counts: some of them are partial credit, the more the more of it,
all of them it takes for correct. A blank is right when a guard accepts its fill. Within these
bounds the calibration decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from tutor.grading.calibration import Calibration, Probabilities, chances_of, expected_score
from tutor.grading.evidence import Evidence
from tutor.grading.grade import Verdict
from tutor.grading.point_status import contradicted, is_absent, is_enumeration, is_made
from tutor.grading.signals.panel import SIGNALS
from tutor.grading.strictness import Strictness

# How often these verdicts agreed with people on the sets of `training/sets.py`.
PROVEN = 0.97
"""Confidence in a rejection (169 of 174 agreed) or an acceptance (127 of 128)."""
CONTRADICTED = 0.70
"""Confidence in a verdict that rests on a contradicted key point: 101 of 144 agreed."""
CONTRADICTED_FILL = 0.90
"""The same for a blank, where nothing else can earn a mark: 9 of 9, by the rule of succession."""
DOUBTED = 0.4
"""Most confidence that is left when a guard doubts: 72 % agreed on natural answers, 39 % on
our own, which hold deliberate flips. The lower one is taken, so that a doubt is never sure."""
_WRONG_SHARE = 0.25
"""Most of the range of incorrect scores that is left when all that is asked is contradicted."""
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
    low, high = _bounds(evidence, calibration)
    expected = min(max(expected_score(chances_of(logits, strictness.scored)), low), high)
    chances = chances_of(logits, strictness.believed)
    verdict = calibration.verdict(expected)
    confidence = _confidence(chances, verdict, evidence)
    unsure = confidence < calibration.unsure_below
    return Decision(verdict, _shown(expected, calibration), confidence, unsure)


def measure(evidence: Evidence, calibration: Calibration) -> dict[str, float]:
    """The values of the signals that the calibration weighs, by name."""
    return {name: SIGNALS[name].measure(evidence) for name in calibration.signals}


def is_open(evidence: Evidence) -> bool:
    """Whether the signals decide, and no guard has settled or contradicted the answer."""
    return all(finding.effect == "doubt" for finding in evidence.findings)


def _accepted(calibration: Calibration, *, doubted: bool) -> Decision:
    confidence = DOUBTED if doubted else PROVEN
    return Decision("correct", 1.0, confidence, confidence < calibration.unsure_below)


def _bounds(evidence: Evidence, calibration: Calibration) -> tuple[float, float]:
    """Least and most that the expected score can be, given what is proved about key points."""
    required = [i for i, (spec, _) in enumerate(evidence.attempt.points) if spec.required]
    points = [evidence.points[i] for i in required]
    wrong = contradicted(evidence) & set(required)
    if wrong and len(wrong) == len(required):
        return 0.0, _WRONG_SHARE * calibration.incorrect_below
    most = 1.0
    if evidence.attempt.item.kind == "cloze":  # a guard accepts a right fill, or nothing does
        most = calibration.correct_from - _JUST_BELOW
    if wrong or (len(points) > 1 and any(map(is_absent, points))):
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
    if contradicted(evidence) and verdict != "correct":
        blank = evidence.attempt.item.kind == "cloze"
        return max(CONTRADICTED_FILL if blank else CONTRADICTED, chance)
    if any(finding.effect == "doubt" for finding in evidence.findings):
        return min(DOUBTED, chance)
    return chance


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
