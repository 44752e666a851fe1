"""A formula of the reference is stated with another sign, index, number or operand.

Formulas are compared by their values, so that `a_n + a_1` is `a_1 + a_n`. One with the same
variables and another value is proved wrong; one with other variables may only be called by
other letters, which a person has to see.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Effect, Finding
from tutor.grading.reading.formula import compare_trees
from tutor.grading.reading.formula_parts import formulas, sides, variables
from tutor.grading.reading.formula_tree import Node
from tutor.grading.reading.text import Text

_MOST = 12
"""Formulas of an answer that are looked at."""
_LIKE = 0.5
"""Share of the variables of two formulas that they have in common when one may be meant for
the other."""


def find(attempt: Attempt) -> list[Finding]:
    """Contradict, or doubt, each key point whose formula the answer changes."""
    wanted = [(index, formulas(point)) for index, (_, point) in enumerate(attempt.points)]
    if not any(trees for _, trees in wanted):
        return []
    stated = _unaccounted(attempt)
    findings = (_of_point(index, trees, stated, attempt) for index, trees in wanted)
    return [finding for finding in findings if finding]


def _unaccounted(attempt: Attempt) -> list[Node]:
    """Formulas of the answer that neither the question nor any reference has."""
    known = [tree for text in (attempt.question, *attempt.references) for tree in formulas(text)]
    return [
        tree
        for tree in formulas(attempt.answer)[:_MOST]
        if not any(_is_same(other, tree) for other in known)
    ]


def _of_point(
    index: int, trees: Sequence[Node], stated: Sequence[Node], attempt: Attempt
) -> Finding | None:
    said = formulas(attempt.answer)[:_MOST]
    missing = [tree for tree in trees if not any(_is_same(tree, other) for other in said)]
    effects = [effect for tree in missing for other in stated if (effect := _effect(tree, other))]
    if not effects:
        return None
    return _finding(index, "contradict" if "contradict" in effects else "doubt", attempt.answer)


def _is_same(wanted: Node, stated: Node) -> bool:
    """Whether a formula is another, or one side of it where that compares two."""
    pairs = (
        (wanted, stated),
        *((wanted, side) for side in sides(stated)),
        *((side, stated) for side in sides(wanted)),
    )
    return any(compare_trees(one, other) == "same" for one, other in pairs)


def _effect(wanted: Node, stated: Node) -> Effect | None:
    ours, theirs = variables(wanted), variables(stated)
    if ours == theirs:
        return "contradict"
    return "doubt" if len(ours & theirs) >= _LIKE * len(ours | theirs) else None


def _finding(point: int, effect: Effect, answer: Text) -> Finding:
    return Finding(
        "formula",
        effect,
        "公式与要点中的不一致：符号、下标、系数或运算不同。",
        "The formula is not the key point's: a sign, an index, a factor or an operation differs.",
        point,
        (0, len(answer.raw)),
    )
