"""The graders that can be measured, by the name that the command line knows them under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from enum import StrEnum

from evals.baselines import calibrated
from evals.cases import Cuts
from evals.configured import ConfiguredGrader
from evals.judged import JudgedGrader
from evals.running.own_grader import OwnGrader
from evals.similarity import CharacterCosine, EmbedderCosine, Similarity, TokenOverlap
from tutor.grading.grade import Grader
from tutor.inference.remembered import RememberingEmbedder
from tutor.settings import Settings, build_embedder, build_grader

_CUTS = Cuts()


class GraderName(StrEnum):
    """`local` is the grader that the settings choose, `cosine` and `overlap` are baselines.

    `judge` and `cascade` ask the judge that the settings choose: about every answer that a judge
    may see at all, or where the local grade is not good enough. The others ask one of
    `MOCK_JUDGES` in the same two ways.
    """

    LOCAL = "local"
    COSINE = "cosine"
    OVERLAP = "overlap"
    JUDGE = "judge"
    CASCADE = "cascade"
    JUDGE_OBEDIENT = "judge-obedient"
    JUDGE_GULLIBLE = "judge-gullible"
    JUDGE_INVENTING = "judge-inventing"
    JUDGE_ADAPTIVE = "judge-adaptive"
    JUDGE_HONEST = "judge-honest"
    CASCADE_OBEDIENT = "cascade-obedient"
    CASCADE_ADAPTIVE = "cascade-adaptive"
    CASCADE_HONEST = "cascade-honest"


@contextmanager
def opened_graders(
    names: Sequence[str], settings: Settings, cuts: Cuts = _CUTS
) -> Iterator[dict[str, Grader]]:
    """Make graders, each once, by name; what they hold open is closed at the end of the block.

    `cuts` turn the scores of a grader of the user's own into verdicts.
    """
    with ExitStack() as stack:
        graders: dict[str, Grader] = {}
        for name in map(str, names):
            graders[name] = grader = open_grader(name, settings, cuts)
            if isinstance(grader, ConfiguredGrader | OwnGrader):
                stack.callback(grader.close)
        yield graders


def open_grader(name: str, settings: Settings, cuts: Cuts = _CUTS) -> Grader:
    """Make a grader; `cosine` compares embeddings when the settings name an embedder.

    Raises `SettingsError`, `ModelError` or `CalibrationError` like `tutor.settings`, and
    `InvalidInputError` when there is no such object of the user's own.
    """
    if ":" in name:
        return OwnGrader(name, cuts)
    match GraderName(name):
        case GraderName.LOCAL:
            return build_grader(settings)
        case GraderName.COSINE:
            return calibrated(_cosine(settings))
        case GraderName.OVERLAP:
            return calibrated(TokenOverlap())
        case GraderName.JUDGE:
            return ConfiguredGrader(settings, "always")
        case GraderName.CASCADE:
            return ConfiguredGrader(settings, "auto")
        case _:
            use, _, judge = name.partition("-")
            local = build_grader(settings)
            return JudgedGrader(local, judge, "always" if use == "judge" else "auto")


def _cosine(settings: Settings) -> Similarity:
    embedder = build_embedder(settings.embedder)
    return CharacterCosine() if embedder is None else EmbedderCosine(RememberingEmbedder(embedder))
