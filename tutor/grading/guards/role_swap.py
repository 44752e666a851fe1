"""Two things have changed places: what is compared, replaced, moved, or cause and effect.

`B 优于 A` for `A 优于 B` contradicts; the converse, `B 不如 A`, says the same and does not.
"""

from __future__ import annotations

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Effect, Finding
from tutor.grading.reading.relations import Relation, likeness, relations
from tutor.grading.reading.text import Text


def find(attempt: Attempt) -> list[Finding]:
    """Contradict each key point that has a relation which the answer states the wrong way
    round, unless it, or another reference, also states it as the answer does.

    Beside other words than the key point's, it is a doubt: these may turn it back.
    """
    wanted = [(index, relations(point)) for index, (_, point) in enumerate(attempt.points)]
    stated = relations(attempt.answer) if any(found for _, found in wanted) else ()
    effects = (
        (index, [effect for relation in found if (effect := _effect(relation, stated, attempt))])
        for index, found in wanted
    )
    return [_finding(index, min(found), attempt.answer) for index, found in effects if found]


def _effect(relation: Relation, stated: tuple[Relation, ...], attempt: Attempt) -> Effect | None:
    said = {other: likeness(relation, other) for other in stated}
    if "same" in said.values() or "converse" in said.values():
        return None
    swapped = [other for other in said if said[other] == "swapped"]
    accepted = [each for reference in attempt.references for each in relations(reference)]
    wrong = [
        other
        for other in swapped
        if not any(likeness(one, other) in ("same", "converse") for one in accepted)
    ]
    if not wrong:
        return None
    return "contradict" if any(_adds_nothing(relation, other) for other in wrong) else "doubt"


def _adds_nothing(relation: Relation, other: Relation) -> bool:
    ours, theirs = relation.whole, other.whole
    return ours <= theirs or theirs <= ours


def _finding(point: int, effect: Effect, answer: Text) -> Finding:
    return Finding(
        "role_swap",
        effect,
        "两者的位置说反了：谁比谁、谁代替谁、从哪到哪，或因与果。",
        "Two things have changed places: which is which side of a comparison, a replacement, a "
        "movement, or cause and effect.",
        point,
        (0, len(answer.raw)),
    )
