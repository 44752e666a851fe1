"""What a judge says about an answer, checked: words without anything that computes."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.grading.grade import PointStatus

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class JudgedPoint:
    """What was found about one key point.

    `span` holds offsets in the learner's answer where the quote stands; it is None for a missing
    point. `stability` in (0, 1] is the share of valid judgements behind this status. `unproved`:
    the judge called the point covered or contradicted and no quote of its was found in the
    answer, so the status is `missing` and a person should look.
    """

    status: PointStatus
    span: Span | None = None
    stability: float = 1.0
    unproved: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judge's findings: one for each key point, in order, and wrong claims beyond them.

    `wrong` are spans in the answer that state something false which belongs to no key point.
    """

    points: tuple[JudgedPoint, ...]
    wrong: tuple[Span, ...] = ()
