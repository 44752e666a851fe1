from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.agreement import (
    Undefined,
    accuracy_at_coverage,
    brier_score,
    expected_calibration_error,
    risk_coverage,
)

ROWS = st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=1, max_size=40)


def test_brier_worked_by_hand():
    # (0.2^2 + 0.6^2) / 2 = 0.2.
    assert brier_score([True, False], [0.8, 0.6]) == pytest.approx(0.2)


def test_calibration_error_worked_by_hand():
    # Two bins. Lower: 0.2 wrong, 0.4 right: |0.6 - 1| = 0.4. Upper: 0.5 and 1.0 right:
    # |1.5 - 2| = 0.5. Sum 0.9 over 4 rows.
    right, confidence = [False, True, True, True], [0.2, 0.4, 0.5, 1.0]
    assert expected_calibration_error(right, confidence, bins=2) == pytest.approx(0.225)


def test_errors_within_a_bin_cancel_and_a_finer_cut_shows_them():
    right, confidence = [True, False], [0.65, 0.85]
    # Together |1.5 - 1| / 2 = 0.25; apart (0.35 + 0.85) / 2 = 0.6.
    assert expected_calibration_error(right, confidence, bins=1) == pytest.approx(0.25)
    assert expected_calibration_error(right, confidence, bins=10) == pytest.approx(0.6)


def test_a_perfect_and_a_boastful_grader():
    assert expected_calibration_error([True, True], [1.0, 1.0]) == 0.0
    assert expected_calibration_error([False, False], [1.0, 1.0]) == 1.0


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


@pytest.mark.parametrize("statistic", [brier_score, expected_calibration_error, risk_coverage])
def test_no_rows_are_undefined(statistic):
    assert statistic([], []) == Undefined("there are no rows")


@pytest.mark.parametrize("statistic", [brier_score, expected_calibration_error])
def test_a_confidence_that_is_no_probability_is_refused(statistic):
    with pytest.raises(ValueError, match=r"confidence must lie in \[0, 1\]"):
        statistic([True], [1.5])


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_brier_and_the_bins_agree_with_scikit_learn(rows):
    metrics = pytest.importorskip("sklearn.metrics")
    calibration = pytest.importorskip("sklearn.calibration")
    right = np.array([hit for hit, _ in rows])
    confidence = np.array([tick / 20 for _, tick in rows])
    brier = metrics.brier_score_loss(right, confidence, pos_label=True)
    assert brier_score(right, confidence) == pytest.approx(brier, abs=1e-9)
    share, stated = calibration.calibration_curve(right, confidence, n_bins=7)
    edges = np.linspace(0.0, 1.0, 8)
    count = np.histogram(confidence, edges)[0]
    # scikit-learn closes bins on the right: the same bins as ours unless a row is on an edge.
    if not np.isin(confidence[confidence > 0], edges[1:-1]).any():
        weighed = float((np.abs(share - stated) * count[count > 0]).sum() / len(rows))
        ours = expected_calibration_error(right, confidence, bins=7)
        assert ours == pytest.approx(weighed, abs=1e-9)


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_shuffling_rows_changes_no_curve(rows, random):
    def risk(order):
        hits, ticks = zip(*order, strict=True)
        return risk_coverage(hits, ticks).risk

    shuffled = list(rows)
    random.shuffle(shuffled)
    assert risk(shuffled) == pytest.approx(risk(rows), abs=1e-9)
