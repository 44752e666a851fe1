"""The evidence about every labelled answer, gathered once and used by every fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evals.cases import VERDICTS, Case
from training.fit import MOST_ROWS
from training.sets import SETS, LabelledSet, read_set
from tutor.grading.attempt import lay_out
from tutor.grading.calibration import Calibration
from tutor.grading.cosines import texts_to_embed
from tutor.grading.evidence import Evidence
from tutor.grading.grade import Verdict
from tutor.grading.language import language_of
from tutor.grading.local import LocalGrader
from tutor.grading.strictness import Threshold
from tutor.inference.embedder import Embedder
from tutor.inference.remembered import RememberingEmbedder

EVERYTHING = 1_000_000
"""Texts that an embedder must remember so that none is embedded twice."""
Examples = Mapping[str, tuple["Examined", ...]]


class Examined(NamedTuple):
    """A case with the evidence that a grade of it rests on."""

    case: Case
    evidence: Evidence


def examine(cases: Sequence[Case], grader: LocalGrader) -> tuple[Examined, ...]:
    """The evidence about every case, in order."""
    return tuple(
        Examined(case, grader.examine(case.item, case.answer, language_of(case.answer)))
        for case in cases
    )


def untrained(embedder: Embedder | None) -> LocalGrader:
    """A grader to gather evidence with; its calibration weighs nothing yet."""
    flat = Threshold(intercept=0.0, spread=0.0)
    calibration = Calibration(
        name="untrained",
        embedder="none",
        weights=(),
        partial=flat,
        correct=flat,
        incorrect_below=0.3,
        correct_from=0.6,
        sure_correct_from=0.6,
        sure_other_from=0.6,
    )
    return LocalGrader(calibration, embedder)


def gather_examples(
    folder: Path,
    embedder: RememberingEmbedder | None,
    most: int | None = None,
    sets: Sequence[LabelledSet] = SETS,
) -> Examples:
    """The evidence about the answers of every set, about a sample of `most` of each at most."""
    cases = {s.name: _sample(read_set(folder, s), most) for s in sets}
    if embedder is not None:
        texts = {text for found in cases.values() for text in _texts(found)}
        embedder.embed(sorted(texts, key=len))
    return {name: examine(found, untrained(embedder)) for name, found in cases.items()}


def most_answers(embedder: str) -> int | None:
    """How many answers of a set to embed: all with what the package carries; as many as weigh
    in a fit with a transformer, which takes a hundred times as long."""
    return None if embedder in ("none", "bundled") else int(MOST_ROWS)


def _texts(cases: Sequence[Case]) -> Iterator[str]:
    """Every text that an embedder will be asked for, to be embedded in large batches."""
    for case in cases:
        attempt = lay_out(case.item, case.answer, language_of(case.answer))
        yield from texts_to_embed(attempt)


def _sample(cases: Sequence[Case], most: int | None) -> Sequence[Case]:
    if most is None or len(cases) <= most:
        return cases
    kept = np.random.default_rng(0).choice(len(cases), size=most, replace=False)
    return [cases[i] for i in sorted(kept)]


def is_settled(evidence: Evidence) -> bool:
    """Whether a guard decides the case whatever the signals say."""
    return any(finding.effect in ("reject", "accept") for finding in evidence.findings)


def rank(verdict: Verdict) -> int:
    """0 incorrect, 1 partial, 2 correct."""
    return VERDICTS.index(verdict)
