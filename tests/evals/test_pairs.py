from __future__ import annotations

import random

import numpy as np

from evals.metrics import Resampling, measure
from evals.pairs import pairs_of

C, P, I = "correct", "partial", "incorrect"  # noqa: E741 - reads as the verdicts' initials


def test_the_order_of_the_rows_changes_no_interval(make_outcomes):
    chance = random.Random(3)
    rows = [
        (
            f"q{n % 15}",
            chance.choice([C, P, I]),
            chance.choice([C, P, I]),
            {"confidence": n % 7 / 7},
        )
        for n in range(60)
    ]
    resampling = Resampling(resamples=50)
    before = measure(pairs_of(make_outcomes(rows)), resampling)
    after = measure(pairs_of(make_outcomes(chance.sample(rows, len(rows)))), resampling)
    for name, one in before.items():
        assert np.allclose(
            [one.value, one.low, one.high],
            [after[name].value, after[name].low, after[name].high],
            atol=1e-12,
        ), name


def test_rows_of_one_question_share_a_number(make_outcomes):
    pairs = pairs_of(
        make_outcomes([("what is z?", C, C), ("what is a?", C, I), ("what is z?", P, C)])
    )
    assert pairs.questions.tolist() == ["1", "0", "1"]
    assert pairs.right.tolist() == [True, False, False]
