"""The local grader: guards, key points and calibrated signals; no network, no language model."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tutor.errors import CalibrationError, InvalidInputError
from tutor.feedback.compose import compose_feedback
from tutor.grading.attempt import Attempt, lay_out
from tutor.grading.calibration import Calibration
from tutor.grading.cause import Cause
from tutor.grading.cosines import Embeds, measure_cosines
from tutor.grading.decision import Decision, is_open, measure, settle, weigh
from tutor.grading.escalation import WEIGHED, Enough
from tutor.grading.evidence import Evidence, gather
from tutor.grading.extent import check_extent, read_part
from tutor.grading.grade import RATINGS, Grade, KeyPoint, Language, Reason, Receipt
from tutor.grading.guards.finding import ADDRESSES_GRADER, Finding
from tutor.grading.guards.instructions import blank_instructions
from tutor.grading.guards.overlong import find_unread
from tutor.grading.guards.panel import find_all
from tutor.grading.guards.question_copy import blank_question
from tutor.grading.guards.unrelated import blank_unrelated
from tutor.grading.item import Item
from tutor.grading.language import language_of
from tutor.grading.point_status import describe_points
from tutor.grading.reading.emphasis import without_emphasis
from tutor.grading.reading.text import read
from tutor.grading.ruling import Ruled
from tutor.grading.signals.panel import SIGNALS
from tutor.grading.strictness import Policy, Strictness, Weighed
from tutor.grading.uncertainty import Decided, causes_of

IDENTITY = "local-4"
"""Changes whenever the same answer may get another grade."""
_MOST_LEARNED = 4096
"""Ruled answers whose signals are remembered: two numbers each, for twenty busy decks."""


class LocalGrader:
    """Grades on this machine with what the package carries, plus an embedder if one is given.

    The calibration must have been fitted for that embedder; `load_calibration` sees to it.
    Raises `CalibrationError` when it weighs a signal that this version does not have.
    """

    def __init__(
        self,
        calibration: Calibration,
        embedder: Embeds | None = None,
        policy: Policy = "standard",
    ) -> None:
        if unknown := [name for name in calibration.signals if name not in SIGNALS]:
            raise CalibrationError(
                f"calibration {calibration.name} weighs {', '.join(unknown)}, which this version "
                "does not measure; fit it again or unset TUTOR_CALIBRATION"
            )
        self._calibration = calibration
        self._embedder = embedder
        self._policy = calibration.learn((), policy)
        # A deck is learned again at every new ruling, from the same answers but for one.
        self._open_logits = lru_cache(maxsize=_MOST_LEARNED)(self._examined_logits)

    @property
    def calibration(self) -> Calibration:
        """What its signals are weighed by."""
        return self._calibration

    @property
    def escalation(self) -> tuple[Enough, ...]:
        """Which of its grades are enough without a judge, by the calibration's table."""
        return self._calibration.escalation

    def learn(self, ruled: Sequence[Ruled], policy: Policy = "standard") -> Strictness:
        """How strictly a deck is graded, from people's verdicts on answers to it.

        Only answers that the signals decide teach: what a guard settled or contradicted says
        nothing about where the verdicts begin. Raises what `grade` raises.
        """
        return self._calibration.learn(tuple(self._weighed(ruled)), policy)

    def grade(
        self,
        item: Item,
        answer: str,
        language: Language | None = None,
        strictness: Strictness | None = None,
    ) -> Grade:
        """Grade one answer; feedback is in `language`, by default the answer's own.

        `strictness` is what `learn` returned for the deck; by default that of the policy.
        Time is bounded and linear in the answer's length up to 20,000 characters; what stands
        beyond them is not read, and the grade is then unsure. Raises `TooLargeError` when
        question, references and key points have more than 40,000 characters together,
        `InvalidInputError` when no reference has a word or number in it, and `ModelError` when
        the embedder fails.
        """
        started = time.perf_counter()
        said = read_part(answer)
        spoken = language or language_of(said, default=language_of(item.question))
        evidence = self.examine(item, answer, spoken)
        chosen = strictness or self._policy
        logits = self._calibration.logits(measure(evidence, self._calibration))
        decision = settle(evidence, self._calibration) or weigh(
            evidence, logits, self._calibration, chosen
        )
        points = describe_points(evidence, answer, decision.verdict)
        decided = Decided(evidence, answer, points, decision, logits, self._calibration, chosen)
        doubts = causes_of(decided)
        receipt = self._receipt(chosen, started)
        return self._grade(evidence, answer, decision, points, doubts, receipt)

    def examine(self, item: Item, answer: str, language: Language) -> Evidence:
        """The evidence that a grade of this answer rests on."""
        check_extent(item)
        if not any(read(reference).tokens for reference in item.references):
            raise InvalidInputError(
                f"no reference of {item.question[:40]!r} has a word or number in it; "
                "give at least one that says what a right answer says"
            )
        unread = find_unread(answer)
        told = blank_question(item, _stated(item, read_part(answer)))
        attempt = lay_out(item, told, language)
        findings = [*unread, *find_all(attempt), *_hidden(attempt)]
        if addressed := [finding for finding in findings if finding.name in ADDRESSES_GRADER]:
            attempt = lay_out(item, blank_instructions(told), language)
            others = (found for found in find_all(attempt) if found.name not in ADDRESSES_GRADER)
            findings = [*unread, *addressed, *others, *_hidden(attempt)]
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
        doubts: tuple[Cause, ...],
        receipt: Receipt,
    ) -> Grade:
        attempt = evidence.attempt
        feedback = compose_feedback(
            item=attempt.item,
            answer=answer,
            verdict=decision.verdict,
            unsure=decision.unsure,
            key_points=points,
            findings=evidence.findings,
            causes=doubts,
            language=attempt.language,
        )
        return Grade(
            verdict=decision.verdict,
            score=decision.score,
            confidence=decision.confidence,
            unsure=decision.unsure,
            key_points=points,
            reasons=(*_reasons(evidence, attempt), *map(_reason, doubts)),
            feedback=feedback,
            rating=RATINGS[decision.verdict],
            receipt=receipt,
        )

    def _weighed(self, ruled: Sequence[Ruled]) -> Iterator[Weighed]:
        for one in ruled:
            if logits := self._open_logits(one.item, one.answer):
                yield Weighed(*logits, one.verdict)

    def _examined_logits(self, item: Item, answer: str) -> tuple[float, float] | None:
        """What the signals say about an answer, None when they do not decide it."""
        evidence = self.examine(item, answer, language_of(answer))
        if not is_open(evidence):
            return None
        return self._calibration.logits(measure(evidence, self._calibration))

    def _receipt(self, strictness: Strictness, started: float) -> Receipt:
        learned = f"+{strictness.verdicts}" if strictness.verdicts else ""
        return Receipt(
            grader=IDENTITY,
            embedder=self._calibration.embedder,
            calibration=self._calibration.name + learned,
            policy=strictness.policy,
            elapsed_ms=1000 * (time.perf_counter() - started),
        )


def _stated(item: Item, answer: str) -> str:
    """The answer without emphasis, which would hide how near it is to what it copies."""
    if item.kind == "cloze":
        return answer
    return without_emphasis(
        answer, (item.question, *item.references, *(point.text for point in item.key_points))
    )


def _hidden(attempt: Attempt) -> list[Finding]:
    """What guards find against an answer once sentences about another thing are set aside.

    That the rest repeats the question is nothing against it: they may be the answer.
    """
    answer = attempt.answer.raw
    left = blank_unrelated(attempt.item, answer)
    if left == answer:
        return []
    found = find_all(lay_out(attempt.item, left, attempt.language))
    return [each for each in found if each.effect == "contradict" or each.name == "dont_know"]


def _reason(cause: Cause) -> Reason:
    return Reason(name=f"unsure_{cause.name}", detail=cause.why)


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
    return (*found, Reason(name=WEIGHED, detail=detail))
