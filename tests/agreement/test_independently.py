"""Every statistic beside an implementation that shares no line with it, on random inputs.

Its definition, row by row and pair by pair, on every input; where a library has the statistic
too, that library. scikit-learn takes milliseconds a call, so it sees every tenth input.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from itertools import product
from statistics import fmean, pstdev
from typing import Any, NamedTuple

import numpy as np
import pytest

from tutor import agreement
from tutor.agreement import Undefined

metrics = pytest.importorskip("sklearn.metrics")
stats = pytest.importorskip("scipy.stats")
krippendorff = pytest.importorskip("krippendorff")

INPUTS = 1000
SCALE = [0, 1, 2, 3]


class Drawn(NamedTuple):
    """Random columns; few values and skew make ties, gaps and constants common."""

    human: np.ndarray
    machine: np.ndarray
    human_score: np.ndarray
    machine_score: np.ndarray
    right: np.ndarray
    confidence: np.ndarray
    ratings: np.ndarray
    """Shape (units, raters), NaN where a rater gave none."""


class Beside(NamedTuple):
    ours: Callable[[Drawn], Any]
    theirs: Callable[[Drawn], float]
    defined: Callable[[Drawn], bool] = lambda _: True
    every: int = 1
    """Which of the inputs are compared."""


def draw(seed: int) -> Drawn:
    generator = np.random.default_rng(seed)
    size = int(generator.integers(1, 25))
    raters = int(generator.integers(2, 5))
    skew = generator.dirichlet([0.6] * 4)
    human = generator.choice(4, size, p=skew)
    machine = np.where(generator.random(size) < 0.6, human, generator.choice(4, size, p=skew))
    coarse = generator.random() < 0.5
    scores = generator.integers(0, 5, (3, size)) / 4 if coarse else generator.random((3, size))
    ratings = generator.choice(4, (size, raters), p=skew).astype(float)
    ratings[generator.random((size, raters)) < 0.3] = np.nan
    return Drawn(human, machine, scores[0], scores[1], human == machine, scores[2], ratings)


def labels_in(drawn: Drawn) -> list[int]:
    return sorted({*drawn.human.tolist(), *drawn.machine.tolist()})


def varied(drawn: Drawn) -> bool:
    return bool(np.ptp(drawn.human_score) and np.ptp(drawn.machine_score))


def units(drawn: Drawn) -> list[list[int]]:
    return [[int(rating) for rating in row if not np.isnan(rating)] for row in drawn.ratings]


def paired(drawn: Drawn) -> list[int]:
    """All ratings of units that have two."""
    return [rating for unit in units(drawn) if len(unit) > 1 for rating in unit]


def with_gaps(drawn: Drawn) -> list[list[int | None]]:
    return [[None if np.isnan(rating) else int(rating) for rating in row] for row in drawn.ratings]


def library_alpha(drawn: Drawn, level: str) -> float:
    return krippendorff.alpha(
        reliability_data=drawn.ratings.T, level_of_measurement=level, value_domain=SCALE
    )


def slow_gwet(drawn: Drawn, credit: Callable[[int, int], float]) -> float:
    agreed = []
    for unit in units(drawn):
        pairs = [credit(a, b) for i, a in enumerate(unit) for j, b in enumerate(unit) if i != j]
        if pairs:
            agreed.append(sum(pairs) / len(pairs))
    observed = sum(agreed) / len(agreed)
    rated = [unit for unit in units(drawn) if unit]
    shares = [sum(unit.count(k) / len(unit) for unit in rated) / len(rated) for k in SCALE]
    total = sum(credit(a, b) for a, b in product(SCALE, SCALE))
    chance = total / (len(SCALE) * (len(SCALE) - 1)) * sum(p * (1 - p) for p in shares)
    return (observed - chance) / (1 - chance)


def slow_f1(drawn: Drawn, label: int) -> float:
    pairs = list(zip(drawn.human.tolist(), drawn.machine.tolist(), strict=True))
    hits = pairs.count((label, label))
    precision = hits / max(1, sum(machine == label for _, machine in pairs))
    recall = hits / max(1, sum(human == label for human, _ in pairs))
    return 2 * precision * recall / (precision + recall) if hits else 0.0


def slow_auroc(drawn: Drawn) -> float:
    wins = [
        1.0 if above > below else 0.5 if above == below else 0.0
        for above in drawn.confidence[drawn.right].tolist()
        for below in drawn.confidence[~drawn.right].tolist()
    ]
    return fmean(wins)


def slow_kappa(drawn: Drawn, cost: Callable[[int, int], float]) -> float:
    pairs = list(zip(drawn.human.tolist(), drawn.machine.tolist(), strict=True))
    crossed = list(product(drawn.human.tolist(), drawn.machine.tolist()))
    observed = sum(cost(*pair) for pair in pairs) / len(pairs)
    return 1 - observed / (sum(cost(*pair) for pair in crossed) / len(crossed))


def slow_bins(drawn: Drawn, place: Callable[[float], int]) -> list[tuple[int, float]]:
    """Rows of each bin, and how far apart stated confidence and share right are."""
    rows: dict[int, list[tuple[float, bool]]] = {}
    for stated, hit in zip(drawn.confidence.tolist(), drawn.right.tolist(), strict=True):
        rows.setdefault(place(stated), []).append((stated, hit))
    return [(len(r), abs(sum(s - h for s, h in r)) / len(r)) for r in rows.values()]


def by_width(stated: float) -> int:
    return min(int(stated * 10), 9)


def by_mass(drawn: Drawn, stated: float) -> int:
    below = sum(other < stated for other in drawn.confidence)
    tied = sum(other == stated for other in drawn.confidence)
    return min(math.floor((below + tied / 2) / drawn.confidence.size * 10), 9)


def weighed(bins: list[tuple[int, float]]) -> float:
    return sum(size * gap for size, gap in bins) / sum(size for size, _ in bins)


def slow_accuracies(drawn: Drawn) -> list[float]:
    """Expected share right among the k surest rows, for k from 1: a tie's rows by their mean."""
    stated, right = drawn.confidence.tolist(), drawn.right.tolist()
    ordered = sorted(zip(stated, right, strict=True), key=lambda row: -row[0])
    tied = [[hit for other, hit in ordered if other == one] for one, _ in ordered]
    means = [sum(tie) / len(tie) for tie in tied]
    return [sum(means[:k]) / k for k in range(1, len(means) + 1)]


def of_labels(statistic: Callable[..., Any], **options: Any) -> Callable[[Drawn], Any]:
    return lambda drawn: statistic(drawn.human, drawn.machine, **options)


def of_scores(statistic: Callable[..., Any]) -> Callable[[Drawn], Any]:
    return lambda drawn: statistic(drawn.human_score, drawn.machine_score)


def of_confidence(statistic: Callable[..., Any], **options: Any) -> Callable[[Drawn], Any]:
    return lambda drawn: statistic(drawn.right, drawn.confidence, **options)


def of_ratings(statistic: Callable[..., Any], **options: Any) -> Callable[[Drawn], Any]:
    return lambda drawn: statistic(with_gaps(drawn), scale=SCALE, **options)


def by_rows(of: Callable[[Any, Any], float], first: str, second: str) -> Callable[[Drawn], float]:
    return lambda drawn: fmean(
        of(*row)
        for row in zip(getattr(drawn, first).tolist(), getattr(drawn, second).tolist(), strict=True)
    )


def library_f1(drawn: Drawn, average: str) -> float:
    labels = labels_in(drawn)
    return metrics.f1_score(
        drawn.human, drawn.machine, labels=labels, average=average, zero_division=0
    )


def both_kinds(drawn: Drawn) -> bool:
    return bool(0 < drawn.right.sum() < drawn.right.size)


def two_labels(drawn: Drawn) -> bool:
    return len(labels_in(drawn)) > 1


KAPPA_COSTS = {
    "none": lambda a, b: float(a != b),
    "linear": lambda a, b: float(abs(a - b)),
    "quadratic": lambda a, b: float((a - b) ** 2),
}
STATISTICS = {
    "accuracy": Beside(
        of_labels(agreement.accuracy),
        lambda drawn: sum(map(int, drawn.right)) / drawn.right.size,
    ),
    "macro_f1": Beside(
        of_labels(agreement.macro_f1, labels=SCALE),
        lambda drawn: fmean(slow_f1(drawn, label) for label in labels_in(drawn)),
    ),
    "weighted_f1": Beside(
        of_labels(agreement.weighted_f1),
        lambda drawn: fmean(slow_f1(drawn, label) for label in drawn.human),
    ),
    **{
        f"kappa, {weights}": Beside(
            of_labels(agreement.cohen_kappa, scale=SCALE, weights=weights),
            partial(slow_kappa, cost=cost),
            two_labels,
        )
        for weights, cost in KAPPA_COSTS.items()
    },
    **{
        f"alpha, {level}": Beside(
            of_ratings(agreement.krippendorff_alpha, level=level),
            partial(library_alpha, level=level),
            lambda drawn: len(set(paired(drawn))) > 1,
        )
        for level in ("nominal", "ordinal", "interval")
    },
    **{
        f"ac, {weights}": Beside(
            of_ratings(agreement.gwet_ac, weights=weights),
            partial(slow_gwet, credit=credit),
            lambda drawn: bool(paired(drawn)),
        )
        for weights, credit in {
            "none": lambda a, b: float(a == b),
            "linear": lambda a, b: 1 - abs(a - b) / 3,
            "quadratic": lambda a, b: 1 - (a - b) ** 2 / 9,
        }.items()
    },
    "pearson": Beside(
        of_scores(agreement.pearson),
        of_scores(lambda a, b: stats.pearsonr(a, b).statistic),
        varied,
    ),
    "spearman": Beside(
        of_scores(agreement.spearman),
        of_scores(lambda a, b: stats.spearmanr(a, b).statistic),
        varied,
    ),
    "mean_absolute_error": Beside(
        of_scores(agreement.mean_absolute_error),
        by_rows(lambda human, machine: abs(human - machine), "human_score", "machine_score"),
    ),
    "rmse": Beside(
        of_scores(agreement.rmse),
        lambda drawn: math.dist(drawn.human_score, drawn.machine_score) / drawn.human.size**0.5,
    ),
    "constant_rmse": Beside(
        lambda drawn: agreement.constant_rmse(drawn.human_score),
        lambda drawn: pstdev(drawn.human_score.tolist()),
    ),
    "bias": Beside(
        of_scores(agreement.bias),
        lambda drawn: fmean(drawn.machine_score) - fmean(drawn.human_score),
    ),
    "auroc": Beside(of_confidence(agreement.auroc), slow_auroc, both_kinds),
    "brier_score": Beside(
        of_confidence(agreement.brier_score),
        by_rows(lambda hit, stated: (stated - hit) ** 2, "right", "confidence"),
    ),
    "log_loss": Beside(
        of_confidence(agreement.log_loss),
        by_rows(
            lambda hit, stated: -math.log((stated if hit else 1 - stated) or 2.0**-52),
            "right",
            "confidence",
        ),
    ),
    "ece, width": Beside(
        of_confidence(agreement.expected_calibration_error),
        lambda drawn: weighed(slow_bins(drawn, by_width)),
    ),
    "ece, mass": Beside(
        of_confidence(agreement.expected_calibration_error, by="mass"),
        lambda drawn: weighed(slow_bins(drawn, partial(by_mass, drawn))),
    ),
    "mce": Beside(
        of_confidence(agreement.maximum_calibration_error),
        lambda drawn: max(gap for _, gap in slow_bins(drawn, by_width)),
    ),
    "area under risk-coverage": Beside(
        of_confidence(agreement.area_under_risk_coverage),
        lambda drawn: 1 - sum(slow_accuracies(drawn)) / drawn.right.size,
    ),
    **{
        f"accuracy at {percent} %": Beside(
            of_confidence(agreement.accuracy_at_coverage, coverage=percent / 100),
            # Whole numbers, rounded up.
            lambda drawn, percent=percent: slow_accuracies(drawn)[
                max(1, -(-percent * drawn.right.size // 100)) - 1
            ],
        )
        for percent in (1, 50, 70, 100)
    },
}


LIBRARIES = {
    "accuracy": Beside(of_labels(agreement.accuracy), of_labels(metrics.accuracy_score), every=10),
    **{
        f"{average}_f1": Beside(
            of_labels(statistic, **options), partial(library_f1, average=average), every=10
        )
        for average, statistic, options in (
            ("macro", agreement.macro_f1, {"labels": SCALE}),
            ("weighted", agreement.weighted_f1, {}),
        )
    },
    **{
        f"kappa, {weights}": Beside(
            of_labels(agreement.cohen_kappa, scale=SCALE, weights=weights),
            of_labels(
                metrics.cohen_kappa_score,
                labels=SCALE,
                weights=None if weights == "none" else weights,
            ),
            two_labels,
            every=10,
        )
        for weights in KAPPA_COSTS
    },
    "mean_absolute_error": Beside(
        of_scores(agreement.mean_absolute_error), of_scores(metrics.mean_absolute_error), every=10
    ),
    "rmse": Beside(of_scores(agreement.rmse), of_scores(metrics.root_mean_squared_error), every=10),
    "auroc": Beside(
        of_confidence(agreement.auroc), of_confidence(metrics.roc_auc_score), both_kinds, every=10
    ),
    "brier_score": Beside(
        of_confidence(agreement.brier_score),
        of_confidence(metrics.brier_score_loss, pos_label=True),
        every=10,
    ),
    "log_loss": Beside(
        of_confidence(agreement.log_loss),
        of_confidence(metrics.log_loss, labels=[False, True]),
        every=10,
    ),
}


@pytest.fixture(scope="module")
def inputs():
    return [draw(seed) for seed in range(INPUTS)]


@pytest.mark.parametrize(
    "beside",
    [*STATISTICS.values(), *LIBRARIES.values()],
    ids=[*STATISTICS, *(f"{name}, scikit-learn" for name in LIBRARIES)],
)
def test_a_statistic_agrees_with_an_independent_implementation(inputs, beside):
    said = 0
    for seed in range(0, INPUTS, beside.every):
        ours = beside.ours(inputs[seed])
        assert isinstance(ours, Undefined) != beside.defined(inputs[seed]), (seed, ours)
        if not isinstance(ours, Undefined):
            said += 1
            assert abs(ours - beside.theirs(inputs[seed])) < 1e-9, seed
    # Most inputs have the statistic, so that the agreement says something.
    assert said > 0.6 * INPUTS / beside.every
