"""How well a person agrees with the others: the ceiling that every grader is read against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from evals.cases import VERDICTS, Case, Rating, consensus
from evals.metrics import Pairs, ranks
from tutor.grading.grade import Verdict


class _Row(NamedTuple):
    question: str
    others: Verdict
    others_score: float
    rater: Rating


def rater_pairs(cases: Sequence[Case]) -> Pairs | None:
    """Each rater's verdict beside the majority of the other raters', pooled over raters.

    A rater's score stands beside the mean of the others', never beside a mean that she is
    part of. None when no case has two ratings.
    """
    rows = _rows(cases)
    return _pairs(rows) if rows else None


def each_rater(cases: Sequence[Case]) -> dict[str, Pairs]:
    """Each rater alone beside the majority of the others, by name; empty without two ratings.

    Raters that files know by their place in a list (`rater 1`) may be several people.
    """
    rows = _rows(cases)
    names = sorted({row.rater.rater for row in rows})
    return {name: _pairs([row for row in rows if row.rater.rater == name]) for name in names}


def _rows(cases: Sequence[Case]) -> list[_Row]:
    rated = [case for case in cases if len(case.ratings) > 1]
    used = {rating.verdict for case in rated for rating in case.ratings}
    scale = [verdict for verdict in VERDICTS if verdict in used]
    return [row for case in rated for row in _rows_of(case, scale)]


def _pairs(rows: Sequence[_Row]) -> Pairs:
    return Pairs(
        questions=np.array([row.question for row in rows], dtype=np.str_),
        human=ranks([row.others for row in rows]),
        other=ranks([row.rater.verdict for row in rows]),
        human_score=np.array([row.others_score for row in rows]),
        other_score=np.array([row.rater.score for row in rows]),
    )


def _rows_of(case: Case, scale: Sequence[Verdict]) -> Iterator[_Row]:
    for place, rater in enumerate(case.ratings):
        others = case.ratings[:place] + case.ratings[place + 1 :]
        verdict = consensus([other.verdict for other in others], scale)
        score = sum(other.score for other in others) / len(others)
        yield _Row(case.question, verdict, score, rater)
