"""Rulings drawn from a labelled set as people would give them on a deck."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evals.metrics import Rows

DRAWS = 20
COUNTS = (0, 5, 10, 20, 50)
"""Numbers of verdicts that a deck's strictness is learned from."""


class Draw(NamedTuple):
    """Rows to rule on, in order of chance, and rows of other questions to be measured on."""

    ruled: Rows
    measured: Rows


def draws(questions: NDArray[np.str_], count: int = DRAWS) -> Iterator[Draw]:
    """Splits of the questions in two halves; the same ones for every grader."""
    names = np.unique(questions)
    for seed in range(count):
        chance = np.random.default_rng(seed)
        half = chance.permutation(names)[: max(1, len(names) // 2)]
        known = np.isin(questions, half)
        ruled = chance.permutation(np.flatnonzero(known))
        yield Draw(ruled, np.flatnonzero(~known))
