"""Two things have changed places: what is compared, replaced, moved, or cause and effect.

`B 优于 A` for `A 优于 B` contradicts; the converse, `B 不如 A`, says the same and does not.
"""

from __future__ import annotations

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding
from tutor.grading.reading.relations import Relation, likeness, relations
from tutor.grading.reading.text import Text


def find(attempt: Attempt) -> list[Finding]:
    """Contradict each key point that has a relation which the answer states the wrong way
    round, unless it, or another reference, also states it as the answer does."""
    wanted = [(index, relations(point)) for index, (_, point) in enumerate(attempt.points)]
    stated = relations(attempt.answer) if any(found for _, found in wanted) else ()
    return [
        _finding(index, attempt.answer)
        for index, found in wanted
        if stated and any(_is_swapped(relation, stated, attempt) for relation in found)
    ]


def _is_swapped(relation: Relation, stated: tuple[Relation, ...], attempt: Attempt) -> bool:
    said = {other: likeness(relation, other) for other in stated}
    if "same" in said.values() or "converse" in said.values():
        return False
    swapped = [other for other in said if said[other] == "swapped"]
    accepted = [each for reference in attempt.references for each in relations(reference)]
    return any(
        not any(likeness(one, other) in ("same", "converse") for one in accepted)
        for other in swapped
    )


def _finding(point: int, answer: Text) -> Finding:
    return Finding(
        "role_swap",
        "contradict",
        "两者的位置说反了：谁比谁、谁代替谁、从哪到哪，或因与果。",
        "Two things have changed places: which is which side of a comparison, a replacement, a "
        "movement, or cause and effect.",
        point,
        (0, len(answer.raw)),
    )
