"""Labelled answers as the local grader sees them: evidence and signals, gathered once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tutor.grading.calibration import Calibration
from tutor.grading.decision import is_open
from tutor.grading.evidence import Evidence
from tutor.grading.grade import Language, Verdict
from tutor.grading.item import Item
from tutor.grading.language import language_of
from tutor.grading.signals.panel import SIGNALS
from tutor.grading.strictness import Weighed

Floats = NDArray[np.float64]
Rows = NDArray[np.intp]
VERDICTS: tuple[Verdict, ...] = ("incorrect", "partial", "correct")
"""Worst first; the place of a verdict is its rank."""


@dataclass(frozen=True, slots=True)
class LabelledAnswer:
    """An answer with the verdict of people; `question` is what answers are held together by."""

    item: Item
    answer: str
    verdict: Verdict
    question: str

    @property
    def language(self) -> Language:
        """Of the answer, or of the question where the answer has no words."""
        return language_of(self.answer, default=language_of(self.item.question))


class Examines(Protocol):
    """Gathers the evidence that a grade rests on."""

    def examine(self, item: Item, answer: str, language: Language) -> Evidence:
        """The evidence about one answer; raises `TutorError` when there can be none."""
        ...


@dataclass(frozen=True)
class Answers:
    """n examined answers. Arrays have shape (n,), `signals` has shape (n, k).

    `open` are those that signals decide: only they teach where the verdicts begin.
    """

    questions: NDArray[np.str_]
    human: Rows
    evidence: tuple[Evidence, ...]
    signals: Floats
    open: NDArray[np.bool_]

    @property
    def everything(self) -> Rows:
        """All rows."""
        return np.arange(len(self.evidence), dtype=np.intp)

    def open_of(self, rows: Rows) -> Rows:
        """Those of the rows that signals decide."""
        return rows[self.open[rows]]

    def weighed(self, rows: Rows, calibration: Calibration) -> tuple[Weighed, ...]:
        """What strictness is learned from, of the given rows."""
        opened = self.open_of(rows)
        logits = logits_of(self.signals[opened], calibration)
        return tuple(
            Weighed(float(partial), float(correct), VERDICTS[self.human[row]])
            for row, (partial, correct) in zip(opened.tolist(), logits, strict=True)
        )


def examine(
    labelled: Sequence[LabelledAnswer], grader: Examines, calibration: Calibration
) -> Answers:
    """Examine every answer for the signals that the calibration weighs."""
    evidence = tuple(grader.examine(one.item, one.answer, one.language) for one in labelled)
    signals = [[SIGNALS[name].measure(one) for name in calibration.signals] for one in evidence]
    return Answers(
        questions=np.array([one.question for one in labelled], dtype=np.str_),
        human=np.array([VERDICTS.index(one.verdict) for one in labelled], dtype=np.intp),
        evidence=evidence,
        signals=np.array(signals, dtype=np.float64).reshape(len(evidence), -1),
        open=np.array([is_open(one) for one in evidence], dtype=np.bool_),
    )


def logits_of(signals: Floats, calibration: Calibration) -> Floats:
    """Both logits without the intercepts, shape (n, 2), of signals of shape (n, k)."""
    weights = [[weight.partial, weight.correct] for weight in calibration.weights]
    return np.asarray(standardised(signals, calibration) @ np.array(weights))


def standardised(signals: Floats, calibration: Calibration) -> Floats:
    """Signals, shape (n, k), centred and scaled as the calibration says."""
    mean = np.array([weight.mean for weight in calibration.weights])
    return np.asarray((signals - mean) / [weight.scale for weight in calibration.weights])


def digest_of(labelled: Sequence[LabelledAnswer]) -> str:
    """SHA-256 of what is fitted on, whatever file or store it came from."""
    content = json.dumps([asdict(one) for one in labelled], ensure_ascii=True)
    return hashlib.sha256(content.encode()).hexdigest()
