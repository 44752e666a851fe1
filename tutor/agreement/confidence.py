"""What a stated confidence is worth: does 0.8 come true eight times in ten?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tutor.agreement.measure import (
    NO_ROWS,
    FloatArray,
    IntArray,
    Measure,
    Undefined,
    numbers,
    once,
    same_length,
    unit_numbers,
)
from tutor.agreement.resampled import confidence as resampled
from tutor.agreement.resampled.confidence import Binning
from tutor.agreement.resampled.ties import Ties


def brier_score(right: ArrayLike, confidence: ArrayLike) -> Measure:
    """Mean squared distance of confidence from what came true (Brier 1950).

    `right` are booleans and `confidence` probabilities in [0, 1], both of shape (n,).
    0 is certain and right throughout, 0.25 what a constant 0.5 earns, 1 certain and wrong.
    """
    hits, stated = _columns(right, confidence)
    return float(np.mean((stated - hits) ** 2)) if hits.size else NO_ROWS


def log_loss(right: ArrayLike, confidence: ArrayLike) -> Measure:
    """Mean of -log, natural, of the chance given to what came true: 0 at best.

    0.69 is what a constant 0.5 earns. A certainty that fails would cost infinitely much: the
    chance of what came true is clipped at 2.2e-16 from below, so that it costs 36.04, and one
    such row among a thousand adds 0.036.
    """
    hits, stated = _columns(right, confidence)
    if not hits.size:
        return NO_ROWS
    return float(resampled.log_loss(hits, stated)(once(hits.size))[0])


def expected_calibration_error(
    right: ArrayLike, confidence: ArrayLike, *, bins: int = 10, by: Binning = "width"
) -> Measure:
    """Mean distance between stated confidence and share right over bins (Naeini 2015).

    Bins as in `reliability_bins`, weighing by their rows. 0 is calibrated, 1 certain and
    always wrong. Depends on the bins and is biased upwards on few rows: read it beside
    `brier_score`.
    """
    hits, stated = _columns(right, confidence)
    error = resampled.expected_calibration_error(hits, stated, bins=_some(bins), by=by)
    return float(error(once(hits.size))[0]) if hits.size else NO_ROWS


def maximum_calibration_error(
    right: ArrayLike, confidence: ArrayLike, *, bins: int = 10, by: Binning = "width"
) -> Measure:
    """The largest distance between stated confidence and share right of any bin with rows.

    From 0 to 1, and ruled by the emptiest bins: on few rows it says little.
    """
    hits, stated = _columns(right, confidence)
    error = resampled.maximum_calibration_error(hits, stated, bins=_some(bins), by=by)
    return float(error(once(hits.size))[0]) if hits.size else NO_ROWS


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """A point of the reliability diagram: `count` rows with a confidence in [low, high].

    `stated` is their mean confidence and `right` the share that is right, all in [0, 1].
    """

    low: float
    high: float
    count: int
    stated: float
    right: float


def reliability_bins(
    right: ArrayLike, confidence: ArrayLike, *, bins: int = 10, by: Binning = "width"
) -> tuple[ReliabilityBin, ...] | Undefined:
    """Stated confidence beside the share right, bin by bin; bins without rows are left out.

    "width": bin b takes confidences in [b / bins, (b + 1) / bins), the last one 1.0 too.
    "mass": bins of about equal numbers of rows, their borders the least and the greatest
    confidence in them; equal confidences share a bin, so a large tie makes a large one.
    Raises ValueError unless bins >= 1.
    """
    hits, stated = _columns(right, confidence)
    if not hits.size:
        return NO_ROWS
    if by == "width":
        places = resampled.width_places(stated, _some(bins))
    else:
        ties = Ties(stated)
        places = resampled.mass_places(ties.sums(once(stated.size))[0], _some(bins))[ties.place]
    return tuple(_bins(hits, stated, places, bins if by == "width" else None))


def _bins(
    hits: FloatArray, stated: FloatArray, places: IntArray, widths: int | None
) -> Iterator[ReliabilityBin]:
    for place in np.unique(places):
        found, said = hits[places == place], stated[places == place]
        low, high = said.min(), said.max()
        if widths is not None:
            low, high = place / widths, (place + 1) / widths
        yield ReliabilityBin(
            float(low), float(high), found.size, float(said.mean()), float(found.mean())
        )


def _columns(right: ArrayLike, confidence: ArrayLike) -> tuple[FloatArray, FloatArray]:
    hits = numbers(np.asarray(right, dtype=bool), "right")
    stated = unit_numbers(confidence, "confidence")
    same_length(hits, stated)
    return hits, stated


def _some(bins: int) -> int:
    if bins < 1:
        raise ValueError(f"bins must be 1 or more, got {bins}")
    return bins
