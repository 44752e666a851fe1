"""The grade that local grader and judge make together: arithmetic on what both say.

The judge says what the answer does with each key point; score and verdict follow from that by
`scoring`. How far both can be believed follows from `witness`. Where they are two verdicts
apart the grade is unsure and disputed, whoever is believed. Whatever speaks to the grader in an
answer cannot raise it, nor can what it leaves open: then the local grade is the most there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tutor.feedback.compose import compose_feedback
from tutor.feedback.quoting import shorten, statement
from tutor.grading.asked_count import asked_count
from tutor.grading.cause import Cause, CauseName
from tutor.grading.grade import (
    RATINGS,
    Grade,
    JudgeFailure,
    JudgeReceipt,
    KeyPoint,
    Reason,
    Verdict,
)
from tutor.grading.guards.finding import ADDRESSES_GRADER, NOT_SETTLED, Finding
from tutor.grading.item import Item
from tutor.grading.judging.judgement import Judged, JudgedPoint
from tutor.grading.judging.scoring import Extras, Scored, is_itemised, score_judgement
from tutor.grading.judging.witness import JUDGE_ACCURACY, ORDER, believed, steps
from tutor.grading.judging.wording import Wording, wording
from tutor.grading.strictness import Policy

SURE_FROM = 0.65
"""Least probability that a verdict stands without a person's look: people agree among themselves on
.68 to .85 of such verdicts. Of "partial" and "incorrect" most of the rest is the other one."""
_FAR = 2
"""Verdicts between judge and local grader from which they dispute."""
_LONGEST_POINT = 40


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer with what the local grader made of it and what the judge says."""

    item: Item
    answer: str
    local: Grade
    judged: Judged
    policy: Policy
    extras: Extras
    accuracy: float
    scored: Scored
    points: tuple[KeyPoint, ...]
    """The key points as the judge found them."""

    @property
    def words(self) -> Wording:
        """The sentences in the language of the feedback."""
        return wording(self.local.feedback.language)

    @property
    def held(self) -> CauseName | None:
        """Why the judge, who would raise the grade, may not: `addressed`, `open`, or it may."""
        if ORDER.index(self.scored.verdict) <= ORDER.index(self.local.verdict):
            return None
        names = {reason.name for reason in self.local.reasons}
        if names & ADDRESSES_GRADER:
            return "addressed"
        return "open" if names & NOT_SETTLED else None

    @property
    def disputed(self) -> bool:
        """Whether both are too far apart for a program to tell who is right."""
        return bool(self.held) or steps(self.local.verdict, self.scored.verdict) >= _FAR


def hear(
    item: Item,
    answer: str,
    local: Grade,
    judged: Judged,
    *,
    policy: Policy,
    extras: Extras,
    accuracy: float = JUDGE_ACCURACY,
) -> Heard:
    """Score a judgement and lay it beside the local grade that it was asked for.

    `accuracy` in [0, 1] is how often this judge names the verdict that a person would.
    """
    shown = _shown(item, answer, local.key_points, judged.judgement.points)
    scored = score_judgement(
        judged.judgement,
        [point.required for point in shown],
        policy=policy,
        extras=extras,
        itemised=is_itemised(item),
    )
    points = tuple(
        point.model_copy(update={"required": False}) if place in scored.spared else point
        for place, point in enumerate(shown)
    )
    return Heard(item, answer, local, judged, policy, extras, accuracy, scored, points)


def combined(heard: Heard, receipt: JudgeReceipt, elapsed_ms: float) -> Grade:
    """The grade of both together; `elapsed_ms` is the time that the judgement took in all."""
    verdict, confidence = _decided(heard)
    follows_judge = verdict == heard.scored.verdict
    points = heard.points if follows_judge else heard.local.key_points
    doubts = tuple(_causes(heard, confidence))
    feedback = compose_feedback(
        item=heard.item,
        answer=heard.answer,
        verdict=verdict,
        unsure=bool(doubts),
        key_points=points,
        findings=_findings(heard),
        causes=doubts,
        language=heard.local.feedback.language,
    )
    return heard.local.model_copy(
        update={
            "verdict": verdict,
            "score": heard.scored.score if follows_judge else heard.local.score,
            "confidence": confidence,
            "unsure": bool(doubts),
            "key_points": points,
            "reasons": (*_reasons(heard, receipt), *map(_reason, doubts)),
            "feedback": feedback,
            "rating": RATINGS[verdict],
            "receipt": heard.local.receipt.model_copy(
                update={
                    "grader": f"{heard.local.receipt.grader}+judge",
                    "judge": receipt.model_copy(update={"disputed": heard.disputed}),
                    "elapsed_ms": heard.local.receipt.elapsed_ms + elapsed_ms,
                }
            ),
        }
    )


def left_local(local: Grade, receipt: JudgeReceipt, failure: JudgeFailure) -> Grade:
    """The local grade with a word on why there is no judgement."""
    words = wording(local.feedback.language)
    why = words.failures.get(failure.type, words.failure)
    told = Reason(name="judge_failed", detail=words.failed.format(why=why))
    kept = receipt.model_copy(update={"error": failure})
    return local.model_copy(
        update={
            "reasons": (*local.reasons, told),
            "receipt": local.receipt.model_copy(update={"judge": kept}),
        }
    )


def _shown(
    item: Item, answer: str, asked: Sequence[KeyPoint], judged: Sequence[JudgedPoint]
) -> list[KeyPoint]:
    """The key points with the judge's findings; of a choice, those that were made are it."""
    shown = [
        KeyPoint(
            text=point.text,
            status=found.status,
            quote=answer[slice(*found.span)] if found.span else None,
            span=found.span,
            # The local grader marks what a correct answer of prose did without.
            required=point.required or not is_itemised(item),
        )
        for point, found in zip(asked, judged, strict=True)
    ]
    count = asked_count(item.question) if item.kind == "free" else None
    required = sum(point.required for point in asked)
    if count != required or required == len(asked):
        return shown
    extras = {spec.text for spec in item.key_points if not spec.required}
    offered = [i for i, point in enumerate(shown) if point.text not in extras]
    chosen = sorted(offered, key=lambda i: shown[i].status != "covered")[:required]
    return [
        point.model_copy(update={"required": place in chosen}) for place, point in enumerate(shown)
    ]


def _decided(heard: Heard) -> tuple[Verdict, float]:
    """The verdict of whoever is to be believed, with its probability."""
    local = heard.local
    chances = believed(
        local.verdict,
        local.confidence,
        sure=not local.unsure,
        judge=heard.scored.verdict,
        stability=heard.judged.stability,
        accuracy=heard.accuracy,
        all_or_nothing=sum(point.required for point in heard.points) == 1,
    )
    if heard.held:
        return local.verdict, chances[ORDER.index(local.verdict)]
    verdict = max(
        (heard.scored.verdict, local.verdict), key=lambda each: chances[ORDER.index(each)]
    )
    return verdict, chances[ORDER.index(verdict)]


def _causes(heard: Heard, confidence: float) -> Iterator[Cause]:
    """Why the grade is unsure, the weightiest first."""
    words = heard.words
    said: dict[str, str] = {
        "judge": words.verdicts[heard.scored.verdict],
        "local": words.verdicts[heard.local.verdict],
    } | {str(verdict): name for verdict, name in words.verdicts.items()}
    if heard.held == "addressed":
        yield Cause("addressed", words.addressed, words.settle_addressed)
    elif heard.held == "open":
        yield Cause("open", words.open, words.settle_open)
    elif heard.disputed:
        yield Cause("disputed", words.disputed.format(**said), words.settle_disputed)
    for point, found in zip(heard.points, heard.judged.judgement.points, strict=True):
        if found.unproved:
            named = shorten(statement(point.text), _LONGEST_POINT)
            settle = words.settle_unproved.format(point=named)
            yield Cause("unproved", words.unproved.format(point=named), settle)
    if heard.judged.cut:
        yield Cause("cut", words.cut, words.settle_cut)
    if confidence < SURE_FROM:
        settle = words.settle_unsettled.format(**said)
        yield Cause("unsettled", words.unsettled.format(**said), settle)


def _findings(heard: Heard) -> list[Finding]:
    """What the judge found wrong beyond the key points, as guards report it."""
    chinese, english = wording("zh").wrong, wording("en").wrong
    return [
        Finding("judged_wrong", "contradict", chinese, english, span=span)
        for span in heard.judged.judgement.wrong
    ]


def _reasons(heard: Heard, receipt: JudgeReceipt) -> list[Reason]:
    """What decided: the guards' findings, and what the judge made of the key points."""
    asked = [point for point in heard.points if point.required]
    made = sum(point.status == "covered" for point in asked)
    told = heard.words.judged.format(model=receipt.model, made=made, asked=len(asked))
    kept = [
        reason
        for reason in heard.local.reasons
        if reason.name != "coverage" and not reason.name.startswith("unsure_")
    ]
    wrong = [Reason(name=each.name, detail=heard.words.wrong) for each in _findings(heard)]
    return [*kept, Reason(name="judge", detail=told), *wrong]


def _reason(cause: Cause) -> Reason:
    return Reason(name=f"unsure_{cause.name}", detail=cause.why)
