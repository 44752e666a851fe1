"""Statistics of agreement and calibration: how far graders and people agree, and how surely.

Pure functions on numpy arrays. A statistic that the data cannot give (one class, no rows,
constant ratings) is an `Undefined` with its reason, never 0 and never NaN.

    labels       accuracy, confusion table, F1, Cohen's kappa, Krippendorff's alpha
    scores       Pearson, Spearman, MAE, RMSE, area under the ROC curve
    confidence   Brier score, expected calibration error, risk and accuracy at a coverage
    resampling   bootstrap intervals that resample whole questions, paired differences
"""

from __future__ import annotations

from tutor.agreement.confidence import (
    RiskCoverage,
    accuracy_at_coverage,
    brier_score,
    expected_calibration_error,
    risk_coverage,
)
from tutor.agreement.labels import (
    accuracy,
    cohen_kappa,
    confusion,
    krippendorff_alpha,
    macro_f1,
)
from tutor.agreement.measure import Measure, Undefined
from tutor.agreement.resampling import (
    Interval,
    cluster_bootstrap,
    difference,
    paired_bootstrap,
)
from tutor.agreement.scores import auroc, mean_absolute_error, pearson, rmse, spearman

__all__ = [
    "Interval",
    "Measure",
    "RiskCoverage",
    "Undefined",
    "accuracy",
    "accuracy_at_coverage",
    "auroc",
    "brier_score",
    "cluster_bootstrap",
    "cohen_kappa",
    "confusion",
    "difference",
    "expected_calibration_error",
    "krippendorff_alpha",
    "macro_f1",
    "mean_absolute_error",
    "paired_bootstrap",
    "pearson",
    "risk_coverage",
    "rmse",
    "spearman",
]
