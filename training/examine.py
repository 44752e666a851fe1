"""Signals of every labelled answer, computed once and used by every fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evals.cases import VERDICTS, Case
from training.calibrate import Decided, DecideSet
from training.fit import MOST_ROWS, Floats, Labelled
from training.sets import SETS, read_set
from tutor.grading.attempt import lay_out
from tutor.grading.calibration import Calibration
from tutor.grading.cosines import texts_to_embed
from tutor.grading.decision import decide
from tutor.grading.evidence import Evidence
from tutor.grading.grade import Verdict
from tutor.grading.language import language_of
from tutor.grading.local import LocalGrader
from tutor.grading.signals.panel import SIGNALS
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


def labelled(examined: Sequence[Examined], signals: Sequence[str]) -> Labelled:
    """The named signals of the cases that no guard settles, with their human verdicts."""
    open_cases = [one for one in examined if not is_settled(one.evidence)]
    rows = [[SIGNALS[name].measure(one.evidence) for name in signals] for one in open_cases]
    ranks = [rank(one.case.verdict) for one in open_cases]
    return Labelled(np.array(rows, dtype=np.float64), np.array(ranks, dtype=np.int64))


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
        unsure_below=0.6,
    )
    return LocalGrader(calibration, embedder)


def gather_examples(folder: Path, embedder: RememberingEmbedder | None) -> Examples:
    """The evidence about every answer of every set; about a sample of it with an embedder,
    which takes long and would be weighted down to that many rows anyway."""
    if embedder is None:
        return {s.name: examine(read_set(folder, s), untrained(None)) for s in SETS}
    cases = {s.name: _sample(read_set(folder, s), int(MOST_ROWS)) for s in SETS}
    embedder.embed(sorted({text for found in cases.values() for text in _texts(found)}, key=len))
    return {name: examine(found, untrained(embedder)) for name, found in cases.items()}


def _texts(cases: Sequence[Case]) -> Iterator[str]:
    """Every text that an embedder will be asked for, to be embedded in large batches."""
    for case in cases:
        attempt = lay_out(case.item, case.answer, language_of(case.answer))
        yield from texts_to_embed(attempt)


def _sample(cases: Sequence[Case], most: int) -> Sequence[Case]:
    if len(cases) <= most:
        return cases
    kept = np.random.default_rng(0).choice(len(cases), size=most, replace=False)
    return [cases[i] for i in sorted(kept)]


def is_settled(evidence: Evidence) -> bool:
    """Whether a guard decides the case whatever the signals say."""
    return any(finding.effect in ("reject", "accept") for finding in evidence.findings)


def rank(verdict: Verdict) -> int:
    """0 incorrect, 1 partial, 2 correct."""
    return VERDICTS.index(verdict)


def column(values: Sequence[float], cases: Sequence[Case]) -> Labelled:
    """One similarity as a one-column signal matrix, for fitting a baseline the same way."""
    signals: Floats = np.array(values, dtype=np.float64)[:, None]
    return Labelled(signals, np.array([rank(case.verdict) for case in cases], dtype=np.int64))


def decide_with(examples: Examples) -> DecideSet:
    """Grades the cases of a set as the local grader does."""

    def decided(name: str, calibration: Calibration) -> list[Decided]:
        return [
            Decided(decision.confidence, decision.verdict == case.verdict)
            for case, evidence in examples[name]
            for decision in [decide(evidence, calibration)]
        ]

    return decided
