"""The law of the second form: a count of how often a row was drawn is that many rows."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from tutor import agreement
from tutor.agreement import Undefined
from tutor.agreement.resampled import confidence, coverage, labels, reliability, scores

SCALE = range(4)
LABELS = "human machine"
SCORES = "human_score machine_score"
STATED = "right confidence"

# Statistic, the same of many resamples, and the columns that both take.
FORMS = {
    "accuracy": (agreement.accuracy, labels.accuracy, LABELS),
    "macro_f1": (
        partial(agreement.macro_f1, labels=SCALE[:3]),
        partial(labels.macro_f1, labels=SCALE[:3]),
        LABELS,
    ),
    "weighted_f1": (agreement.weighted_f1, labels.weighted_f1, LABELS),
    "pearson": (agreement.pearson, scores.pearson, SCORES),
    "spearman": (agreement.spearman, scores.spearman, SCORES),
    "rmse": (agreement.rmse, scores.rmse, SCORES),
    "mean_absolute_error": (agreement.mean_absolute_error, scores.mean_absolute_error, SCORES),
    "bias": (agreement.bias, scores.bias, SCORES),
    "constant_rmse": (agreement.constant_rmse, scores.constant_rmse, "human_score"),
    "auroc": (agreement.auroc, scores.auroc, "right machine_score"),
    "brier_score": (agreement.brier_score, confidence.brier_score, STATED),
    "log_loss": (agreement.log_loss, confidence.log_loss, STATED),
    "area": (agreement.area_under_risk_coverage, coverage.area_under_risk_coverage, STATED),
    **{
        f"kappa, {weights}": (
            partial(agreement.cohen_kappa, scale=SCALE, weights=weights),
            partial(labels.cohen_kappa, scale=SCALE, weights=weights),
            LABELS,
        )
        for weights in ("none", "linear", "quadratic")
    },
    **{
        f"alpha, {level}": (
            partial(agreement.krippendorff_alpha, scale=SCALE, level=level),
            partial(reliability.krippendorff_alpha, scale=SCALE, level=level),
            "ratings",
        )
        for level in ("nominal", "ordinal", "interval")
    },
    **{
        f"ac, {weights}": (
            partial(agreement.gwet_ac, scale=SCALE, weights=weights),
            partial(reliability.gwet_ac, scale=SCALE, weights=weights),
            "ratings",
        )
        for weights in ("none", "linear", "quadratic")
    },
    **{
        f"{kind}, {by}": (
            partial(getattr(agreement, f"{kind}_calibration_error"), bins=5, by=by),
            partial(getattr(confidence, f"{kind}_calibration_error"), bins=5, by=by),
            STATED,
        )
        for kind in ("expected", "maximum")
        for by in ("width", "mass")
    },
    **{
        f"accuracy at {share}": (
            partial(agreement.accuracy_at_coverage, coverage=share),
            partial(coverage.accuracy_at_coverage, coverage=share),
            STATED,
        )
        for share in (0.1, 0.7, 1.0)
    },
}


def columns_of(generator, size):
    """Few values a column, hence many ties, and often a column that is constant."""
    ratings = generator.choice([0, 1, 2, 3, None], (size, 3))
    return {
        "human": generator.integers(0, generator.integers(1, 5), size),
        "machine": generator.integers(0, generator.integers(1, 5), size),
        "human_score": generator.integers(0, generator.integers(1, 5), size) / 3,
        "machine_score": generator.integers(0, generator.integers(1, 8), size) / 7,
        "right": generator.random(size) < generator.choice([0.0, 0.5, 1.0]),
        "confidence": generator.integers(0, 11, size) / 10,
        "ratings": ratings,
    }


@pytest.mark.parametrize(("one", "many", "names"), FORMS.values(), ids=FORMS)
def test_a_row_drawn_twice_is_two_rows(one, many, names):
    for seed in range(60):
        generator = np.random.default_rng(seed)
        size = int(generator.integers(2, 12))
        columns = [columns_of(generator, size)[name] for name in names.split()]
        counts = generator.multinomial(size, np.full(size, 1 / size), 4)
        found = many(*columns)(counts.astype(np.float64))
        for drawn, value in zip(counts, found, strict=True):
            rows = np.repeat(np.arange(size), drawn)
            expected = one(*(column[rows] for column in columns))
            if isinstance(expected, Undefined):
                assert np.isnan(value), (seed, expected)
            else:
                assert value == pytest.approx(expected, abs=1e-9), seed
