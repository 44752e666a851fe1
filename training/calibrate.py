"""Fitting calibrations, and choosing their cuts on sets that were left out of the fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from training.fit import Floats, Labelled, fit_threshold, standardise
from training.sets import SETS, LabelledSet, unrelated
from tutor.grading.calibration import Calibration, Weighting, expected_score
from tutor.grading.strictness import Threshold

AGREEMENT = 0.80
"""Share of sure grades that should agree with people on sets that were not fitted on."""
Ranks = NDArray[np.int64]
Signs = Mapping[str, int]
"""Signals in the order of the columns, with the sign that each weight must have."""
Tables = Mapping[str, Labelled]
"""Signals and human verdicts by set."""


class Cuts(NamedTuple):
    """Expected scores between the verdicts, and the confidence below which to be unsure."""

    incorrect_below: float = 0.33
    correct_from: float = 0.62
    unsure_below: float = 0.6


class Decided(NamedTuple):
    """The confidence of one grade, and whether people gave the same verdict."""

    confidence: float
    right: bool


DecideSet = Callable[[str, Calibration], Sequence[Decided]]
"""Grades all answers of a named set with a calibration."""


def fit(
    tables: Tables, sets: Sequence[LabelledSet], signs: Signs, cuts: Cuts, name: str
) -> Calibration:
    """Fit both thresholds on the named sets."""
    data = [tables[s.name] for s in sets]
    mean, scale = standardise(data)
    centred = [Labelled((d.signals - mean) / scale, d.ranks) for d in data]
    columns = list(signs.values())
    partial, correct = (fit_threshold(centred, columns, rank=rank) for rank in (1, 2))
    weights = tuple(
        Weighting.model_validate(
            {
                "signal": signal,
                "sign": sign,
                "mean": rounded(mean[i]),
                "scale": rounded(scale[i]),
                "partial": rounded(partial.weights[i]),
                "correct": rounded(correct.weights[i]),
            }
        )
        for i, (signal, sign) in enumerate(signs.items())
    )
    return Calibration(
        name=name,
        embedder="none",
        weights=weights,
        partial=_threshold(partial.intercepts, sets),
        correct=_threshold(correct.intercepts, sets),
        **cuts._asdict(),
    )


def fit_everything(tables: Tables, signs: Signs, name: str, decide: DecideSet) -> Calibration:
    """The calibration to ship: fitted on every set that may be, cut on left-out predictions."""
    cuts = choose_cuts(tables, signs, left_out(tables, signs), decide)
    return fit(tables, [s for s in SETS if s.fitted], signs, cuts, name)


def left_out(tables: Tables, signs: Signs, cuts: Cuts | None = None) -> dict[str, Calibration]:
    """For every set, the calibration fitted on the sets unrelated to it."""
    chosen = cuts or Cuts()
    return {s.name: fit(tables, unrelated(s), signs, chosen, f"without-{s.name}") for s in SETS}


def _expected(rows: Labelled, calibration: Calibration, signs: Signs) -> Floats:
    """Expected score of every answer of a set, shape (n,)."""
    return np.array(
        [
            expected_score(calibration.probabilities(dict(zip(signs, values, strict=True))))
            for values in rows.signals
        ]
    )


def choose_cuts(
    tables: Tables, signs: Signs, calibrations: Mapping[str, Calibration], decide: DecideSet
) -> Cuts:
    """The cuts with the best macro-F1, and the confidence below which to be unsure, both as
    means over the sets that have a calibration: a deck is one set, whatever its size."""
    found = {n: _expected(tables[n], c, signs) for n, c in calibrations.items()}
    grid = np.arange(0.10, 0.90, 0.02)
    low, high = max(
        ((a, b) for a in grid for b in grid if a + 0.1 <= b),
        key=lambda cut: np.mean(
            [_macro_f1(tables[n].ranks, _verdicts(found[n], *cut)) for n in found]
        ),
    )
    cuts = Cuts(rounded(low), rounded(high))
    decided = [
        decide(name, c.model_copy(update=cuts._asdict())) for name, c in calibrations.items()
    ]
    return cuts._replace(unsure_below=_unsure_below(decided))


def rounded(value: float) -> float:
    """Four decimals: more would only make the files unreadable."""
    return round(float(value), 4)


def _threshold(intercepts: Floats, sets: Sequence[LabelledSet]) -> Threshold:
    """Mean and spread of the intercepts; sets with the same answers count once."""
    families: dict[str, list[float]] = {}
    for one, intercept in zip(sets, intercepts, strict=True):
        families.setdefault(one.family or one.name, []).append(float(intercept))
    means = np.array([np.mean(values) for values in families.values()])
    return Threshold(intercept=rounded(means.mean()), spread=rounded(means.std(ddof=1)))


def _verdicts(expected: Floats, low: float, high: float) -> Ranks:
    return (expected >= low).astype(np.int64) + (expected >= high)


def _macro_f1(human: Ranks, machine: Ranks) -> float:
    """Mean F1 over the verdicts that people gave."""
    given = np.unique(human)
    return float(np.mean([_f1(human == verdict, machine == verdict) for verdict in given]))


def _f1(human: NDArray[np.bool_], machine: NDArray[np.bool_]) -> float:
    return float(2 * (human & machine).sum() / (human.sum() + machine.sum()))


def _unsure_below(decided: Sequence[Sequence[Decided]]) -> float:
    """The lowest confidence from which on grades are right at the stated rate."""
    for threshold in np.arange(0.40, 0.95, 0.01):
        kept = [[d.right for d in one if d.confidence >= threshold] for one in decided]
        rates = [np.mean(hits) for hits in kept if hits]
        if rates and np.mean(rates) >= AGREEMENT:
            return rounded(threshold)
    return 0.95
