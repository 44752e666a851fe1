"""The figures of agreement, each by name: what it is of, and in which direction it is better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from evals.cases import VERDICTS
from evals.pairs import Pairs, Rows
from tutor import agreement
from tutor.agreement import Measure, Resampled, Undefined
from tutor.agreement.resampled import confidence as _confidence
from tutor.agreement.resampled import coverage as _coverage
from tutor.agreement.resampled import labels as _labels
from tutor.agreement.resampled import reliability as _reliability
from tutor.agreement.resampled import scores as _of_scores

Group: TypeAlias = Literal["agreement", "scores", "confidence", "coverage"]
Columns: TypeAlias = tuple[NDArray[Any], ...]

SCALE = range(len(VERDICTS))
CORRECT = VERDICTS.index("correct")
_EITHER = (False, True)
NOTHING_GRADED = Undefined("no case is graded")
NO_CONFIDENCE = Undefined("no confidence is stated")


def _nothing(_: Pairs) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Metric:
    """A named figure of some pairs: a statistic of some of their columns, each of shape (n,).

    `one` takes the columns of one set of rows, `many` makes the same statistic of many
    resamples at once; `options` are keywords that both get, read off all the pairs.
    """

    name: str
    title: str
    group: Group
    better: Literal["higher", "lower", "neither"]
    columns: Callable[[Pairs], Columns | Undefined]
    one: Callable[..., Measure]
    many: Callable[..., Resampled]
    options: Callable[[Pairs], dict[str, Any]] = field(default=_nothing)

    def of(self, pairs: Pairs, rows: Rows) -> Measure:
        """The figure of the rows whose indices are given; an index may occur many times."""
        if not len(rows):
            return NOTHING_GRADED
        columns = self.columns(pairs)
        if isinstance(columns, Undefined):
            return columns
        return self.one(*(column[rows] for column in columns), **self.options(pairs))

    def resampled(self, pairs: Pairs) -> Resampled:
        """The figure of many resamples of the pairs; only where `of` all rows is defined."""
        columns = self.columns(pairs)
        if isinstance(columns, Undefined):
            raise ValueError(f"{self.name}: undefined, because {columns.reason}")
        return self.many(*columns, **self.options(pairs))


def _verdicts(pairs: Pairs) -> Columns:
    return pairs.human, pairs.other


def _correct_or_not(pairs: Pairs) -> Columns:
    """Partial is not correct, as in the official two-way task of SemEval 2013."""
    return pairs.human == CORRECT, pairs.other == CORRECT


def _scores(pairs: Pairs) -> Columns:
    return pairs.human_score, pairs.other_score


def _human_scores(pairs: Pairs) -> Columns:
    return (pairs.human_score,)


def _correct_and_score(pairs: Pairs) -> Columns:
    return pairs.human == CORRECT, pairs.other_score


def _stated(pairs: Pairs) -> Columns | Undefined:
    return NO_CONFIDENCE if pairs.confidence is None else (pairs.right, pairs.confidence)


def _sure(pairs: Pairs) -> Columns | Undefined:
    return NO_CONFIDENCE if pairs.sure is None else (pairs.right, pairs.sure)


def _verdicts_used(pairs: Pairs) -> dict[str, Any]:
    # Over what people said, so that a data set without partial has no third F1 of zero.
    return {"labels": [VERDICTS.index(verdict) for verdict in pairs.verdicts_used]}


def _by_unit(statistic: Callable[..., Any], **options: Any) -> Callable[..., Any]:
    """A statistic of units' ratings as one of two sides' labels."""

    def of(human: NDArray[Any], other: NDArray[Any]) -> Any:
        return statistic(np.column_stack((human, other)).tolist(), scale=SCALE, **options)

    return of


def _share_sure(_: NDArray[np.bool_], sure: NDArray[np.bool_]) -> Measure:
    return float(sure.mean())


def _accuracy_of_sure(right: NDArray[np.bool_], sure: NDArray[np.bool_]) -> Measure:
    return float(right[sure].mean()) if sure.any() else Undefined("no grade is sure")


def _many_shares_sure(_: NDArray[np.bool_], sure: NDArray[np.bool_]) -> Resampled:
    return _labels.share(sure)


def _many_accuracies_of_sure(right: NDArray[np.bool_], sure: NDArray[np.bool_]) -> Resampled:
    accuracy = _labels.share(right[sure])
    return lambda counts: accuracy(counts[:, sure])


def _accuracy_at(coverage: float) -> tuple[Callable[..., Measure], Callable[..., Resampled]]:
    return (
        partial(agreement.accuracy_at_coverage, coverage=coverage),
        partial(_coverage.accuracy_at_coverage, coverage=coverage),
    )


# fmt: off
_AGREEMENT = (
    Metric("accuracy", "accuracy", "agreement", "higher", _verdicts,
           agreement.accuracy, _labels.accuracy),
    Metric("macro_f1", "macro-F1", "agreement", "higher", _verdicts,
           agreement.macro_f1, _labels.macro_f1, _verdicts_used),
    Metric("weighted_f1", "weighted F1", "agreement", "higher", _verdicts,
           agreement.weighted_f1, _labels.weighted_f1),
    Metric("kappa", "kappa", "agreement", "higher", _verdicts,
           partial(agreement.cohen_kappa, scale=SCALE), partial(_labels.cohen_kappa, scale=SCALE)),
    Metric("linear_kappa", "linear kappa", "agreement", "higher", _verdicts,
           partial(agreement.cohen_kappa, scale=SCALE, weights="linear"),
           partial(_labels.cohen_kappa, scale=SCALE, weights="linear")),
    Metric("quadratic_kappa", "quadratic kappa", "agreement", "higher", _verdicts,
           partial(agreement.cohen_kappa, scale=SCALE, weights="quadratic"),
           partial(_labels.cohen_kappa, scale=SCALE, weights="quadratic")),
    Metric("alpha", "Krippendorff's alpha, ordinal", "agreement", "higher", _verdicts,
           _by_unit(agreement.krippendorff_alpha, level="ordinal"),
           _by_unit(_reliability.krippendorff_alpha, level="ordinal")),
    Metric("ac1", "Gwet's AC1", "agreement", "higher", _verdicts,
           _by_unit(agreement.gwet_ac), _by_unit(_reliability.gwet_ac)),
    Metric("ac2", "Gwet's AC2, quadratic", "agreement", "higher", _verdicts,
           _by_unit(agreement.gwet_ac, weights="quadratic"),
           _by_unit(_reliability.gwet_ac, weights="quadratic")),
    Metric("accuracy_two_way", "accuracy, correct or not", "agreement", "higher", _correct_or_not,
           agreement.accuracy, _labels.accuracy),
    Metric("macro_f1_two_way", "macro-F1, correct or not", "agreement", "higher", _correct_or_not,
           partial(agreement.macro_f1, labels=_EITHER), partial(_labels.macro_f1, labels=_EITHER)),
    Metric("kappa_two_way", "kappa, correct or not", "agreement", "higher", _correct_or_not,
           partial(agreement.cohen_kappa, scale=_EITHER),
           partial(_labels.cohen_kappa, scale=_EITHER)),
)
_SCORES = (
    Metric("pearson", "Pearson, scores", "scores", "higher", _scores,
           agreement.pearson, _of_scores.pearson),
    Metric("spearman", "Spearman, scores", "scores", "higher", _scores,
           agreement.spearman, _of_scores.spearman),
    Metric("rmse", "RMSE, scores", "scores", "lower", _scores, agreement.rmse, _of_scores.rmse),
    Metric("rmse_constant", "RMSE of people's mean", "scores", "neither", _human_scores,
           agreement.constant_rmse, _of_scores.constant_rmse),
    Metric("mae", "MAE, scores", "scores", "lower", _scores,
           agreement.mean_absolute_error, _of_scores.mean_absolute_error),
    Metric("bias", "bias, scores", "scores", "neither", _scores, agreement.bias, _of_scores.bias),
    Metric("auroc", "AUROC, scores", "scores", "higher", _correct_and_score,
           agreement.auroc, _of_scores.auroc),
)
_CONFIDENCE = (
    Metric("confidence_auroc", "AUROC, confidence", "confidence", "higher", _stated,
           agreement.auroc, _of_scores.auroc),
    Metric("brier", "Brier, confidence", "confidence", "lower", _stated,
           agreement.brier_score, _confidence.brier_score),
    Metric("log_loss", "log loss, confidence", "confidence", "lower", _stated,
           agreement.log_loss, _confidence.log_loss),
    Metric("ece", "ECE, 10 bins", "confidence", "lower", _stated,
           agreement.expected_calibration_error, _confidence.expected_calibration_error),
    Metric("ece_mass", "ECE, 10 equal bins", "confidence", "lower", _stated,
           partial(agreement.expected_calibration_error, by="mass"),
           partial(_confidence.expected_calibration_error, by="mass")),
    Metric("mce", "MCE, 10 bins", "confidence", "lower", _stated,
           agreement.maximum_calibration_error, _confidence.maximum_calibration_error),
)
_COVERAGE = (
    Metric("accuracy_at_70", "accuracy, surest 70 %", "coverage", "higher", _stated,
           *_accuracy_at(0.7)),
    Metric("accuracy_at_50", "accuracy, surest 50 %", "coverage", "higher", _stated,
           *_accuracy_at(0.5)),
    Metric("aurc", "area under risk-coverage", "coverage", "lower", _stated,
           agreement.area_under_risk_coverage, _coverage.area_under_risk_coverage),
    Metric("accuracy_of_sure", "accuracy of sure grades", "coverage", "higher", _sure,
           _accuracy_of_sure, _many_accuracies_of_sure),
    Metric("share_sure", "share of sure grades", "coverage", "neither", _sure,
           _share_sure, _many_shares_sure),
)
METRICS: tuple[Metric, ...] = (*_AGREEMENT, *_SCORES, *_CONFIDENCE, *_COVERAGE)
TABLE_ONLY: tuple[Metric, ...] = (
    Metric("accuracy_at_40", "accuracy, surest 40 %", "coverage", "higher", _stated,
           *_accuracy_at(0.4)),
)
"""Figures that published tables and the bars of the project are stated in."""
# fmt: on
