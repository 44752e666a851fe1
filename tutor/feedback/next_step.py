"""The next step: one concrete thing to do, by what happened."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.feedback.outcome import Outcome
from tutor.feedback.quoting import quote, statement
from tutor.grading.guards.finding import Finding


def next_step(outcome: Outcome) -> str:
    """One action that fits the outcome; it names key points only after an attempt."""
    words = outcome.words
    if outcome.no_attempt:
        return _invitation(outcome, outcome.no_attempt)
    if outcome.dont_know:
        return words.next_blank if outcome.is_blank else words.next_dont_know
    if outcome.unsure:
        return _ruling(outcome)
    if outcome.verdict == "correct":
        extra = outcome.missing and not outcome.chosen_of
        return words.next_extra if extra else words.next_correct
    return next(_repairs(outcome))


def _invitation(outcome: Outcome, reason: Finding) -> str:
    words = outcome.words
    ask = {
        "question_copy": words.next_question_copy,
        "instruction_only": words.next_instructions,
        "reference_opener": words.next_opener,
    }.get(reason.name, words.next_empty)
    separator = "" if outcome.language == "zh" else " "
    return separator.join(filter(None, (ask, _asked(outcome))))


def _asked(outcome: Outcome) -> str:
    """How much is asked for, which gives nothing away."""
    words = outcome.words
    if outcome.is_blank:
        return words.next_asked_blank
    match sum(point.required for point in outcome.points):
        case 0:
            return ""
        case 1:
            return words.next_asked_one
        case count:
            return words.next_asked_many.format(count=count)


def _ruling(outcome: Outcome) -> str:
    """What would settle the weightiest of the causes that make the grade unsure."""
    return outcome.causes[0].settle if outcome.causes else outcome.words.next_unsure


def _repairs(outcome: Outcome) -> Iterator[str]:
    """What would mend the answer, the most telling first."""
    words = outcome.words
    if outcome.is_blank:
        yield words.next_blank
    for found in outcome.having("contradict"):
        if said := outcome.words_at(found):
            yield _check(outcome, found).format(quote=quote(said, words))
    for point in outcome.with_status("contradicted"):
        if point.quote:
            yield words.next_contradicted.format(quote=quote(point.quote, words))
    if outcome.with_status("covered"):
        yield from _missing_points(outcome)
    yield words.next_nothing if outcome.verdict == "incorrect" else words.next_partial


def _check(outcome: Outcome, found: Finding) -> str:
    words = outcome.words
    match found.name:
        case "quantity":
            return words.next_quantity
        case "polarity":
            return words.next_polarity
    return words.next_contradicted


def _missing_points(outcome: Outcome) -> Iterator[str]:
    missing = [point for point in outcome.missing if point.required]
    if missing and outcome.chosen_of:
        yield outcome.words.next_choice.format(count=len(missing))
    elif len(missing) == 1:
        yield outcome.words.next_missing.format(point=statement(missing[0].text))
    elif missing:
        yield outcome.words.next_missing_more.format(count=len(missing))
