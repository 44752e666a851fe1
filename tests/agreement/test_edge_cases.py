"""What every statistic says where there is little or nothing to say: a true figure or a reason."""

from __future__ import annotations

from functools import partial

import pytest

from tutor import agreement
from tutor.agreement import Undefined

SCALE = ("incorrect", "partial", "correct")
KAPPA = partial(agreement.cohen_kappa, scale=SCALE, weights="quadratic")
MACRO = partial(agreement.macro_f1, labels=SCALE)
AT_HALF = partial(agreement.accuracy_at_coverage, coverage=0.5)
ALPHA = partial(agreement.krippendorff_alpha, scale=SCALE, level="ordinal")
AC = partial(agreement.gwet_ac, scale=SCALE)

NO_ROWS = Undefined("there are no rows")
CONSTANT = Undefined("a side has the same score throughout")
NO_PAIRS = Undefined("no unit has two ratings")
ONE_LABEL = Undefined("both raters give one and the same label throughout")
C, I = "correct", "incorrect"  # noqa: E741 - reads as the verdicts' initials

TABLE = [
    # One class on both sides: agreement is full, and beyond chance there is nothing to see.
    (agreement.accuracy, [C, C], [C, C], 1.0),
    (MACRO, [C, C], [C, C], 1.0),
    (agreement.weighted_f1, [C, C], [C, C], 1.0),
    (KAPPA, [C, C], [C, C], ONE_LABEL),
    # One class for people alone: the machine's strays are misses, kappa is what chance gives.
    (agreement.accuracy, [C, C], [C, I], 0.5),
    (MACRO, [C, C], [C, I], (2 / 3 + 0) / 2),
    (agreement.weighted_f1, [C, C], [C, I], 2 / 3),
    (KAPPA, [C, C], [C, I], 0.0),
    # Never the same: kappa is below 0, and not cut off there.
    (KAPPA, [C, I], [I, C], -1.0),
    # One row.
    (agreement.accuracy, [C], [I], 0.0),
    (KAPPA, [C], [I], 0.0),
    (agreement.pearson, [0.5], [0.5], Undefined("a correlation needs two rows")),
    (agreement.rmse, [0.5], [1.0], 0.5),
    (agreement.bias, [0.5], [1.0], 0.5),
    # Constants.
    (agreement.pearson, [0.5, 0.5], [0.0, 1.0], CONSTANT),
    (agreement.spearman, [0.0, 1.0], [0.5, 0.5], CONSTANT),
    (agreement.mean_absolute_error, [0.5, 0.5], [0.5, 0.5], 0.0),
    # Two different rows lie on a line.
    (agreement.pearson, [0.0, 1.0], [0.3, 0.4], 1.0),
    # One kind of rows; all scores tied.
    (agreement.auroc, [True, True], [0.1, 0.9], Undefined("every row is positive")),
    (agreement.auroc, [True, False], [0.5, 0.5], 0.5),
    # One confidence for all, half of it right.
    (agreement.brier_score, [True, False], [0.5, 0.5], 0.25),
    (agreement.expected_calibration_error, [True, False], [0.5, 0.5], 0.0),
    (agreement.maximum_calibration_error, [True, False], [0.5, 0.5], 0.0),
    (AT_HALF, [True, False], [0.5, 0.5], 0.5),
    (agreement.area_under_risk_coverage, [True, False], [0.5, 0.5], 0.5),
    # Nothing right, and certain of it.
    (agreement.area_under_risk_coverage, [False], [1.0], 1.0),
    (AT_HALF, [False], [1.0], 0.0),
]
OF_TWO_SIDES = (
    agreement.accuracy,
    agreement.weighted_f1,
    KAPPA,
    agreement.rmse,
    agreement.mean_absolute_error,
    agreement.bias,
    agreement.auroc,
    agreement.brier_score,
    agreement.log_loss,
    agreement.expected_calibration_error,
    agreement.maximum_calibration_error,
    agreement.area_under_risk_coverage,
    agreement.reliability_bins,
    agreement.risk_coverage,
    AT_HALF,
)


@pytest.mark.parametrize(("statistic", "human", "machine", "expected"), TABLE)
def test_little_to_say(statistic, human, machine, expected):
    found = statistic(human, machine)
    if isinstance(expected, Undefined):
        assert found == expected
    else:
        assert found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("statistic", OF_TWO_SIDES)
def test_nothing_to_say(statistic):
    assert statistic([], []) == NO_ROWS


@pytest.mark.parametrize("statistic", [*OF_TWO_SIDES, MACRO])
def test_sides_of_different_length_are_refused(statistic):
    with pytest.raises(ValueError, match=r"got \(2,\) and \(1,\)"):
        statistic([C, C], [C]) if statistic is KAPPA else statistic([1.0, 1.0], [1.0])


@pytest.mark.parametrize(
    ("units", "alpha", "ac"),
    [
        # One rater; two raters who never met on a unit; units that nobody rated.
        ([[C], [I]], NO_PAIRS, NO_PAIRS),
        ([[C, None], [None, I]], NO_PAIRS, NO_PAIRS),
        ([[None, None], []], NO_PAIRS, NO_PAIRS),
        # One label throughout.
        ([[C, C], [C, C]], Undefined("every rating is the same label"), 1.0),
        # One unit, two labels: alpha 1 - (2/1 pairs apart) / (2/1 by chance) = 0; for AC1
        # observed 0, chance (1/2 * 1/2 * 2) / 2 = 1/4: -1/4 / 3/4.
        ([[C, I]], 0.0, -1 / 3),
    ],
)
def test_little_to_say_of_many_raters(units, alpha, ac):
    for found, expected in ((ALPHA(units), alpha), (AC(units), ac)):
        if isinstance(expected, Undefined):
            assert found == expected
        else:
            assert found == pytest.approx(expected, abs=1e-12)
