"""The graders that can be measured, by the name that the command line knows them under."""

from __future__ import annotations

from enum import StrEnum

from evals.baselines import calibrated
from evals.judged import JudgedGrader
from evals.similarity import CharacterCosine, EmbedderCosine, Similarity, TokenOverlap
from tutor.grading.grade import Grader
from tutor.inference.remembered import RememberingEmbedder
from tutor.settings import Settings, build_embedder, build_grader


class GraderName(StrEnum):
    """`local` is the grader that the settings choose, `cosine` and `overlap` are baselines.

    The others ask one of `MOCK_JUDGES`: of every answer that a judge may see at all, or in a
    cascade, only where the local grade is not good enough by itself.
    """

    LOCAL = "local"
    COSINE = "cosine"
    OVERLAP = "overlap"
    JUDGE_OBEDIENT = "judge-obedient"
    JUDGE_GULLIBLE = "judge-gullible"
    JUDGE_INVENTING = "judge-inventing"
    JUDGE_ADAPTIVE = "judge-adaptive"
    JUDGE_HONEST = "judge-honest"
    CASCADE_OBEDIENT = "cascade-obedient"
    CASCADE_ADAPTIVE = "cascade-adaptive"
    CASCADE_HONEST = "cascade-honest"


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
        case _:
            use, _, judge = name.partition("-")
            local = build_grader(settings)
            return JudgedGrader(local, judge, "always" if use == "judge" else "auto")


def _cosine(settings: Settings) -> Similarity:
    embedder = build_embedder(settings.embedder)
    return CharacterCosine() if embedder is None else EmbedderCosine(RememberingEmbedder(embedder))
