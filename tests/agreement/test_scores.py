from __future__ import annotations

import pytest

from tutor.agreement import (
    Undefined,
    auroc,
    bias,
    constant_rmse,
    mean_absolute_error,
    pearson,
    rmse,
    spearman,
)


def test_pearson_worked_by_hand():
    # Deviations -1, 0, 1 and -1, 1, 0: product sum 1, squares 2 and 2, r = 1/2.
    assert pearson([1, 2, 3], [1, 3, 2]) == pytest.approx(0.5)


def test_pearson_sees_no_shift_but_errors_do():
    human, machine = [0.2, 0.4, 0.9], [0.1, 0.3, 0.8]
    assert pearson(human, machine) == pytest.approx(1.0)
    assert rmse(human, machine) == pytest.approx(0.1)
    assert mean_absolute_error(human, machine) == pytest.approx(0.1)


def test_errors_worked_by_hand():
    # Distances 1 and 3: mean 2; squares 1 and 9: root of 5.
    assert mean_absolute_error([0, 0], [1, -3]) == 2.0
    assert rmse([0, 0], [1, -3]) == pytest.approx(5**0.5)


def test_bias_is_above_zero_for_the_milder_machine():
    # +.5, -.25, 0: mean 1/12.
    assert bias([0.0, 0.5, 1.0], [0.5, 0.25, 1.0]) == pytest.approx(1 / 12)
    assert bias([1.0], [0.0]) == -1.0


def test_the_constant_earns_the_spread_of_the_human_scores():
    human = [0.0, 0.0, 0.5, 1.0]
    # Mean 3/8; squares 9/64 twice, 1/64, 25/64: 44/64 over 4.
    assert constant_rmse(human) == pytest.approx((11 / 64) ** 0.5)
    assert constant_rmse(human) == pytest.approx(rmse(human, [3 / 8] * 4))


def test_spearman_sees_order_only():
    assert spearman([1, 2, 3], [1, 10, 1000]) == pytest.approx(1.0)
    assert spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1.0)


def test_auroc_counts_a_tie_as_half():
    # Positives .8 and .5, negatives .5 and .2: pairs won 1 + 1 + 0.5 + 1 = 3.5 of 4.
    assert auroc([True, True, False, False], [0.8, 0.5, 0.5, 0.2]) == 0.875


@pytest.mark.parametrize("statistic", [pearson, spearman])
@pytest.mark.parametrize("other", [[0.1, 0.2, 0.3], [0.1, 0.1, 0.1]])
def test_a_correlation_with_a_constant_is_undefined(statistic, other):
    # 0.1 three times does not have the mean 0.1 in floating point.
    assert statistic([0.1, 0.1, 0.1], other) == Undefined("a side has the same score throughout")


@pytest.mark.parametrize("statistic", [pearson, spearman, mean_absolute_error, rmse, bias])
def test_no_rows_are_undefined(statistic):
    assert isinstance(statistic([], []), Undefined)


def test_no_scores_have_no_constant():
    assert constant_rmse([]) == Undefined("there are no rows")


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        ([], "there are no rows"),
        ([True, True], "every row is positive"),
        ([False], "every row is negative"),
    ],
)
def test_auroc_of_one_kind_is_undefined(labels, reason):
    scores = [0.5] * len(labels)
    assert auroc(labels, scores) == Undefined(reason)


def test_not_a_number_is_refused():
    with pytest.raises(ValueError, match="machine must be finite"):
        pearson([0.1, 0.2], [float("nan"), 0.2])
