"""Several judgements of one answer made into one: what more than half of them say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tutor.grading.judging.judgement import JudgedPoint, Judgement, Span


def vote(judgements: Sequence[Judgement]) -> Judgement:
    """The strict majority of at least one judgement, point by point.

    A quote that was not found is a vote for no status. Where no status has more than half of the
    votes the point is missing and unproved. A point's span is the one most often quoted by those
    who carried the vote, the first of them in a tie. A wrong claim stands when more than half of
    the judgements name a passage that overlaps with it.
    """
    by_point = zip(*(judgement.points for judgement in judgements), strict=True)
    return Judgement(
        points=tuple(map(_elect, by_point)),
        wrong=_agreed([judgement.wrong for judgement in judgements]),
    )


def stability(judgement: Judgement) -> float:
    """Mean share, in (0, 1], of the judgements behind each point's status; 1 without points."""
    shares = [point.stability for point in judgement.points]
    return sum(shares) / len(shares) if shares else 1.0


def _elect(ballots: Sequence[JudgedPoint]) -> JudgedPoint:
    votes = Counter((ballot.status, ballot.unproved) for ballot in ballots)
    (status, unproved), most = votes.most_common(1)[0]
    share = most / len(ballots)
    if unproved or 2 * most <= len(ballots):
        return JudgedPoint("missing", stability=share, unproved=True)
    spans = Counter(ballot.span for ballot in ballots if ballot.status == status)
    return JudgedPoint(status, span=spans.most_common(1)[0][0], stability=share)


def _agreed(named: Sequence[Sequence[Span]]) -> tuple[Span, ...]:
    """The spans that more than half name, each passage once, in the order of the answer."""
    support = {
        span: sum(_any_overlap(span, spans) for spans in named) for spans in named for span in spans
    }
    kept: list[Span] = []
    for span in sorted(support, key=lambda each: (-support[each], each)):
        if 2 * support[span] > len(named) and not _any_overlap(span, kept):
            kept.append(span)
    return tuple(sorted(kept))


def _any_overlap(span: Span, spans: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in spans)
