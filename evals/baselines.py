"""Plain baselines: one similarity turned into a verdict, to show what a grader must beat."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from evals.similarity import EmbedderCosine, Similarity
from tutor.errors import CalibrationError
from tutor.grading.calibration import Calibration, expected_score, load_calibration
from tutor.grading.grade import Feedback, Grade, Language, Rating, Receipt, Verdict
from tutor.grading.item import Item
from tutor.grading.language import language_of
from tutor.inference.embedder import fingerprint

CALIBRATIONS = Path(__file__).parent / "calibrations"
"""One calibration a similarity, `cosine-MODEL.json` for embeddings."""
SIGNAL = "similarity"
"""Name of the one signal that these calibrations weigh."""

_RATING: dict[Verdict, Rating] = {"incorrect": "again", "partial": "hard", "correct": "good"}


@dataclass(frozen=True, slots=True)
class SimilarityGrader:
    """Grades by one similarity, calibrated in the same way as the local grader.

    The score is the expected score, which rises with the similarity. Names no key points.
    """

    similarity: Similarity
    calibration: Calibration

    def grade(self, item: Item, answer: str, language: Language | None = None) -> Grade:
        """Grade one answer; raises `ModelError` when an embedder fails."""
        started = time.perf_counter()
        chances = self.calibration.probabilities({SIGNAL: self.similarity(item, answer)})
        expected = expected_score(chances)
        verdict = self.calibration.verdict(expected)
        confidence = float(getattr(chances, verdict))
        return Grade(
            verdict=verdict,
            score=expected,
            confidence=confidence,
            unsure=not self.calibration.is_sure(verdict, confidence),
            key_points=(),
            reasons=(),
            feedback=Feedback(language=language or language_of(answer), summary=""),
            rating=_RATING[verdict],
            receipt=self._receipt(started),
        )

    def _receipt(self, started: float) -> Receipt:
        return Receipt(
            grader=f"baseline {self.similarity.name}",
            embedder=self.calibration.embedder,
            calibration=self.calibration.name,
            policy="standard",
            elapsed_ms=1000.0 * (time.perf_counter() - started),
        )


def calibrated(similarity: Similarity, folder: Path = CALIBRATIONS) -> SimilarityGrader:
    """A baseline with the calibration fitted for its similarity.

    Raises `CalibrationError` when there is none, or when it was fitted for another model.
    """
    model = similarity.model if isinstance(similarity, EmbedderCosine) else None
    name = similarity.name if model is None else f"{similarity.name}-{_last_part(model.identity)}"
    path = folder / f"{name}.json"
    if not path.exists():
        raise CalibrationError(
            f"{path}: there is no calibration for this baseline; fit one on labelled answers, or "
            "choose another grader"
        )
    if model is None:
        return SimilarityGrader(similarity, load_calibration(path))
    found = load_calibration(path, model.identity, fingerprint(model))
    return SimilarityGrader(similarity, found)


def _last_part(identity: str) -> str:
    """The model's own name: `all-minilm-l6-v2` of a path, a hub name or an endpoint's model."""
    return identity.replace(":", "/").rsplit("/", 1)[-1].lower()
