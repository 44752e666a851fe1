"""Statistics of agreement and calibration: how far graders and people agree, and how surely.

Pure functions on numpy arrays. A statistic that the data cannot give (one class, no rows,
constant ratings) is an `Undefined` with its reason, never 0 and never NaN.

    labels       accuracy, confusion table, F1, Cohen's kappa
    reliability  Krippendorff's alpha, Gwet's AC1 and AC2, any number of raters with gaps
    scores       Pearson, Spearman, errors, bias, area under the ROC curve
    confidence   Brier score, log loss, calibration errors and the bins behind them
    coverage     risk and accuracy where only the surest rows are kept
    resampling   bootstrap intervals that resample whole questions, paired differences
    resampled    the same statistics of many resamples at once, for those intervals
"""

from __future__ import annotations

from tutor.agreement.confidence import (
    ReliabilityBin,
    brier_score,
    expected_calibration_error,
    log_loss,
    maximum_calibration_error,
    reliability_bins,
)
from tutor.agreement.coverage import (
    RiskCoverage,
    accuracy_at_coverage,
    area_under_risk_coverage,
    risk_coverage,
)
from tutor.agreement.labels import (
    accuracy,
    cohen_kappa,
    confusion,
    macro_f1,
    weighted_f1,
)
from tutor.agreement.measure import Measure, Resampled, Undefined
from tutor.agreement.reliability import gwet_ac, krippendorff_alpha
from tutor.agreement.resampling import (
    Interval,
    bootstrap_together,
    cluster_bootstrap,
    difference,
)
from tutor.agreement.scores import (
    auroc,
    bias,
    constant_rmse,
    mean_absolute_error,
    pearson,
    rmse,
    spearman,
)

__all__ = [
    "Interval",
    "Measure",
    "ReliabilityBin",
    "Resampled",
    "RiskCoverage",
    "Undefined",
    "accuracy",
    "accuracy_at_coverage",
    "area_under_risk_coverage",
    "auroc",
    "bias",
    "bootstrap_together",
    "brier_score",
    "cluster_bootstrap",
    "cohen_kappa",
    "confusion",
    "constant_rmse",
    "difference",
    "expected_calibration_error",
    "gwet_ac",
    "krippendorff_alpha",
    "log_loss",
    "macro_f1",
    "maximum_calibration_error",
    "mean_absolute_error",
    "pearson",
    "reliability_bins",
    "risk_coverage",
    "rmse",
    "spearman",
    "weighted_f1",
]
