"""Why a grade is unsure, and what would settle it.

A cause is found by asking what the decision would be without it, wherever that can be asked:
without the alarm, without the point that was not found, with the deck's strictness known.
Only what remains is read off the answer: another language, a wording far from the reference,
or simply a place between two verdicts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import sqrt

from tutor.feedback.quoting import quote, shorten, statement
from tutor.feedback.wording import wording as feedback_wording
from tutor.grading.calibration import Calibration, chances_of, expected_score
from tutor.grading.cause import Cause
from tutor.grading.decision import Decision, weigh, weigh_each
from tutor.grading.evidence import Evidence
from tutor.grading.grade import KeyPoint, Verdict
from tutor.grading.guards.finding import Finding
from tutor.grading.language import language_of
from tutor.grading.point_status import is_plain, need
from tutor.grading.quotes import best_quote
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import read
from tutor.grading.strictness import VERDICT_WEIGHT, Strictness, Threshold, Thresholds
from tutor.grading.uncertainty_wording import Wording, wording

_FAR = 0.5
"""Covered share of the reference, and of the answer, below which the wording is far from it."""
_ROUNDS = (5, 10, 20)
"""Numbers of verdicts that a person may be asked for."""
_MOSTLY = 2
"""Of a strict, a usual and a lenient deck, how many must make the grade sure."""
_INFORMATION = 0.15
"""Mean of p (1 - p), what a verdict tells about an intercept, over the development answers."""
_LONGEST_POINT = 40
"""Characters of a key point that are enough to tell which one is meant."""
_ORDER: tuple[Verdict, ...] = ("incorrect", "partial", "correct")


@dataclass(frozen=True)
class Decided:
    """A decision with everything that it was made from.

    `answer` is what the learner typed and `points` what was found about each key point, in
    the order of the evidence's.
    """

    evidence: Evidence
    answer: str
    points: tuple[KeyPoint, ...]
    decision: Decision
    logits: tuple[float, float]
    """What the signals say, without the intercepts."""
    calibration: Calibration
    strictness: Strictness

    @property
    def words(self) -> Wording:
        """The sentences of the learner's language."""
        return wording(self.evidence.attempt.language)


def causes_of(decided: Decided) -> tuple[Cause, ...]:
    """What makes an unsure grade unsure, the weightiest cause first; nothing of a sure one."""
    if not decided.decision.unsure:
        return ()
    alarms = tuple(_alarms(decided))
    if any(finding.effect == "accept" for finding in decided.evidence.findings):
        return alarms
    calm = _without_alarms(decided)
    return (*alarms, *_of_signals(calm)) if calm.decision.unsure else alarms


def _without_alarms(decided: Decided) -> Decided:
    if not decided.evidence.findings:
        return decided
    evidence = replace(decided.evidence, findings=())
    decision = weigh(evidence, decided.logits, decided.calibration, decided.strictness)
    return replace(decided, evidence=evidence, decision=decision)


def _of_signals(calm: Decided) -> Iterator[Cause]:
    proven = [*_point(calm), *_strictness(calm)]
    yield from proven
    if language := _language(calm):
        yield language
    elif calm.evidence.whole.new < _FAR and calm.evidence.back.new < _FAR:
        yield Cause("wording", calm.words.wording, _compare(calm, _hanging(calm)))
    elif not proven:
        yield _between(calm)


def _alarms(decided: Decided) -> Iterator[Cause]:
    """What a guard suspects, or found in a way that is right only most of the time."""
    for finding in decided.evidence.findings:
        suspects = finding.effect == "contradict" and decided.decision.verdict != "correct"
        if suspects or finding.effect == "doubt":
            yield Cause("alarm", _why(decided, finding), _settle_alarm(decided, finding))


def _why(decided: Decided, finding: Finding) -> str:
    words = decided.words
    why = statement(finding.zh if decided.evidence.attempt.language == "zh" else finding.en)
    said = _quoted(decided, finding.span) if finding.span else words.answer
    if said == words.answer:
        # "Unsure because: nearly ...", but not "sFT ...".
        begins = why[:1].lower() if why[1:2].islower() else why[:1]
        return words.alarm_unquoted.format(why=begins + why[1:])
    return words.alarm.format(quote=said, why=why)


def _settle_alarm(decided: Decided, finding: Finding) -> str:
    if finding.point is not None and finding.point < len(decided.points):
        said = _quoted(decided, finding.span) if finding.span else ""
        return _compare(decided, finding.point, said)
    return _compare(decided, 0 if len(decided.points) == 1 else None)


def _point(calm: Decided) -> Iterator[Cause]:
    """Required points without which the answer cannot be correct, where all else says it is."""
    expected = expected_score(chances_of(calm.logits, calm.strictness.scored))
    free = calm.calibration.verdict(expected)
    missing = [i for i in _required(calm) if calm.points[i].status == "missing"]
    if missing and _ORDER.index(free) > _ORDER.index(calm.decision.verdict):
        single = len(missing) == 1 and not calm.evidence.attempt.chosen
        template = calm.words.point if single else calm.words.points
        why = template.format(count=len(missing), point=_named(calm, missing[0]))
        yield Cause("point", why, _compare(calm, missing[0]))


def _strictness(calm: Decided) -> Iterator[Cause]:
    """The deck's strictness, where the same answer is one thing to a strict grader and another
    to a lenient one, and knowing which of them grades would mostly make the grade sure."""
    words = calm.words
    # Most answers are not settled by the most verdicts either, so these are tried first.
    if verdicts := _verdicts_when_known(calm, _ROUNDS[-1]):
        strict, lenient = (words.verdicts[verdict] for verdict in verdicts)
        why = words.strictness.format(strict=strict, lenient=lenient)
        count = next(count for count in _ROUNDS if _verdicts_when_known(calm, count))
        yield Cause("strictness", why, words.rule.format(count=count))


def _verdicts_when_known(calm: Decided, count: int) -> tuple[Verdict, Verdict] | None:
    """The verdicts on a strict and on a lenient deck, None unless so many rulings tell them."""
    decks = _decks_when_known(calm.strictness, count)
    strict, usual, lenient = weigh_each(calm.evidence, calm.logits, calm.calibration, decks)
    sure = sum(not decision.unsure for decision in (strict, usual, lenient))
    if sure < _MOSTLY or strict.verdict == lenient.verdict:
        return None
    return strict.verdict, lenient.verdict


@lru_cache(maxsize=64)
def _decks_when_known(strictness: Strictness, count: int) -> tuple[Strictness, ...]:
    """The strictness of a strict, a usual and a lenient deck after so many rulings."""
    return tuple(_known(strictness, shift, count) for shift in (-1.0, 0.0, 1.0))


def _known(strictness: Strictness, shift: float, verdicts: int) -> Strictness:
    """The strictness after more verdicts, had they moved it by so many standard deviations."""
    moved = Thresholds(*(_moved(one, shift, verdicts) for one in strictness.believed))
    return replace(strictness, believed=moved, scored=moved)


def _moved(threshold: Threshold, shift: float, verdicts: int) -> Threshold:
    gained = VERDICT_WEIGHT * verdicts * _INFORMATION * threshold.spread**2
    return Threshold(
        intercept=threshold.intercept + shift * threshold.spread,
        spread=threshold.spread / sqrt(1 + gained),
    )


def _language(calm: Decided) -> Cause | None:
    evidence = calm.evidence
    reference = evidence.reference.raw
    if language_of(calm.answer, default=language_of(reference)) == language_of(reference):
        return None
    return Cause("language", calm.words.language, _compare(calm, _hanging(calm)))


def _between(calm: Decided) -> Cause:
    why = calm.words.between.format(**_two_verdicts(calm))
    return Cause("between", why, _compare(calm, _hanging(calm)))


def _two_verdicts(calm: Decided) -> dict[str, str]:
    """The two likeliest verdicts by name."""
    chances = chances_of(calm.logits, calm.strictness.believed)
    likely = sorted(range(len(_ORDER)), key=lambda i: chances[i], reverse=True)[:2]
    lower, higher = (calm.words.verdicts[_ORDER[i]] for i in sorted(likely))
    return {"lower": lower, "higher": higher}


def _hanging(decided: Decided) -> int | None:
    """Index of the point on which the verdict hangs: of those that decide it, the one of which
    it is least clear whether it is made."""
    aligned = decided.evidence.points
    unclear = [i for i in _required(decided) if not is_plain(aligned[i])]
    deciding = [i for i in unclear if _stakes(decided, i)]
    return min(deciding, key=lambda i: abs(aligned[i].new - need(aligned[i])), default=None)


def _required(decided: Decided) -> list[int]:
    return [i for i, point in enumerate(decided.points) if point.required]


def _compare(decided: Decided, at: int | None, said: str = "") -> str:
    """Ask for the comparison on which the verdict hangs, with what follows from it."""
    words = decided.words
    if decided.evidence.attempt.chosen:
        return words.count.format(asked=len(_required(decided)), **words.verdicts)
    stakes = {} if at is None else _stakes(decided, at)
    if at is None or not stakes:
        return words.go_through.format(**words.verdicts)
    point = _named(decided, at)
    alone = len(_required(decided)) == 1
    said = said or _said_of(decided, at)
    in_its_own_words = said not in ("", words.answer)
    return (words.compare if alone or in_its_own_words else words.look_for).format(
        said=said or words.answer,
        point=point,
        target=words.reference if alone else words.key_point.format(point=point),
        **{name: words.verdicts[verdict] for name, verdict in stakes.items()},
    )


def _named(decided: Decided, at: int) -> str:
    return shorten(statement(decided.points[at].text), _LONGEST_POINT)


def _said_of(decided: Decided, at: int) -> str:
    """The words that bear on a point, quoted; empty when there are none."""
    _, text = decided.evidence.attempt.points[at]
    span = best_quote(terms_of(text), decided.evidence.attempt.answer.raw)
    return _quoted(decided, span) if span else ""


def _quoted(decided: Decided, span: tuple[int, int]) -> str:
    """A part of the answer in quotation marks; the whole of it goes by its name."""
    said = decided.answer[slice(*span)]
    if read(said).compact == read(decided.answer).compact:
        return decided.words.answer
    return quote(said, feedback_wording(decided.evidence.attempt.language))


def _stakes(decided: Decided, at: int) -> dict[str, Verdict]:
    """The verdict if the point at `at` is made, and if it is not; empty when they are the same
    because of what else is there or missing."""
    others = [decided.points[i].status for i in _required(decided) if i != at]
    complete, some = all(status == "covered" for status in others), "covered" in others
    if some and not complete:
        return {}
    return {
        "higher": "correct" if complete else "partial",
        "lower": "partial" if some else "incorrect",
    }
