"""The answers of a labelled set as one grader sees them: signals once, decisions as asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.cases import VERDICTS, Case
from evals.metrics import Pairs, Rows, ranks
from evals.similarity import Similarity
from training.examine import Examined, is_settled, rank
from training.fit import Floats, Labelled
from tutor.grading.calibration import Calibration, expected_score
from tutor.grading.calibration import chances_of as chances
from tutor.grading.decision import Decision, is_open, settle, weigh
from tutor.grading.signals.panel import SIGNALS
from tutor.grading.strictness import Strictness, Weighed

Logits = tuple[float, float]
Weigh = Callable[[int, Logits, Calibration, Strictness], Decision]
"""Decides one answer of a set, by its place and its two logits."""
AnswersBySet = Mapping[str, "Answers"]


@dataclass(frozen=True)
class Answers:
    """A set of n answers. Arrays have shape (n,), `signals` has shape (n, k).

    `fitted` are the answers that signals decide, which regressions are fitted on; `teaches`
    those of them whose verdict says something about a deck's strictness.
    """

    questions: NDArray[np.str_]
    human: Rows
    human_score: Floats
    signals: Floats
    fitted: NDArray[np.bool_]
    teaches: NDArray[np.bool_]
    weigh: Weigh

    @property
    def table(self) -> Labelled:
        """What a regression is fitted on."""
        return Labelled(self.signals[self.fitted], self.human[self.fitted].astype(np.int64))

    def at(self, rows: Rows) -> Labelled:
        """What a regression is fitted on, of the given rows only."""
        kept = rows[self.fitted[rows]]
        return Labelled(self.signals[kept], self.human[kept].astype(np.int64))


def local_answers(examined: Sequence[Examined], names: Sequence[str]) -> Answers:
    """A set as the local grader sees it."""
    found = [one.evidence for one in examined]

    def decide(place: int, logits: Logits, by: Calibration, strictness: Strictness) -> Decision:
        evidence = found[place]
        return settle(evidence, by) or weigh(evidence, logits, by, strictness)

    unsettled = [not is_settled(evidence) for evidence in found]
    signals = [[SIGNALS[name].measure(evidence) for name in names] for evidence in found]
    return _answers(
        [one.case for one in examined], signals, unsettled, list(map(is_open, found)), decide
    )


def similarity_answers(examined: Sequence[Examined], similarity: Similarity) -> Answers:
    """A set as a baseline sees it that knows one similarity."""
    cases = [one.case for one in examined]
    values = [[similarity(case.item, case.answer)] for case in cases]
    everything = [True] * len(cases)
    return _answers(cases, values, everything, everything, judge)


def judge(_: int, logits: Logits, by: Calibration, strictness: Strictness) -> Decision:
    """The decision of a baseline, by its logits alone."""
    expected = expected_score(chances(logits, strictness.scored))
    verdict = by.verdict(expected)
    confidence = float(getattr(chances(logits, strictness.believed), verdict))
    return Decision(verdict, expected, confidence, unsure=not by.is_sure(verdict, confidence))


def logits_of(answers: Answers, calibration: Calibration) -> Floats:
    """Both logits of every answer without the intercepts, shape (n, 2)."""
    columns = calibration.weights
    mean = np.array([weight.mean for weight in columns])
    scale = np.array([weight.scale for weight in columns])
    weights = np.array([[weight.partial, weight.correct] for weight in columns])
    return np.asarray((answers.signals - mean) / scale @ weights)


def weighed(answers: Answers, logits: Floats, rows: Rows) -> Iterator[Weighed]:
    """What a grader learns a deck's strictness from, of the given rows."""
    for row in rows[answers.teaches[rows]]:
        partial, correct = logits[row]
        yield Weighed(float(partial), float(correct), VERDICTS[answers.human[row]])


def graded(
    answers: Answers,
    logits: Floats,
    rows: Rows,
    calibration: Calibration,
    strictness: Strictness,
) -> Pairs:
    """People's verdicts on the given rows beside a grader's."""
    decisions = [
        answers.weigh(row, (float(logits[row, 0]), float(logits[row, 1])), calibration, strictness)
        for row in rows.tolist()
    ]
    return Pairs(
        questions=answers.questions[rows],
        human=answers.human[rows],
        other=ranks([d.verdict for d in decisions]),
        human_score=answers.human_score[rows],
        other_score=np.array([d.score for d in decisions]),
        confidence=np.array([d.confidence for d in decisions]),
        sure=np.array([not d.unsure for d in decisions], dtype=np.bool_),
    )


def _answers(
    cases: Sequence[Case],
    signals: Sequence[Sequence[float]],
    fitted: Sequence[bool],
    teaches: Sequence[bool],
    decide: Weigh,
) -> Answers:
    return Answers(
        questions=np.array([case.question for case in cases], dtype=np.str_),
        human=np.array([rank(case.verdict) for case in cases], dtype=np.intp),
        human_score=np.array([case.score for case in cases]),
        signals=np.array(signals, dtype=np.float64),
        fitted=np.array(fitted, dtype=np.bool_),
        teaches=np.array(teaches, dtype=np.bool_),
        weigh=decide,
    )


def joined(parts: Sequence[Pairs]) -> Pairs:
    """Several gradings as one."""
    return Pairs(
        questions=np.concatenate([one.questions for one in parts]),
        human=np.concatenate([one.human for one in parts]),
        other=np.concatenate([one.other for one in parts]),
        human_score=np.concatenate([one.human_score for one in parts]),
        other_score=np.concatenate([one.other_score for one in parts]),
        confidence=np.concatenate([one.confidence for one in parts if one.confidence is not None]),
        sure=np.concatenate([one.sure for one in parts if one.sure is not None]),
    )
