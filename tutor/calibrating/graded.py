"""What a calibration makes of answers: the columns that agreement is measured on."""

from __future__ import annotations

from math import log, nan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tutor.calibrating.answers import VERDICTS, Answers, Floats, Rows, logits_of
from tutor.grading.calibration import Calibration, chances_of
from tutor.grading.decision import settle, weigh
from tutor.grading.strictness import Policy, Strictness

LEAST_CHANCE = 1e-3
"""Chance that is given to what came true at least: one surprise must not outweigh a set."""


class Graded(NamedTuple):
    """Columns of shape (n,): rank of the verdict, confidence, whether it is sure, log loss.

    The loss is that of the chances of the three verdicts, NaN where a guard decides: it states
    no chances.
    """

    verdict: Rows
    confidence: Floats
    sure: NDArray[np.bool_]
    loss: Floats


def grade(answers: Answers, rows: Rows, calibration: Calibration, policy: Policy) -> Graded:
    """The given rows as a grader with this calibration grades them."""
    strictness = calibration.learn((), policy)
    logits = logits_of(answers.signals[rows], calibration).tolist()
    decisions = []
    for row, (partial, correct) in zip(rows.tolist(), logits, strict=True):
        evidence = answers.evidence[row]
        settled = settle(evidence, calibration)
        decisions.append(settled or weigh(evidence, (partial, correct), calibration, strictness))
    return Graded(
        verdict=np.array([VERDICTS.index(one.verdict) for one in decisions], dtype=np.intp),
        confidence=np.array([one.confidence for one in decisions], dtype=np.float64),
        sure=np.array([not one.unsure for one in decisions], dtype=np.bool_),
        loss=np.array(
            [
                _loss((partial, correct), strictness, human) if is_open else nan
                for (partial, correct), human, is_open in zip(
                    logits, answers.human[rows].tolist(), answers.open[rows].tolist(), strict=True
                )
            ],
            dtype=np.float64,
        ),
    )


def _loss(logits: tuple[float, float], strictness: Strictness, human: int) -> float:
    return -log(max(chances_of(logits, strictness.believed)[human], LEAST_CHANCE))
