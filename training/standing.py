"""Local grades of a labelled set beside people's verdicts, as far as they could stand alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evals.cases import VERDICTS
from evals.metrics import Rows
from training.answers import Answers, graded, local_answers, logits_of, weighed
from training.calibrate import LEARNED_FROM, TRIALS, Signs
from training.draws import draws
from training.examine import Examined, Examples, is_settled
from training.fit import Floats
from training.leave_one_out import calibrations
from training.sets import SETS, LabelledSet
from tutor.grading.calibration import Calibration
from tutor.grading.grade import Verdict
from tutor.grading.item import ItemKind
from tutor.grading.strictness import Strictness

Flags = NDArray[np.bool_]


class Cell(NamedTuple):
    """Grades that have one least confidence in common."""

    kind: ItemKind
    verdict: Verdict


CELLS = tuple(Cell(kind, verdict) for kind in ("free", "cloze") for verdict in VERDICTS)
Thresholds = Mapping[Cell, float]
"""Least confidence at which a sure grade stands that no guard settled; a cell without: none."""


@dataclass(frozen=True)
class Stated:
    """n local grades with what people said. Arrays have shape (n,).

    `rows` are the answers' places in the set: after different verdicts one may be graded more
    than once. `human` and `verdict` are ranks; `settled` are those that a guard rejected or
    accepted, `sure` those that are not unsure.
    """

    rows: Rows
    questions: NDArray[np.str_]
    cloze: Flags
    human: Rows
    verdict: Rows
    confidence: Floats
    settled: Flags
    sure: Flags

    @property
    def right(self) -> Flags:
        """Whether people gave the same verdict."""
        return np.asarray(self.human == self.verdict)

    @property
    def right_two_way(self) -> Flags:
        """Whether people agreed that the answer is correct, or that it is not."""
        correct = VERDICTS.index("correct")
        return np.asarray((self.human == correct) == (self.verdict == correct))

    def cell(self, cell: Cell) -> Flags:
        """The sure grades of a cell that no guard settled."""
        kind = self.cloze == (cell.kind == "cloze")
        verdict = self.verdict == VERDICTS.index(cell.verdict)
        return np.asarray(kind & verdict & self.sure & ~self.settled)

    def standing(self, thresholds: Thresholds) -> Flags:
        """The grades that stand without a judge."""
        stands = self.settled & self.sure
        for cell, least in thresholds.items():
            stands = stands | (self.cell(cell) & (self.confidence >= least))
        return np.asarray(stands)


class StatedSet(NamedTuple):
    """A set as a calibration grades it that was fitted without it: on a new deck, and after
    people's verdicts on answers to other questions of it."""

    labelled: LabelledSet
    alone: Stated
    learned: Stated

    @property
    def family(self) -> str:
        """Sets of one family count as one."""
        return self.labelled.family or self.labelled.name


def state(examples: Examples, signs: Signs, extra: Sequence[LabelledSet]) -> list[StatedSet]:
    """Every set, and the extra ones, each by a calibration that was fitted without its family."""
    answers = {name: local_answers(found, list(signs)) for name, found in examples.items()}
    fitted = calibrations({s.name: answers[s.name] for s in SETS}, signs)
    by_family = {s.family: fitted[s.name] for s in SETS if s.family}
    return [
        _stated_set(one, examples[one.name], answers[one.name], calibration)
        for one in (*SETS, *extra)
        if (calibration := fitted.get(one.name) or by_family[one.family])
    ]


def _stated_set(
    labelled: LabelledSet, examined: Sequence[Examined], answers: Answers, by: Calibration
) -> StatedSet:
    logits = logits_of(answers, by)
    everything = np.arange(len(answers.human))
    alone = stated_rows(examined, answers, everything, by, by.learn(()))
    learned = []
    for draw in draws(answers.questions, TRIALS):
        ruled = tuple(weighed(answers, logits, draw.ruled[:LEARNED_FROM]))
        learned.append(stated_rows(examined, answers, draw.measured, by, by.learn(ruled)))
    return StatedSet(labelled, alone, _joined(learned))


def stated_rows(
    examined: Sequence[Examined],
    answers: Answers,
    rows: Rows,
    calibration: Calibration,
    strictness: Strictness,
) -> Stated:
    """The given rows of a set as a calibration grades them, beside people's verdicts."""
    pairs = graded(answers, logits_of(answers, calibration), rows, calibration, strictness)
    assert pairs.confidence is not None
    assert pairs.sure is not None
    seen = [examined[row] for row in rows.tolist()]
    return Stated(
        rows=rows,
        questions=pairs.questions,
        cloze=np.array([one.case.item.kind == "cloze" for one in seen], dtype=np.bool_),
        human=pairs.human,
        verdict=pairs.other,
        confidence=pairs.confidence,
        settled=np.array([is_settled(one.evidence) for one in seen], dtype=np.bool_),
        sure=pairs.sure,
    )


def _joined(parts: Sequence[Stated]) -> Stated:
    names = [field.name for field in fields(Stated)]
    return Stated(**{n: np.concatenate([getattr(one, n) for one in parts]) for n in names})
