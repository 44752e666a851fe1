from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.agreement import (
    Undefined,
    accuracy_at_coverage,
    area_under_risk_coverage,
    risk_coverage,
)

ROWS = st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=1, max_size=40)


def test_the_surest_rows_are_kept():
    right, confidence = [False, True, True, False], [0.5, 0.9, 0.8, 0.6]
    assert accuracy_at_coverage(right, confidence, 0.5) == 1.0
    assert accuracy_at_coverage(right, confidence, 0.75) == pytest.approx(2 / 3)
    assert accuracy_at_coverage(right, confidence, 1.0) == 0.5


def test_coverage_rounds_up_to_a_whole_row_without_floating_point_slips():
    right = [True] * 7 + [False] * 3
    confidence = np.linspace(1.0, 0.1, 10)
    assert accuracy_at_coverage(right, confidence, 0.7) == pytest.approx(1.0)
    assert accuracy_at_coverage(right, confidence, 0.71) == pytest.approx(7 / 8)
    assert accuracy_at_coverage(right, confidence, 0.001) == pytest.approx(1.0)


@pytest.mark.parametrize("coverage", [0.0, 1.1])
def test_an_impossible_coverage_is_refused(coverage):
    with pytest.raises(ValueError, match="coverage must lie in"):
        accuracy_at_coverage([True], [0.5], coverage)


def test_a_tie_counts_with_its_mean_over_all_orders():
    # The surest row is right; then a tie of one right and two wrong, of which one is kept.
    right, confidence = [True, True, False, False], [0.9, 0.5, 0.5, 0.5]
    first_of_tie = [order[0] for order in permutations([1, 0, 0])]
    expected = (1 + sum(first_of_tie) / len(first_of_tie)) / 2
    assert accuracy_at_coverage(right, confidence, 0.5) == pytest.approx(expected)


def test_risk_coverage_curve():
    curve = risk_coverage([True, False, True, True], [0.9, 0.8, 0.7, 0.6])
    assert curve.coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert curve.risk == pytest.approx([0.0, 1 / 2, 1 / 3, 1 / 4])
    # (0 + 1/2 + 1/3 + 1/4) / 4 = 13/48.
    assert curve.area == pytest.approx(13 / 48)


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_shuffling_rows_changes_no_curve(rows, random):
    def risk(order):
        hits, ticks = zip(*order, strict=True)
        return risk_coverage(hits, ticks).risk

    shuffled = list(rows)
    random.shuffle(shuffled)
    assert risk(shuffled) == pytest.approx(risk(rows), abs=1e-9)


def test_the_area_is_small_where_errors_come_last():
    confidence = [0.9, 0.8, 0.7, 0.6]
    # Errors last: risks 0, 0, 0, 1/4; errors first: 1, 1/2, 1/3, 1/4, sum 25/12.
    assert area_under_risk_coverage([True, True, True, False], confidence) == pytest.approx(1 / 16)
    assert area_under_risk_coverage([False, True, True, True], confidence) == pytest.approx(25 / 48)
    # A confidence that says nothing: the share wrong at every coverage.
    assert area_under_risk_coverage([False, True, True, True], [0.5] * 4) == pytest.approx(1 / 4)


@pytest.mark.parametrize("statistic", [risk_coverage, area_under_risk_coverage])
def test_no_rows_are_undefined(statistic):
    assert statistic([], []) == Undefined("there are no rows")
    assert accuracy_at_coverage([], [], 0.5) == Undefined("there are no rows")
