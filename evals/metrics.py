"""The figures that say how far one side's grades agree with people's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from evals.cases import VERDICTS
from evals.runner import Outcome
from tutor import agreement
from tutor.agreement import Interval, Measure, Undefined
from tutor.grading.grade import Verdict

Rows: TypeAlias = NDArray[np.intp]

NO_CONFIDENCE = Undefined("people state no confidence")


@dataclass(frozen=True)
class Pairs:
    """What people said (`human`) beside what a grader or another person said (`other`).

    Arrays of shape (n,): verdicts as ranks on `VERDICTS`, scores in [0, 1]. `confidence` and
    `sure` are None where the other side states none.
    """

    questions: NDArray[np.str_]
    human: Rows
    other: Rows
    human_score: NDArray[np.float64]
    other_score: NDArray[np.float64]
    confidence: NDArray[np.float64] | None = None
    sure: NDArray[np.bool_] | None = None

    @property
    def size(self) -> int:
        return len(self.human)

    @property
    def verdicts_used(self) -> tuple[Verdict, ...]:
        """The verdicts that people gave, worst first."""
        return tuple(VERDICTS[rank] for rank in np.unique(self.human))


def pairs_of(outcomes: Sequence[Outcome]) -> Pairs:
    """The graded outcomes as arrays, in order; the ungraded ones are left out."""
    graded = [(outcome, outcome.grade) for outcome in outcomes if outcome.grade is not None]
    return Pairs(
        questions=np.array([outcome.question for outcome, _ in graded], dtype=np.str_),
        human=ranks([outcome.human.verdict for outcome, _ in graded]),
        other=ranks([grade.verdict for _, grade in graded]),
        human_score=np.array([outcome.human.score for outcome, _ in graded]),
        other_score=np.array([grade.score for _, grade in graded]),
        confidence=np.array([grade.confidence for _, grade in graded]),
        sure=np.array([not grade.unsure for _, grade in graded], dtype=np.bool_),
    )


def ranks(verdicts: Sequence[Verdict]) -> Rows:
    """Verdicts as ranks on `VERDICTS`, shape (n,)."""
    return np.array([VERDICTS.index(verdict) for verdict in verdicts], dtype=np.intp)


class Estimate(BaseModel):
    """A figure with its interval; `note` says why one of them is missing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float | None
    low: float | None = None
    high: float | None = None
    note: str | None = None


class Resampling(BaseModel):
    """How intervals are made: resamples of whole questions, drawn from `seed`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    resamples: int = Field(default=1000, ge=1)
    seed: int = Field(default=0, ge=0)
    level: float = Field(default=0.95, gt=0.0, lt=1.0)


@dataclass(frozen=True, slots=True)
class Metric:
    """A named figure of the given rows of some pairs."""

    name: str
    title: str
    better: Literal["higher", "lower", "neither"]
    of: Callable[[Pairs, Rows], Measure]


def _accuracy(pairs: Pairs, rows: Rows) -> Measure:
    return agreement.accuracy(pairs.human[rows], pairs.other[rows])


def _accuracy_two_way(pairs: Pairs, rows: Rows) -> Measure:
    correct = VERDICTS.index("correct")
    return agreement.accuracy(pairs.human[rows] == correct, pairs.other[rows] == correct)


def _macro_f1(pairs: Pairs, rows: Rows) -> Measure:
    labels = [VERDICTS.index(verdict) for verdict in pairs.verdicts_used]
    return agreement.macro_f1(pairs.human[rows], pairs.other[rows], labels=labels)


def _macro_f1_two_way(pairs: Pairs, rows: Rows) -> Measure:
    correct = VERDICTS.index("correct")
    human, other = pairs.human[rows] == correct, pairs.other[rows] == correct
    return agreement.macro_f1(human, other, labels=[False, True])


def _quadratic_kappa(pairs: Pairs, rows: Rows) -> Measure:
    scale = range(len(VERDICTS))
    human, other = pairs.human[rows], pairs.other[rows]
    return agreement.cohen_kappa(human, other, scale=scale, weights="quadratic")


def _auroc(pairs: Pairs, rows: Rows) -> Measure:
    correct = pairs.human[rows] == VERDICTS.index("correct")
    return agreement.auroc(correct, pairs.other_score[rows])


def _of_scores(statistic: Callable[..., Measure]) -> Callable[[Pairs, Rows], Measure]:
    return lambda pairs, rows: statistic(pairs.human_score[rows], pairs.other_score[rows])


def _of_confidence(statistic: Callable[..., Measure]) -> Callable[[Pairs, Rows], Measure]:
    def of(pairs: Pairs, rows: Rows) -> Measure:
        if pairs.confidence is None:
            return NO_CONFIDENCE
        return statistic(pairs.human[rows] == pairs.other[rows], pairs.confidence[rows])

    return of


def _accuracy_at(coverage: float) -> Callable[[Pairs, Rows], Measure]:
    return _of_confidence(
        lambda right, confidence: agreement.accuracy_at_coverage(right, confidence, coverage)
    )


def _share_sure(pairs: Pairs, rows: Rows) -> Measure:
    if pairs.sure is None:
        return NO_CONFIDENCE
    return float(pairs.sure[rows].mean()) if len(rows) else Undefined("there are no rows")


def _accuracy_of_sure(pairs: Pairs, rows: Rows) -> Measure:
    if pairs.sure is None:
        return NO_CONFIDENCE
    sure = rows[pairs.sure[rows]]
    return _accuracy(pairs, sure) if len(sure) else Undefined("no grade is sure")


def _ece(right: NDArray[np.bool_], confidence: NDArray[np.float64]) -> Measure:
    return agreement.expected_calibration_error(right, confidence, bins=10)


METRICS: tuple[Metric, ...] = (
    Metric("accuracy", "accuracy", "higher", _accuracy),
    Metric("accuracy_at_70", "accuracy, surest 70 %", "higher", _accuracy_at(0.7)),
    Metric("accuracy_at_50", "accuracy, surest 50 %", "higher", _accuracy_at(0.5)),
    Metric("accuracy_of_sure", "accuracy of sure grades", "higher", _accuracy_of_sure),
    Metric("share_sure", "share of sure grades", "neither", _share_sure),
    Metric("accuracy_two_way", "accuracy, correct or not", "higher", _accuracy_two_way),
    Metric("macro_f1", "macro-F1", "higher", _macro_f1),
    Metric("quadratic_kappa", "quadratic kappa", "higher", _quadratic_kappa),
    Metric("pearson", "Pearson, scores", "higher", _of_scores(agreement.pearson)),
    Metric("spearman", "Spearman, scores", "higher", _of_scores(agreement.spearman)),
    Metric("rmse", "RMSE, scores", "lower", _of_scores(agreement.rmse)),
    Metric("mae", "MAE, scores", "lower", _of_scores(agreement.mean_absolute_error)),
    Metric("auroc", "AUROC, scores", "higher", _auroc),
    Metric("confidence_auroc", "AUROC, confidence", "higher", _of_confidence(agreement.auroc)),
    Metric("ece", "ECE, 10 bins", "lower", _of_confidence(_ece)),
    Metric("brier", "Brier, confidence", "lower", _of_confidence(agreement.brier_score)),
)


TABLE_ONLY: tuple[Metric, ...] = (
    Metric("macro_f1_two_way", "macro-F1, correct or not", "higher", _macro_f1_two_way),
    Metric("accuracy_at_40", "accuracy, surest 40 %", "higher", _accuracy_at(0.4)),
)
"""Figures that published tables and the bars of the project are stated in."""


def measure(
    pairs: Pairs, resampling: Resampling, metrics: Sequence[Metric] = METRICS
) -> dict[str, Estimate]:
    """Every metric of the pairs, by name, with its interval by question."""
    return {
        metric.name: estimate(_on(metric, pairs), pairs.questions, resampling) for metric in metrics
    }


def difference(
    first: Pairs, second: Pairs, resampling: Resampling, metrics: Sequence[Metric] = METRICS
) -> dict[str, Estimate]:
    """first - second by metric, with paired intervals; row i of both is the same case."""
    return {metric.name: _difference(metric, first, second, resampling) for metric in metrics}


def estimate(
    statistic: Callable[[Rows], Measure], questions: NDArray[np.str_], resampling: Resampling
) -> Estimate:
    """The statistic of all rows, with its interval from resampled questions, shape (n,)."""
    value = statistic(np.arange(len(questions)))
    interval = agreement.cluster_bootstrap(
        statistic,
        questions,
        generator=np.random.default_rng(resampling.seed),
        resamples=resampling.resamples,
        level=resampling.level,
    )
    return _joined(value, interval)


def _difference(metric: Metric, first: Pairs, second: Pairs, resampling: Resampling) -> Estimate:
    everything = np.arange(first.size)
    interval = agreement.paired_bootstrap(
        _on(metric, first),
        _on(metric, second),
        first.questions,
        generator=np.random.default_rng(resampling.seed),
        resamples=resampling.resamples,
        level=resampling.level,
    )
    value = agreement.difference(metric.of(first, everything), metric.of(second, everything))
    return _joined(value, interval)


def _joined(value: Measure, interval: Interval | Undefined) -> Estimate:
    if isinstance(value, Undefined):
        return Estimate(value=None, note=value.reason)
    if isinstance(interval, Undefined):
        return Estimate(value=value, note=f"no interval: {interval.reason}")
    return Estimate(value=value, low=interval.low, high=interval.high)


def _on(metric: Metric, pairs: Pairs) -> Callable[[Rows], Measure]:
    return lambda rows: metric.of(pairs, rows)
