from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.agreement import (
    ReliabilityBin,
    Undefined,
    brier_score,
    expected_calibration_error,
    log_loss,
    maximum_calibration_error,
    reliability_bins,
)

ROWS = st.lists(st.tuples(st.booleans(), st.integers(0, 20)), min_size=1, max_size=40)
OF_CHANCES = (brier_score, log_loss, expected_calibration_error, maximum_calibration_error)


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


def test_log_loss_worked_by_hand():
    # -ln .8 and -ln (1 - .6), halved.
    expected = -(math.log(0.8) + math.log(0.4)) / 2
    assert log_loss([True, False], [0.8, 0.6]) == pytest.approx(expected)
    assert log_loss([True, False], [0.5, 0.5]) == pytest.approx(math.log(2))


def test_a_certainty_that_fails_costs_much_but_not_everything():
    assert log_loss([True, False], [1.0, 0.0]) == 0.0
    # The chance of what came true is clipped at 2 ** -52: 52 ln 2 = 36.04.
    assert log_loss([False, True], [1.0, 0.0]) == pytest.approx(52 * math.log(2))


def test_the_largest_calibration_error_is_that_of_the_worst_bin():
    # Two bins. Lower: mean .3 stated, 1/2 right, .2 off. Upper: .75 stated, all right, .25 off.
    right, confidence = [False, True, True, True], [0.2, 0.4, 0.5, 1.0]
    assert maximum_calibration_error(right, confidence, bins=2) == pytest.approx(0.25)


def test_bins_of_equal_width():
    right, confidence = [False, True, True, True], [0.2, 0.4, 0.5, 1.0]
    # Five bins: nobody is in [0, .2) and [.6, .8).
    found = reliability_bins(right, confidence, bins=5)
    assert [(one.low, one.high, one.count) for one in found] == [
        (0.2, 0.4, 1),
        (0.4, 0.6, 2),
        (0.8, 1.0, 1),
    ]
    assert found[1] == ReliabilityBin(0.4, 0.6, 2, pytest.approx(0.45), 1.0)


def test_bins_of_equal_mass():
    right, confidence = [True, False, True, True], [0.9, 0.1, 0.85, 0.95]
    low, high = reliability_bins(right, confidence, bins=2, by="mass")
    assert low == ReliabilityBin(0.1, 0.85, 2, pytest.approx(0.475), 0.5)
    assert high == ReliabilityBin(0.9, 0.95, 2, pytest.approx(0.925), 1.0)
    # |.475 - .5| and |.925 - 1|, two rows each.
    error = expected_calibration_error(right, confidence, bins=2, by="mass")
    assert error == pytest.approx((0.025 + 0.075) / 2)


def test_equal_confidences_share_a_bin_whatever_their_order():
    (only,) = reliability_bins([True, False, True], [0.5] * 3, bins=3, by="mass")
    assert only == ReliabilityBin(0.5, 0.5, 3, 0.5, pytest.approx(2 / 3))


@pytest.mark.parametrize("by", ["width", "mass"])
@given(ROWS)
@settings(max_examples=40, deadline=None)
def test_the_bins_hold_every_row_and_carry_both_errors(by, rows):
    right, ticks = zip(*rows, strict=True)
    confidence = [tick / 20 for tick in ticks]
    found = reliability_bins(right, confidence, bins=4, by=by)
    gaps = [abs(one.stated - one.right) for one in found]
    assert sum(one.count for one in found) == len(rows)
    assert all(one.low - 1e-9 <= one.stated <= one.high + 1e-9 for one in found)
    weighed = sum(one.count * gap for one, gap in zip(found, gaps, strict=True)) / len(rows)
    error = expected_calibration_error(right, confidence, bins=4, by=by)
    assert error == pytest.approx(weighed, abs=1e-9)
    largest = maximum_calibration_error(right, confidence, bins=4, by=by)
    assert largest == pytest.approx(max(gaps), abs=1e-9)


@pytest.mark.parametrize(
    "statistic", [expected_calibration_error, maximum_calibration_error, reliability_bins]
)
def test_no_bins_are_refused(statistic):
    with pytest.raises(ValueError, match="bins must be 1 or more, got 0"):
        statistic([True], [0.5], bins=0)


@pytest.mark.parametrize("statistic", [*OF_CHANCES, reliability_bins])
def test_no_rows_are_undefined(statistic):
    assert statistic([], []) == Undefined("there are no rows")


@pytest.mark.parametrize("statistic", [*OF_CHANCES, reliability_bins])
def test_a_confidence_that_is_no_probability_is_refused(statistic):
    with pytest.raises(ValueError, match=r"confidence must lie in \[0, 1\]"):
        statistic([True], [1.5])
