"""The graders that can be measured, by the name that the command line knows them under."""

from __future__ import annotations

from enum import StrEnum

from evals.baselines import calibrated
from evals.similarity import CharacterCosine, EmbedderCosine, Similarity, TokenOverlap
from tutor.grading.grade import Grader
from tutor.inference.remembered import RememberingEmbedder
from tutor.settings import Settings, build_embedder, build_grader


class GraderName(StrEnum):
    """`local` is the grader that the settings choose; the others are baselines."""

    LOCAL = "local"
    COSINE = "cosine"
    OVERLAP = "overlap"


def open_grader(name: GraderName, settings: Settings) -> Grader:
    """Make a grader; `cosine` compares embeddings when the settings name an embedder.

    Raises `SettingsError`, `ModelError` or `CalibrationError` like `tutor.settings`.
    """
    match name:
        case GraderName.LOCAL:
            return build_grader(settings)
        case GraderName.COSINE:
            return calibrated(_cosine(settings))
        case GraderName.OVERLAP:
            return calibrated(TokenOverlap())


def _cosine(settings: Settings) -> Similarity:
    embedder = build_embedder(settings.embedder)
    return CharacterCosine() if embedder is None else EmbedderCosine(RememberingEmbedder(embedder))
