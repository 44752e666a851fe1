"""A formula of the reference is stated with another sign, index, number or operand.

Formulas are compared by their values, so that `a_n + a_1` is `a_1 + a_n`. One with the same
variables and another value is proved wrong; one with other variables may only be called by
other letters, which a person has to see.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Effect, Finding
from tutor.grading.reading.formula import compare_trees
from tutor.grading.reading.formula_parts import formulas, variables
from tutor.grading.reading.formula_tree import Node, names
from tutor.grading.reading.text import Text

_EXAMPLES = re.compile(r"例|举出|列举|任意|(?<![a-z])(?:examples?|list|suppose|any \w+)(?![a-z])")
_MOST = 3
"""Formulas of a key point, and of an answer beyond those of the reference, up to which none is
a step of a calculation."""
_KNOWN = 24
_SHORT = 40
"""Characters of a key point up to which it is its formula: in a longer one, another formula of
a single variable may be a step on the way."""
_TIMES, _ROOM = 3, 40
"""An answer of more than so many times the reference's characters, and some more, derives."""
_MAYBE, _SURELY = 0.6, 0.74
"""Least F1 of the names and numbers of two formulas when one is perhaps, or surely, meant for
the other."""


def find(attempt: Attempt) -> list[Finding]:
    """Contradict, or doubt, each key point whose formula the answer changes."""
    if _is_calculation(attempt):
        return []
    wanted = [(index, formulas(point)) for index, (_, point) in enumerate(attempt.points)]
    wanted = [(index, trees) for index, trees in wanted if 0 < len(trees) <= _MOST]
    said = formulas(attempt.answer) if wanted else ()
    if not said or len(said) > _MOST + sum(len(trees) for _, trees in wanted):
        return []
    stated = _unaccounted(said, attempt)
    findings = (_of_point(index, trees, said, stated, attempt) for index, trees in wanted)
    return [finding for finding in findings if finding]


def _is_calculation(attempt: Attempt) -> bool:
    """Whether formulas may differ for other reasons: examples, derivations, a given to go by."""
    longest = max(len(reference.raw) for reference in attempt.references)
    if (
        _EXAMPLES.search(attempt.question.normal)
        or len(attempt.answer.raw) > _TIMES * longest + _ROOM
    ):
        return True
    given = formulas(attempt.question)
    return any(
        _is_same(one, tree)
        for one in given
        for _, text in attempt.points
        for tree in formulas(text)
    )


def _unaccounted(said: Sequence[Node], attempt: Attempt) -> list[Node]:
    """Formulas of the answer that neither the question nor any reference has."""
    known = [tree for text in (attempt.question, *attempt.references) for tree in formulas(text)]
    return [tree for tree in said if not any(_is_same(other, tree) for other in known[:_KNOWN])]


def _of_point(
    index: int,
    trees: Sequence[Node],
    said: Sequence[Node],
    stated: Sequence[Node],
    attempt: Attempt,
) -> Finding | None:
    point, answer = attempt.points[index][1], attempt.answer
    missing = [tree for tree in trees if not any(_is_same(tree, other) for other in said)]
    effects = [effect for tree in missing for other in stated if (effect := _effect(tree, other))]
    if not effects:
        return None
    sure = "contradict" in effects and (len(point.raw) <= _SHORT or _has_two_variables(trees))
    return _finding(index, "contradict" if sure else "doubt", answer)


def _has_two_variables(trees: Sequence[Node]) -> bool:
    return any(len(variables(tree)) > 1 for tree in trees)


def _is_same(wanted: Node, stated: Node) -> bool:
    return compare_trees(wanted, stated) == "same"


def _effect(wanted: Node, stated: Node) -> Effect | None:
    ours, theirs = Counter(names(wanted)), Counter(names(stated))
    likeness = 2 * (ours & theirs).total() / (ours.total() + theirs.total())
    if likeness >= _SURELY and variables(wanted) == variables(stated):
        return "contradict"
    return "doubt" if likeness >= _MAYBE else None


def _finding(point: int, effect: Effect, answer: Text) -> Finding:
    return Finding(
        "formula",
        effect,
        "公式与要点中的不一致：符号、下标、系数或运算不同。",
        "The formula is not the key point's: a sign, an index, a factor or an operation differs.",
        point,
        (0, len(answer.raw)),
    )
