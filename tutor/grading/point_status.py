"""What the answer says about each key point."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.grading.alignment import Alignment
from tutor.grading.evidence import Evidence
from tutor.grading.grade import KeyPoint, PointStatus, Verdict
from tutor.grading.key_points import is_list
from tutor.grading.quotes import best_quote, whole_span
from tutor.grading.reading.terms import terms_of

SHORT, LONG = 3.0, 8.0
"""Sizes in words between which the demand on a point falls from `SHORT_NEED` to `LONG_NEED`."""
SHORT_NEED, LONG_NEED = 0.55, 0.33
"""Coverage at which a short point, or a long one, counts as made: the shares of points made
then agree best with the marks of list questions, and of prose questions, on development data."""
ABSENT = 0.12
"""Coverage below which a point is not there at all."""
PLAIN = 0.9
"""Coverage from which a point is there beyond question."""
ENUMERATED = 5.0
"""Size in words up to which the points of an answer are names to be listed."""


def need(point: Alignment) -> float:
    """Coverage in (0, 1) from which a point counts as made: a name must be said, of a long
    explanation a third of the author's own words is much."""
    along = min(1.0, max(0.0, (point.weight - SHORT) / (LONG - SHORT)))
    return SHORT_NEED + along * (LONG_NEED - SHORT_NEED)


def is_made(point: Alignment) -> bool:
    """Whether the answer makes the point."""
    return point.new >= need(point)


def is_absent(point: Alignment) -> bool:
    """Whether nothing in the answer bears on the point."""
    return point.new < ABSENT


def is_plain(point: Alignment) -> bool:
    """Whether the answer makes the point beyond question."""
    return point.new >= PLAIN


def is_enumeration(points: Sequence[Alignment]) -> bool:
    """Whether the points are names to be listed, each there or not, rather than explained."""
    return len(points) > 1 and all(point.weight <= ENUMERATED for point in points)


def required_points(evidence: Evidence) -> list[Alignment]:
    """How far the answer makes each point that it must make, in order."""
    pairs = zip(evidence.attempt.points, evidence.points, strict=True)
    return [point for (spec, _), point in pairs if spec.required]


def is_itemised(evidence: Evidence) -> bool:
    """Whether the points are listed, by the author of the rubric or in the reference, and not
    only sentences one after another, of which people seldom ask for every one."""
    return bool(evidence.attempt.item.key_points) or is_list(evidence.reference.raw)


def contradicted(evidence: Evidence) -> frozenset[int]:
    """Indices of the key points that a guard found stated wrongly."""
    return frozenset(
        finding.point if finding.point is not None else 0
        for finding in evidence.findings
        if finding.effect == "contradict"
    )


def describe_points(evidence: Evidence, answer: str, verdict: Verdict) -> tuple[KeyPoint, ...]:
    """Every key point with its status and quote, in order.

    `answer` is what the learner typed, which the quotes are taken from. The statuses agree
    with the verdict: a correct answer makes every required point, so the ones that its words
    only hint at count as covered, and sentences that it could do without are not required; a
    partial one makes the point that it comes closest to.
    """
    spared = _spared(evidence) if verdict == "correct" else frozenset()
    covered = _covered(evidence, verdict) - spared
    wrong = {f.point or 0: f.span for f in evidence.findings if f.effect == "contradict"}
    described = []
    for index in range(len(evidence.points)):
        status: PointStatus = "covered" if index in covered else "missing"
        if index in wrong:
            status = "contradicted"
        point = _key_point(evidence, answer, index, status, wrong.get(index))
        described.append(point.model_copy(update={"required": False}) if index in spared else point)
    return tuple(described)


def _spared(evidence: Evidence) -> frozenset[int]:
    """Indices of the sentences of a reference that a correct answer says nothing of."""
    accepted = any(finding.effect == "accept" for finding in evidence.findings)
    absent = frozenset(i for i, point in enumerate(evidence.points) if is_absent(point))
    if accepted or is_itemised(evidence) or len(absent) == len(evidence.points):
        return frozenset()
    return absent


def _covered(evidence: Evidence, verdict: Verdict) -> frozenset[int]:
    """Indices of the points that the answer makes."""
    required = [i for i, (spec, _) in enumerate(evidence.attempt.points) if spec.required]
    made = {i for i, point in enumerate(evidence.points) if is_made(point)}
    if verdict == "correct":
        return frozenset(made.union(required))
    if verdict == "partial" and len(required) > 1 and made.isdisjoint(required):
        best = max(required, key=lambda i: evidence.points[i].new)
        return frozenset(made if is_absent(evidence.points[best]) else {*made, best})
    return frozenset(made)


def _key_point(
    evidence: Evidence,
    answer: str,
    index: int,
    status: PointStatus,
    span: tuple[int, int] | None,
) -> KeyPoint:
    spec, text = evidence.attempt.points[index]
    if status != "missing" and span is None:
        said = evidence.attempt.answer.raw
        span = best_quote(terms_of(text), said) or whole_span(said)
    quote = answer[span[0] : span[1]] if span else None
    return KeyPoint(text=spec.text, status=status, quote=quote, span=span, required=spec.required)
