"""The calibration: the fitted data that turns signals into the probability of each verdict.

Two logistic regressions with signed weights, one for "at least partial", one for "correct".
Every set of labelled answers was given an intercept of its own, because graders differ in
strictness far more than in what they look at. A deck that nobody has ruled on has an unknown
intercept: its spread over the sets widens the probabilities, so a grade is only as sure as
the strictness is known. The logistic of a normal variable is approximated by
sigmoid(m / sqrt(1 + pi s^2 / 8)) (MacKay 1992, "The evidence framework applied to
classification networks").
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from itertools import pairwise
from math import pi, sqrt
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tutor.errors import CalibrationError
from tutor.grading.escalation import Enough
from tutor.grading.grade import Verdict
from tutor.grading.strictness import (
    Policy,
    Prior,
    Strictness,
    Threshold,
    Thresholds,
    Weighed,
    learn_strictness,
    sigmoid,
)

BUNDLED = ("text.json", "bundled.json", "all-minilm-l6-v2.json")
"""Calibrations in the package: without an embedder, then one for each embedder fitted so far."""
SAME_MODEL = 0.02
"""Probe cosines of one model differ by less than this between machines."""


class Probabilities(NamedTuple):
    """Probability of each verdict; they sum to 1."""

    incorrect: float
    partial: float
    correct: float


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Weighting(_Part):
    """One signal's part: it is centred on `mean`, divided by `scale`, and weighed."""

    signal: str
    sign: Literal[-1, 0, 1]
    mean: float
    scale: float = Field(gt=0)
    partial: float
    correct: float

    @model_validator(mode="after")
    def _signed(self) -> Self:
        if self.sign and min(self.sign * self.partial, self.sign * self.correct) < 0:
            raise ValueError(f"a weight of {self.signal} has the wrong sign")
        return self


class Calibration(_Part):
    """Weights, intercepts and cuts, with where they come from."""

    name: str
    embedder: str
    """Name of the embedder whose cosines were fitted; `none` without one."""
    fingerprint: tuple[float, ...] = ()
    """Its cosines between the probe texts of `tutor.inference.embedder`; empty without one."""
    weights: tuple[Weighting, ...]
    partial: Threshold
    """Mean and standard deviation over the training sets, as for `correct`."""
    correct: Threshold
    correlation: float = Field(default=0.0, ge=0, lt=1)
    """Of the two intercepts over the training sets; were it negative, a more lenient verdict
    could make one of them stricter."""
    incorrect_below: float = Field(gt=0, lt=1)
    """Expected score below which the verdict is incorrect."""
    correct_from: float = Field(gt=0, lt=1)
    """Expected score from which the verdict is correct."""
    sure_correct_from: float = Field(gt=0.4, le=1)
    """Confidence from which a grade of correct is sure."""
    sure_other_from: float = Field(gt=0.4, le=1)
    """Confidence from which a grade of partial or incorrect is sure: people differ most in
    what they still give a mark for."""
    escalation: tuple[Enough, ...] = ()
    """What is enough without a judge, by rising agreement; without it only what guards settle."""
    provenance: dict[str, Any] = {}

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.incorrect_below < self.correct_from:
            raise ValueError("incorrect_below must be less than correct_from")
        for low, high in pairwise(self.escalation):
            if high.agreement <= low.agreement or not high.is_at_least_as_careful(low):
                raise ValueError("more agreement must never leave more grades without a judge")
        return self

    @property
    def thresholds(self) -> Thresholds:
        """Both thresholds of an unseen deck."""
        return Thresholds(self.partial, self.correct)

    @cached_property
    def signals(self) -> tuple[str, ...]:
        """Names of the signals that are weighed."""
        return tuple(weight.signal for weight in self.weights)

    def probabilities(self, signals: Mapping[str, float]) -> Probabilities:
        """Probability of each verdict, by the values of the signals named in `signals`."""
        return chances_of(self.logits(signals), self.thresholds)

    def logits(self, signals: Mapping[str, float]) -> tuple[float, float]:
        """Logit of "at least partial" and of "correct", each without its intercept."""
        at_least_partial = correct = 0.0
        for weight in self.weights:
            value = (signals[weight.signal] - weight.mean) / weight.scale
            at_least_partial += weight.partial * value
            correct += weight.correct * value
        return at_least_partial, correct

    def learn(self, ruled: Sequence[Weighed], policy: Policy = "standard") -> Strictness:
        """The strictness that verdicts on answers teach, starting from the policy."""
        return learn_strictness(Prior(self.thresholds, self.correlation), ruled, policy)

    def verdict(self, expected: float) -> Verdict:
        """The verdict for an expected score in [0, 1]."""
        if expected >= self.correct_from:
            return "correct"
        return "partial" if expected >= self.incorrect_below else "incorrect"

    def is_sure(self, verdict: Verdict, confidence: float) -> bool:
        """Whether a grade with this confidence in [0, 1] stands without a person's look."""
        least = self.sure_correct_from if verdict == "correct" else self.sure_other_from
        return confidence >= least


def chances_of(logits: tuple[float, float], thresholds: Thresholds) -> Probabilities:
    """Probability of each verdict by the logits that `Calibration.logits` returns."""
    least = _widened(logits[0], thresholds.partial)
    full = min(least, _widened(logits[1], thresholds.correct))
    return Probabilities(1 - least, least - full, full)


def expected_score(probabilities: Probabilities) -> float:
    """Expected score, 0 to 1, where a partial answer counts one half."""
    return probabilities.correct + probabilities.partial / 2


def load_calibration(
    path: Path | None = None, embedder: str = "none", fingerprint: tuple[float, ...] = ()
) -> Calibration:
    """The calibration in a file, or the bundled one for an embedder's fingerprint.

    `embedder` is what the embedder was asked for as; it is named in errors. Raises
    `CalibrationError` when the file is missing or damaged, when it was fitted for another
    embedder, or when none is bundled for this one.
    """
    candidates = (_bundled(name) for name in BUNDLED) if path is None else iter([_read(path)])
    for calibration in candidates:
        if _same(calibration.fingerprint, fingerprint):
            return calibration
    where = "no bundled calibration was" if path is None else f"{path} was not"
    raise CalibrationError(
        f"{where} fitted for embedder {embedder}, so its cosines mean nothing yet; fit one from "
        f"a checkout with `python -m training.calibration --data DIR --embedder {embedder} "
        "--output FILE` and set TUTOR_CALIBRATION=FILE"
    )


def _same(left: tuple[float, ...], right: tuple[float, ...]) -> bool:
    return len(left) == len(right) and all(
        abs(a - b) <= SAME_MODEL for a, b in zip(left, right, strict=True)
    )


def _bundled(name: str) -> Calibration:
    data = files("tutor.grading").joinpath("data", "calibrations", name)
    return Calibration.model_validate_json(data.read_bytes())


def _read(path: Path) -> Calibration:
    try:
        return Calibration.model_validate(json.loads(path.read_bytes()))
    except OSError as error:
        raise CalibrationError(
            f"{path}: cannot read the calibration: {error.strerror}; check TUTOR_CALIBRATION"
        ) from error
    except (ValueError, ValidationError) as error:
        first = str(error).splitlines()[0]
        raise CalibrationError(
            f"{path}: not a calibration ({first}); fit it again or unset TUTOR_CALIBRATION"
        ) from error


def _widened(value: float, threshold: Threshold) -> float:
    mean = value + threshold.intercept
    return sigmoid(mean / sqrt(1 + pi * threshold.spread**2 / 8))
