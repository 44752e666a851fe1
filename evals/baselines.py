"""Plain baselines: one similarity turned into a verdict, to show what a grader must beat."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict, RootModel, ValidationError

from evals.cases import VERDICTS
from evals.similarity import Similarity
from tutor.errors import CalibrationError
from tutor.grading.grade import Feedback, Grade, Language, Rating, Receipt, Verdict
from tutor.grading.item import Item
from tutor.grading.language import language_of

PARAMETERS = Path(__file__).parent / "baselines.json"
UNSURE_BELOW = 0.6
"""Confidence below which a baseline calls itself unsure."""

_RATING: dict[Verdict, Rating] = {"incorrect": "again", "partial": "hard", "correct": "good"}


class VerdictModel(Protocol):
    """Turns signals into the probabilities of incorrect, partial and correct, summing to 1."""

    @property
    def identity(self) -> str: ...

    def probabilities(self, signals: Sequence[float]) -> tuple[float, float, float]: ...


@dataclass(frozen=True, slots=True)
class OrderedCuts:
    """Proportional odds on one signal: P(partial or better) and P(correct) are logistic
    curves of one slope, centred at the two cuts, which are values of the signal."""

    identity: str
    slope: float
    partial_at: float
    correct_at: float

    def probabilities(self, signals: Sequence[float]) -> tuple[float, float, float]:
        (signal,) = signals
        not_incorrect = _logistic(self.slope * (signal - self.partial_at))
        correct = _logistic(self.slope * (signal - self.correct_at))
        return 1.0 - not_incorrect, not_incorrect - correct, correct


@dataclass(frozen=True, slots=True)
class SimilarityGrader:
    """Grades by one similarity: the most probable verdict, and the expected score.

    Both rise with the similarity, so the score orders the verdicts. Names no key points.
    """

    similarity: Similarity
    model: VerdictModel

    def grade(self, item: Item, answer: str, language: Language | None = None) -> Grade:
        started = time.perf_counter()
        chances = self.model.probabilities([self.similarity(item, answer)])
        confidence = max(chances)
        verdict = VERDICTS[chances.index(confidence)]
        return Grade(
            verdict=verdict,
            score=min(1.0, chances[2] + 0.5 * chances[1]),
            confidence=confidence,
            unsure=confidence < UNSURE_BELOW,
            key_points=(),
            reasons=(),
            feedback=Feedback(language=language or language_of(answer), summary=""),
            rating=_RATING[verdict],
            receipt=self._receipt(started),
        )

    def _receipt(self, started: float) -> Receipt:
        return Receipt(
            grader=f"baseline {self.similarity.name}",
            embedder=self.similarity.embedder,
            calibration=self.model.identity,
            policy=f"unsure below {UNSURE_BELOW:g}",
            elapsed_ms=1000.0 * (time.perf_counter() - started),
        )


class _Parameters(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    slope: float
    partial_at: float
    correct_at: float
    fitted_on: str | None
    """Name and hash of the data; None marks plausible values that nobody fitted."""


class _ParameterFile(RootModel[dict[str, _Parameters]]):
    pass


def load_cuts(similarity: Similarity, path: Path = PARAMETERS) -> OrderedCuts:
    """The parameters for a similarity; raises `CalibrationError` when there are none for it."""
    try:
        known = _ParameterFile.model_validate_json(path.read_bytes()).root
    except (OSError, ValidationError) as error:
        raise CalibrationError(
            f"{path}: cannot be read as parameters of baselines; restore the file"
        ) from error
    key = similarity.name if similarity.embedder == "none" else similarity.embedder
    if key not in known:
        raise CalibrationError(
            f"{path}: no parameters for {key}, only for {', '.join(known)}; fit and add them"
        )
    found = known[key]
    identity = f"{key}, {found.fitted_on or 'unfitted'}"
    return OrderedCuts(identity, found.slope, found.partial_at, found.correct_at)


def _logistic(value: float) -> float:
    """1 / (1 + exp(-value)), in the form that does not overflow."""
    return 0.5 * (1.0 + math.tanh(0.5 * value))
