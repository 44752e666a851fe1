from __future__ import annotations

import pytest

from evals.cases import Cuts, read_cases
from evals.metrics import Resampling
from evals.raters import rater_agreement
from tutor.errors import InvalidInputError

FEW = Resampling(resamples=20)


def agreement(write_cases, *ratings):
    rows = [(f"q{n}", "x", {"ratings": row}) for n, row in enumerate(ratings)]
    return rater_agreement(read_cases(write_cases(rows), Cuts()), FEW)


def test_agreement_worked_by_hand(write_cases):
    found = agreement(
        write_cases,
        {"a": "correct", "b": "correct"},
        {"a": "correct", "b": "partial"},
        {"a": "incorrect", "b": "incorrect"},
        {"a": "incorrect", "b": "incorrect"},
    )
    (pair,) = found.pairs
    assert (pair.first, pair.second, pair.cases) == ("a", "b", 4)
    assert pair.same.value == found.unanimous == 0.75
    # By chance: incorrect 2/4 * 2/4, correct 2/4 * 1/4 = .375; (.75 - .375) / .625 = .6.
    assert pair.kappa.value == pytest.approx(0.6)
    # Disagreement 1; by chance (2*1*1 + 2*1*4 + 2*2*4 + 2*1*1) / 4 = 7: 1 - 1/7.
    assert pair.quadratic_kappa.value == pytest.approx(1 - 1 / 7)
    # Ratings: 4 incorrect, 1 partial, 3 correct; midranks 2, 4.5, 6.5; squared distances
    # 6.25, 20.25, 4. Observed 2 * 4 / 8; expected 2 * (4*6.25 + 12*20.25 + 3*4) / (8 * 7) = 10.
    assert found.alpha.value == pytest.approx(1 - 1 / 10)
    # Observed 3/4; shares 4/8, 1/8, 3/8: chance (1/4 + 7/64 + 15/64) / 2 = 19/64.
    assert found.ac1.value == pytest.approx((3 / 4 - 19 / 64) / (45 / 64))
    assert pair.ac1 == found.ac1
    # Two raters stand beside each other: b gave 0.5 once where a gave 1.
    a, b = found.standings
    assert (a.rater, a.cases, a.same.value) == ("a", 4, 0.75)
    assert (a.bias.value, b.bias.value) == (0.125, -0.125)
    assert a.quadratic_kappa.value == pytest.approx(pair.quadratic_kappa.value)


def test_raters_with_gaps_are_compared_where_both_rated(write_cases):
    found = agreement(
        write_cases,
        {"a": "correct", "b": "correct"},
        {"b": "incorrect", "c": "partial"},
        {"c": "correct"},
    )
    assert (found.cases, found.questions) == (2, 2)
    assert found.raters == ("a", "b", "c")
    assert [(pair.first, pair.second, pair.cases) for pair in found.pairs] == [
        ("a", "b", 1),
        ("b", "c", 1),
    ]


def test_a_file_without_second_ratings_is_refused(write_cases):
    with pytest.raises(InvalidInputError, match="no case has two ratings"):
        agreement(write_cases, {"a": "correct"})
