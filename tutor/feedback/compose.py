"""Composing feedback: what a grade lets us say to the learner, and nothing beyond it.

It says what is right in her own words, what is missing, what is wrong and why, and one thing
to do next. While there is no attempt yet it gives nothing of the reference away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tutor.feedback.next_step import next_step
from tutor.feedback.outcome import Outcome
from tutor.feedback.quoting import quote, statement
from tutor.feedback.wording import wording
from tutor.grading.cause import Cause
from tutor.grading.grade import Feedback, KeyPoint, Language, Verdict
from tutor.grading.guards.finding import Finding
from tutor.grading.item import Item
from tutor.grading.reading.text import read


def compose_feedback(
    *,
    item: Item,
    answer: str,
    verdict: Verdict,
    unsure: bool,
    key_points: Sequence[KeyPoint],
    findings: Sequence[Finding],
    causes: Sequence[Cause] = (),
    language: Language,
) -> Feedback:
    """Feedback on one answer in `language`, agreeing with the verdict.

    `key_points` are the grade's, in the order that the findings' indices mean; `causes` say
    why the grade is unsure, the weightiest first.
    """
    outcome = Outcome(
        item, answer, verdict, unsure, tuple(key_points), tuple(findings), tuple(causes), language,
        wording(language),
    )  # fmt: skip
    if outcome.dont_know:
        outcome = replace(outcome, unsure=False)
    if outcome.no_attempt:
        return _still_open(outcome, outcome.no_attempt)
    return Feedback(
        language=language,
        summary=_summary(outcome),
        right=tuple(_right(outcome)),
        missing=tuple(_missing(outcome)),
        wrong=tuple(_wrong(outcome)),
        next_step=next_step(outcome),
    )


def _still_open(outcome: Outcome, reason: Finding) -> Feedback:
    return Feedback(
        language=outcome.language,
        summary=outcome.words.no_attempt,
        wrong=(outcome.why(reason) + outcome.words.stop,),
        next_step=next_step(outcome),
    )


def _summary(outcome: Outcome) -> str:
    if outcome.dont_know:
        return outcome.words.dont_know
    if outcome.unsure:
        return _summary_of_unsure(outcome)
    match outcome.verdict:
        case "correct":
            return _summary_of_correct(outcome)
        case "partial":
            return _summary_of_partial(outcome)
        case "incorrect":
            return _summary_of_incorrect(outcome)


def _summary_of_unsure(outcome: Outcome) -> str:
    words = outcome.words
    leaning = {
        "correct": words.unsure_correct,
        "partial": words.unsure_partial,
        "incorrect": words.unsure_incorrect,
    }[outcome.verdict]
    why = [statement(cause.why) for cause in outcome.causes[:1]]
    return leaning + "".join(words.because.format(why=each) for each in why)


def _summary_of_correct(outcome: Outcome) -> str:
    words = outcome.words
    if outcome.is_blank:
        return words.correct_blank
    covered = [point.status == "covered" for point in outcome.points if point.required]
    if not covered or not all(covered):
        return words.correct_plain
    if outcome.chosen_of:
        return _counted(outcome, words.correct_chosen)
    return words.correct_extra if outcome.missing else words.correct


def _summary_of_partial(outcome: Outcome) -> str:
    words = outcome.words
    asked = sum(point.required for point in outcome.points)
    if outcome.is_blank or outcome.still_asked == asked:
        return words.partial
    if outcome.with_status("contradicted") or outcome.having("contradict"):
        return words.partial_wrong
    if outcome.still_asked:
        return _counted(
            outcome, words.partial_chosen if outcome.chosen_of else words.partial_counted
        )
    return words.partial


def _counted(outcome: Outcome, template: str) -> str:
    """How many points are asked for and made; more than are asked for may be made of a choice."""
    covered = outcome.with_status("covered")
    made = covered if outcome.chosen_of else [point for point in covered if point.required]
    return template.format(asked=sum(p.required for p in outcome.points), covered=len(made))


def _summary_of_incorrect(outcome: Outcome) -> str:
    words = outcome.words
    if outcome.is_blank:
        return words.incorrect_blank
    contradicted = outcome.with_status("contradicted") or outcome.having("contradict")
    if contradicted or not outcome.points:
        return words.incorrect_wrong
    return words.incorrect_some if outcome.with_status("covered") else words.incorrect_none


def _right(outcome: Outcome) -> list[str]:
    said: dict[str | None, list[str]] = {}
    for point in outcome.with_status("covered"):
        said.setdefault(point.quote, []).append(point.text)
    lines = [_covered(outcome, quoted, points) for quoted, points in said.items()]
    if not lines and outcome.verdict == "correct":
        for found in outcome.having("accept"):
            lines.append(_of_finding(outcome, found))
    return lines


def _covered(outcome: Outcome, quoted: str | None, points: Sequence[str]) -> str:
    words = outcome.words
    listed = words.listed.join(map(statement, points))
    if quoted is None:
        template = words.maybe_covered_unquoted if outcome.unsure else words.covered_unquoted
        return template.format(points=listed)
    if outcome.unsure:
        template = words.maybe_covered
    elif outcome.is_blank:
        template = words.covered_blank
    elif [read(quoted).compact] == [read(point).compact for point in points]:
        template = words.covered_alike
    else:
        template = words.covered
    return template.format(quote=quote(quoted, words), points=listed)


def _missing(outcome: Outcome) -> list[str]:
    if not outcome.points and outcome.verdict != "correct":
        return [outcome.words.missing_blank.format(point=statement(outcome.item.references[0]))]
    if outcome.chosen_of:
        return _others(outcome)
    return [_named(outcome, point) for point in outcome.missing]


def _others(outcome: Outcome) -> list[str]:
    """What else could have been chosen, in one line."""
    words = outcome.words
    missing = [statement(point.text) for point in outcome.with_status("missing")]
    if not missing:
        return []
    listed = words.listed.join(missing)
    if outcome.verdict == "correct":
        return [words.missing_other.format(points=listed)]
    return [words.missing_choice.format(count=outcome.still_asked, points=listed)]


def _named(outcome: Outcome, point: KeyPoint) -> str:
    words = outcome.words
    if outcome.is_blank:
        template = words.missing_blank
    elif not point.required:
        template = words.missing_extra
    else:
        template = words.maybe_missing if outcome.unsure else words.missing
    return template.format(point=statement(point.text))


def _wrong(outcome: Outcome) -> list[str]:
    if outcome.verdict == "correct":  # what is wrong beyond all key points is told all the same
        beyond = (found for found in outcome.having("contradict") if found.point is None)
        return [_of_finding(outcome, found) for found in beyond]
    lines = [
        _contradicted(outcome, index, point)
        for index, point in enumerate(outcome.points)
        if point.status == "contradicted"
    ]
    return lines + [
        _of_finding(outcome, found)
        for found in outcome.having("contradict")
        if not _is_told(outcome, found)
    ]


def _is_told(outcome: Outcome, found: Finding) -> bool:
    """Whether a finding is given as the reason of a contradicted point."""
    at = found.point
    return (
        at is not None and at < len(outcome.points) and outcome.points[at].status == "contradicted"
    )


def _contradicted(outcome: Outcome, index: int, point: KeyPoint) -> str:
    words = outcome.words
    told = _disagreement(outcome, point).format(
        quote=quote(point.quote or "", words), point=statement(point.text)
    )
    reasons = [outcome.why(found) for found in outcome.having("contradict") if found.point == index]
    return told + (words.because.format(why=words.listed.join(reasons)) if reasons else "")


def _disagreement(outcome: Outcome, point: KeyPoint) -> str:
    words = outcome.words
    match (point.quote is not None, outcome.unsure):
        case (False, False):
            return words.contradicted_unquoted
        case (False, True):
            return words.maybe_contradicted_unquoted
        case (True, True):
            return words.maybe_contradicted
    return words.contradicted_blank if outcome.is_blank else words.contradicted


def _of_finding(outcome: Outcome, found: Finding) -> str:
    said = outcome.words_at(found)
    if said is None:
        return outcome.why(found) + outcome.words.stop
    return outcome.words.finding.format(quote=quote(said, outcome.words), why=outcome.why(found))
