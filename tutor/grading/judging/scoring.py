"""From a judgement to score and verdict: arithmetic on key points, whoever judged them.

The verdict follows from how many of the required points the answer makes, and whether it states
one of them wrongly. Every item of a list or a rubric counts. Of the sentences of a prose
reference people seldom ask for every one, so the policy says which share is enough; those that
a correct answer does without are then not required. Points that are not required never cost
anything. A point whose quote was not found counts as missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from tutor.grading.grade import Verdict
from tutor.grading.item import Item
from tutor.grading.judging.judgement import Judgement
from tutor.grading.key_points import is_list
from tutor.grading.strictness import Policy

Extras = Literal["ignore", "count"]
"""Whether something false beyond the key points costs marks."""

ENOUGH: dict[Policy, Fraction] = {
    "lenient": Fraction(1, 2),
    "standard": Fraction(2, 3),
    "strict": Fraction(1),
}
"""Share of the sentences of a prose reference that a correct answer makes."""
_FAULT = 0.5
"""What a point that is stated wrongly, or another false claim, takes from partial credit, in
points: less than a right one is worth, or a learner would do better to say less."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Score in [0, 1] and verdict: incorrect in [0, 1/3), partial in [1/3, 2/3), correct above.

    `spared` are the places of required points that a correct answer did without.
    """

    score: float
    verdict: Verdict
    spared: frozenset[int] = frozenset()


def is_itemised(item: Item) -> bool:
    """Whether the key points are listed, by a rubric or in the reference, and not sentences."""
    return item.kind == "cloze" or bool(item.key_points) or is_list(item.references[0])


def score_judgement(
    judgement: Judgement,
    required: Sequence[bool],
    *,
    policy: Policy,
    extras: Extras,
    itemised: bool,
) -> Scored:
    """Score a judgement; `required` says which of the points of a list a right answer makes.

    Where none is required, each of them is. The sentences of prose count alike: which of them
    another grade did without is of no account here.
    """
    asked = [place for place, each in enumerate(required) if each and itemised]
    asked = asked or list(range(len(required)))
    statuses = [judgement.points[place].status for place in asked]
    covered = statuses.count("covered")
    wrong = len(judgement.wrong) if extras == "count" and policy != "lenient" else 0
    if covered == 0:
        return Scored(0.0, "incorrect")
    enough = len(asked) if itemised else ceil(ENOUGH[policy] * len(asked))
    false = "contradicted" in statuses or (wrong > 0 and policy == "strict")
    if covered < enough or false:
        faults = statuses.count("contradicted") + wrong
        return Scored(_partial(covered, faults, len(asked)), "partial")
    score = 2 / 3 if wrong else (2 + covered / len(asked)) / 3
    return Scored(score, "correct", frozenset(asked) - _covered(judgement))


def _partial(covered: int, faults: int, asked: int) -> float:
    return (1 + max(0.0, covered - _FAULT * faults) / asked) / 3


def _covered(judgement: Judgement) -> frozenset[int]:
    return frozenset(
        place for place, point in enumerate(judgement.points) if point.status == "covered"
    )
