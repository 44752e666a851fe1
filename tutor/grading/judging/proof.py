"""From what a judge says to what it can show: a finding counts when its quote is in the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from tutor.grading.guards.question_copy import blank_question
from tutor.grading.item import Item
from tutor.grading.judging.judgement import JudgedPoint, Judgement, Span
from tutor.grading.judging.quoting import locate
from tutor.grading.judging.reply import RawJudgement, RawPoint

_MISSING = JudgedPoint("missing")
_UNPROVED = JudgedPoint("missing", unproved=True)


@dataclass(frozen=True, slots=True)
class Passages:
    """What can be quoted: the part of an answer that the judge saw, but for the `hidden` spans."""

    seen: str
    hidden: tuple[Span, ...] = ()

    def find(self, quote: str) -> Span | None:
        """Raw offsets in the answer where the quote stands."""
        return locate(quote, self.seen, self.hidden)


def passages_of(item: Item, answer: str, seen: str) -> Passages:
    """The passages of an answer of which a judge saw `seen`, some of it blanked out.

    A copy of the question is shown to the judge, but it is not the learner's, and no evidence.
    """
    own, told = blank_question(item, seen), answer[: len(seen)]
    return Passages(seen, () if own == told else tuple(_changed(told, own)))


def prove(raw: RawJudgement, passages: Passages) -> Judgement:
    """The judgement as far as its quotes are in the answer.

    What is called covered or contradicted without one is missing and unproved, and so is what a
    confused judge calls contradicted. A wrong claim without one is none, and neither is one that
    repeats a point: what contradicts it, or the very words that cover it.
    """
    points = tuple(_prove(point, raw.confused, passages) for point in raw.points)
    wrong = {span for quote in raw.wrong if (span := passages.find(quote))}
    beyond = (span for span in wrong if not any(_repeats(span, point) for point in points))
    return Judgement(points, tuple(sorted(beyond)))


def doubted(raw: RawJudgement, judgement: Judgement) -> list[int]:
    """Places of the points for which another quote might be the proof."""
    return [
        place
        for place, (said, found) in enumerate(zip(raw.points, judgement.points, strict=True))
        if found.unproved and not (raw.confused and said.status == "contradicted")
    ]


def prove_again(
    judgement: Judgement,
    raw: RawJudgement,
    second: Mapping[int, RawPoint],
    passages: Passages,
) -> Judgement:
    """The judgement after a second reply on some of its points.

    That may show the quote of what was said before. It is no new judgement: a point of which it
    says something else stays unproved, also when it takes it back. Asked for a quote once more,
    small models give up points that an answer does make.
    """
    points = list(judgement.points)
    for place, again in second.items():
        if again.status == raw.points[place].status:
            points[place] = _prove(again, False, passages)
    return replace(judgement, points=tuple(points))


def _prove(said: RawPoint, confused: bool, passages: Passages) -> JudgedPoint:
    if said.status == "missing":
        return _MISSING
    span = passages.find(said.quote)
    if span is None or (confused and said.status == "contradicted"):
        return _UNPROVED
    return JudgedPoint(said.status, span)


def _repeats(span: Span, point: JudgedPoint) -> bool:
    """Whether a wrong claim says nothing beyond what was found about a point."""
    if point.span is None or point.status == "covered":
        return span == point.span
    return point.span[0] < span[1] and span[0] < point.span[1]


def _changed(told: str, seen: str) -> Iterator[Span]:
    """The runs of characters in which two texts of one length differ."""
    differs = (
        place for place, pair in enumerate(zip(told, seen, strict=True)) if pair[0] != pair[1]
    )
    for _, run in groupby(enumerate(differs), key=lambda pair: pair[1] - pair[0]):
        places = [place for _, place in run]
        yield places[0], places[-1] + 1
