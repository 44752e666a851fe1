"""The local grader: guards, key points and calibrated signals; no network, no language model."""

from __future__ import annotations

import time

from tutor.errors import CalibrationError, InvalidInputError
from tutor.feedback.compose import compose_feedback
from tutor.grading.attempt import Attempt, lay_out
from tutor.grading.calibration import Calibration
from tutor.grading.cosines import Embeds, measure_cosines
from tutor.grading.decision import Decision, decide
from tutor.grading.evidence import Evidence, gather
from tutor.grading.grade import Grade, KeyPoint, Language, Rating, Reason, Receipt, Verdict
from tutor.grading.guards.instructions import blank_instructions
from tutor.grading.guards.panel import find_all
from tutor.grading.guards.question_copy import blank_question
from tutor.grading.item import Item
from tutor.grading.language import language_of
from tutor.grading.point_status import describe_points
from tutor.grading.reading.text import read
from tutor.grading.signals.panel import SIGNALS

IDENTITY = "local-1"
"""Changes whenever the same answer may get another grade."""
POLICY = "standard"
_RATINGS: dict[Verdict, Rating] = {"incorrect": "again", "partial": "hard", "correct": "good"}


class LocalGrader:
    """Grades on this machine with what the package carries, plus an embedder if one is given.

    The calibration must have been fitted for that embedder; `load_calibration` sees to it.
    Raises `CalibrationError` when it weighs a signal that this version does not have.
    """

    def __init__(self, calibration: Calibration, embedder: Embeds | None = None) -> None:
        if unknown := [name for name in calibration.signals if name not in SIGNALS]:
            raise CalibrationError(
                f"calibration {calibration.name} weighs {', '.join(unknown)}, which this version "
                "does not measure; fit it again or unset TUTOR_CALIBRATION"
            )
        self._calibration = calibration
        self._embedder = embedder

    def grade(self, item: Item, answer: str, language: Language | None = None) -> Grade:
        """Grade one answer; feedback is in `language`, by default the answer's own.

        Raises `InvalidInputError` when no reference has a word or number in it, and
        `ModelError` when the embedder fails.
        """
        started = time.perf_counter()
        spoken = language or language_of(answer, default=language_of(item.question))
        evidence = self.examine(item, answer, spoken)
        decision = decide(evidence, self._calibration)
        points = describe_points(evidence, answer, decision.verdict)
        return self._grade(evidence, answer, decision, points, started)

    def examine(self, item: Item, answer: str, language: Language) -> Evidence:
        """The evidence that a grade of this answer rests on."""
        if not any(read(reference).tokens for reference in item.references):
            raise InvalidInputError(
                f"no reference of {item.question[:40]!r} has a word or number in it; "
                "give at least one that says what a right answer says"
            )
        told = blank_question(item, answer)
        attempt = lay_out(item, told, language)
        findings = find_all(attempt)
        if addressed := [finding for finding in findings if finding.name == "instructions"]:
            attempt = lay_out(item, blank_instructions(told), language)
            findings = [*addressed, *find_all(attempt)]
        settled = any(finding.effect in ("reject", "accept") for finding in findings)
        cosines = None
        if self._embedder is not None and not settled:
            cosines = measure_cosines(attempt, self._embedder)
        return gather(attempt, findings, cosines)

    def _grade(
        self,
        evidence: Evidence,
        answer: str,
        decision: Decision,
        points: tuple[KeyPoint, ...],
        started: float,
    ) -> Grade:
        attempt = evidence.attempt
        feedback = compose_feedback(
            item=attempt.item,
            answer=answer,
            verdict=decision.verdict,
            unsure=decision.unsure,
            key_points=points,
            findings=evidence.findings,
            language=attempt.language,
        )
        return Grade(
            verdict=decision.verdict,
            score=decision.score,
            confidence=decision.confidence,
            unsure=decision.unsure,
            key_points=points,
            reasons=_reasons(evidence, attempt),
            feedback=feedback,
            rating=_RATINGS[decision.verdict],
            receipt=self._receipt(started),
        )

    def _receipt(self, started: float) -> Receipt:
        return Receipt(
            grader=IDENTITY,
            embedder=self._calibration.embedder,
            calibration=self._calibration.name,
            policy=POLICY,
            elapsed_ms=1000 * (time.perf_counter() - started),
        )


def _reasons(evidence: Evidence, attempt: Attempt) -> tuple[Reason, ...]:
    chinese = attempt.language == "zh"
    found = [Reason(name=f.name, detail=f.zh if chinese else f.en) for f in evidence.findings]
    if found and evidence.findings[-1].effect in ("reject", "accept"):
        return tuple(found)
    share = f"{100 * evidence.whole.new:.0f} %"
    detail = (
        f"说到了参考答案中题目没有给出的内容的约 {share}"
        if chinese
        else f"says about {share} of what the reference adds to the question"
    )
    return (*found, Reason(name="coverage", detail=detail))
