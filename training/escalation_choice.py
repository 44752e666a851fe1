"""Choosing from which confidence a local grade stands without a judge.

Three rules, each walking down a grid of confidences from the top, as in fixed-sequence testing,
and stopping at the first at which too few people agree with what would stand:

    each            every verdict of every kind of item for itself: the mean over the sets
    each, bounded   the same, and the lower bound of Clopper and Pearson (1934) for it
    all together    one confidence for all, and what guards settled counted in

(Jung, Brahman and Choi 2025, "Trust or Escalate", chooses one confidence with such a bound.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta

from evals.metrics import Rows
from training.fit import Floats
from training.standing import CELLS, Cell, Flags, Stated, StatedSet, Thresholds
from tutor.grading.item import ItemKind

Rule: TypeAlias = Literal["each", "each, bounded", "all together"]
RULES: tuple[Rule, ...] = ("each", "each, bounded", "all together")
GRID = np.round(np.arange(0.98, 0.49, -0.02), 2)
"""Confidences that are tried, the surest first."""
LEAST_ANSWERS = 10
"""Answers of a set that must stand for the set to have a say."""
LEAST_SETS: Mapping[ItemKind, int] = {"free": 3, "cloze": 2}
"""Sets that must have a say; of fills there is one, in two halves."""
ONE_HALF_LESS: Mapping[ItemKind, int] = {**LEAST_SETS, "cloze": 1}
"""The same where one half of the fills is measured, and the other alone can choose."""
DOUBT = 0.05
"""How often the bound may be above the true rate."""


class Part(NamedTuple):
    """Grades of one set that would stand, down to some confidence. Arrays have shape (n,)."""

    family: str
    rows: Rows
    questions: NDArray[np.str_]
    confidence: Floats
    right: Flags

    def down_to(self, least: float) -> Part:
        """Those of at least this confidence."""
        kept = self.confidence >= least
        return Part(
            self.family,
            self.rows[kept],
            self.questions[kept],
            self.confidence[kept],
            self.right[kept],
        )


Estimate: TypeAlias = Callable[[Sequence[Part]], float]


def choose(
    sets: Sequence[StatedSet],
    agreement: float,
    rule: Rule,
    least_sets: Mapping[ItemKind, int] = LEAST_SETS,
) -> Thresholds:
    """The least confidence by cell at which people agree this often with what stands, both on a
    new deck and after verdicts; a cell where no confidence is enough is left out."""
    if rule == "all together":
        everything = [_parts(sets, state, None) for state in _STATES]
        least = lowest(everything, agreement, mean_rate, least_sets["free"])
        return {} if least is None else dict.fromkeys(CELLS, least)
    estimate = lower_bound if rule == "each, bounded" else mean_rate
    found = {}
    for cell in CELLS:
        states = [_parts(sets, state, cell) for state in _STATES]
        found[cell] = lowest(states, agreement, estimate, least_sets[cell.kind])
    return {cell: least for cell, least in found.items() if least is not None}


def lowest(
    states: Sequence[Sequence[Part]], agreement: float, estimate: Estimate, sets: int
) -> float | None:
    """The lowest confidence of the grid down to which the estimate is enough in every state in
    which so many sets have a say; None where it never is."""
    reached = None
    for least in GRID.tolist():
        rates = [
            estimate(telling) for parts in states if len(telling := _telling(parts, least)) >= sets
        ]
        if rates and min(rates) < agreement:
            break
        reached = least if rates else reached
    return reached


def has_a_say(rows: Rows) -> bool:
    """Whether so many answers of a set stand, at these places in it, that a rate is telling."""
    return len(np.unique(rows)) >= LEAST_ANSWERS


def mean_rate(parts: Sequence[Part]) -> float:
    """Share of right grades, as a mean over the families of sets."""
    return float(np.sum(np.concatenate([p.right for p in parts]) * _weights(parts)))


def lower_bound(parts: Sequence[Part]) -> float:
    """Below which the mean rate lies in one case of twenty, by Clopper and Pearson.

    The number of answers is that of independent ones with the same variance, which is taken
    over questions: answers to one question are right and wrong together.
    """
    rate, weights = mean_rate(parts), _weights(parts)
    right = np.concatenate([part.right for part in parts])
    if not right.any():
        return 0.0
    _, place = np.unique(np.concatenate([part.questions for part in parts]), return_inverse=True)
    off = np.bincount(place, weights * (right - rate))
    variance, spread = float(np.sum(off**2)), rate * (1 - rate)
    independent = 1 / float(np.sum(np.bincount(place, weights) ** 2))
    size = independent if right.all() else len(right) / max(1.0, len(right) * variance / spread)
    hits = min(rate, 1.0) * size
    return float(beta.ppf(DOUBT, hits, size - hits + 1))


_STATES: tuple[Callable[[StatedSet], Stated], ...] = (
    lambda one: one.alone,
    lambda one: one.learned,
)


def _parts(
    sets: Sequence[StatedSet], state: Callable[[StatedSet], Stated], cell: Cell | None
) -> list[Part]:
    """The sure grades of a cell by set; without a cell all of them, the settled ones as surest."""
    found = []
    for one in sets:
        stated = state(one)
        rows = stated.sure if cell is None else stated.cell(cell)
        confidence = np.where(stated.settled, 1.0, stated.confidence)
        found.append(
            Part(
                one.family,
                stated.rows[rows],
                stated.questions[rows],
                confidence[rows],
                stated.right[rows],
            )
        )
    return found


def _telling(parts: Sequence[Part], least: float) -> list[Part]:
    """What would stand of the sets that have a say."""
    found = [part.down_to(least) for part in parts]
    return [part for part in found if has_a_say(part.rows)]


def _weights(parts: Sequence[Part]) -> Floats:
    """Weight of every answer: families count alike, in them sets, in them answers; sums to 1."""
    sets: dict[str, int] = defaultdict(int)
    for part in parts:
        sets[part.family] += 1
    return np.concatenate(
        [np.full(len(p.right), 1 / (len(sets) * sets[p.family] * len(p.right))) for p in parts]
    )
