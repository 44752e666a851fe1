"""Reliability of any number of raters, each of whom may have left units out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tutor.agreement.measure import Measure, Undefined, once
from tutor.agreement.resampled import reliability as resampled
from tutor.agreement.resampled.reliability import Level, Ratings
from tutor.agreement.tables import Weights

NO_PAIRS = Undefined("no unit has two ratings")


def krippendorff_alpha(ratings: Ratings, *, scale: Sequence[Any], level: Level) -> Measure:
    """Reliability of any number of raters with gaps (Krippendorff 2011).

    `ratings` has one row a rated unit and one entry a rater, None where that rater gave no
    label; units with fewer than two labels say nothing and are left out. 1 is perfect
    reliability, 0 what chance gives, below 0 systematic disagreement. `level` is how labels
    differ: "nominal" equal or not, "ordinal" by how many ratings lie between their ranks on
    `scale`, "interval" by the squared difference of the scale's numbers.
    Raises ValueError for a label not on the scale.
    """
    alpha = resampled.krippendorff_alpha(ratings, scale=scale, level=level)
    if not _has_pair(ratings):
        return NO_PAIRS
    value = float(alpha(once(len(ratings)))[0])
    return Undefined("every rating is the same label") if np.isnan(value) else value


def gwet_ac(ratings: Ratings, *, scale: Sequence[Any], weights: Weights = "none") -> Measure:
    """Agreement of any number of raters beyond chance, steady where one label prevails (Gwet).

    AC1 (2008) with weights "none"; AC2 (2014) with "linear" or "quadratic", by the distance of
    ranks on `scale`. (observed - chance) / (1 - chance): observed is the mean agreement of the
    pairs of ratings of a unit; chance is sum(w) / (q (q - 1)) * sum of p (1 - p) over the q
    labels of the scale, p being the mean share of a label. `ratings` as in
    `krippendorff_alpha`; a unit with one rating tells of p alone. 1 is perfect agreement, also
    where only one label is used; 0 is what chance gives. The declared scale matters: labels
    that nobody uses make chance smaller. Undefined without a unit with two ratings, and on a
    scale of one label. Raises ValueError for a label not on the scale.
    """
    coefficient = resampled.gwet_ac(ratings, scale=scale, weights=weights)
    if not _has_pair(ratings):
        return NO_PAIRS
    if len(scale) < 2:
        return Undefined("a scale of one label leaves no choice")
    return float(coefficient(once(len(ratings)))[0])


def _has_pair(ratings: Ratings) -> bool:
    return any(sum(label is not None for label in row) >= 2 for row in ratings)
