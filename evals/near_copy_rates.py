"""How often a grader lets a decisive change pass, and how often a harmless one costs marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from evals.near_copies import Edit, NearCopies
from evals.outcomes import Outcome
from evals.result import DataFile, Maker, makers_of
from evals.shares import Share, share
from evals.splits import Split
from tutor.grading.grade import Grade


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rates(_Value):
    """The rates of some near copies; the lower each is, the better."""

    decisive_correct_and_sure: Share
    decisive_correct: Share
    harmless_incorrect: Share
    harmless_partial: Share
    harmless_unsure: Share
    harmless_incorrect_or_unsure: Share


class GraderRates(_Value):
    """One grader on the near copies. Rates are over the graded rows only."""

    grader: str
    makers: tuple[Maker, ...]
    ungraded: dict[str, int]
    """Rows without a grade, by kind of failure."""
    overall: Rates
    splits: dict[str, Rates]
    edits: dict[str, Rates]
    languages: dict[str, Rates]


class NearCopyResult(_Value):
    """What a run over near copies leaves behind."""

    file: DataFile
    split: Split
    rows: int
    questions: int
    graders: tuple[GraderRates, ...]
    command: str
    date: date
    tutor: str
    """Version of the package."""


@dataclass(frozen=True, slots=True)
class Trial:
    """An edit and the grade that its answer got."""

    edit: Edit
    language: str
    grade: Grade

    @property
    def is_passed_for_sure(self) -> bool:
        return self.grade.verdict == "correct" and not self.grade.unsure

    @property
    def is_miss(self) -> bool:
        """A decisive change called correct, or a harmless one called incorrect."""
        wrong = "correct" if self.edit.change == "decisive" else "incorrect"
        return self.grade.verdict == wrong


def near_copy_result(
    copies: NearCopies,
    runs: Sequence[Sequence[Outcome]],
    split: Split,
    *,
    command: str,
    today: date,
    version: str,
) -> NearCopyResult:
    """The rates of every grader's outcomes on the near copies of `split`."""
    return NearCopyResult(
        file=DataFile(name=copies.data.file, sha256=copies.data.sha256),
        split=split,
        rows=len(copies.data.cases),
        questions=len({case.question for case in copies.data.cases}),
        graders=tuple(grader_rates(copies, outcomes) for outcomes in runs),
        command=command,
        date=today,
        tutor=version,
    )


def grader_rates(copies: NearCopies, outcomes: Sequence[Outcome]) -> GraderRates:
    """The rates of one grader's outcomes on the near copies."""
    trials = trials_of(copies, outcomes)
    return GraderRates(
        grader=outcomes[0].grader,
        makers=makers_of(outcomes),
        ungraded=dict(Counter(o.error.type for o in outcomes if o.error is not None)),
        overall=rates(trials),
        splits=_by(lambda trial: trial.edit.split, trials),
        edits=_by(lambda trial: trial.edit.edit, trials),
        languages=_by(lambda trial: trial.language, trials),
    )


def trials_of(copies: NearCopies, outcomes: Sequence[Outcome]) -> list[Trial]:
    """The graded rows, in order."""
    return [
        Trial(copies.edits[outcome.id], outcome.language or "unnamed", outcome.grade)
        for outcome in outcomes
        if outcome.grade is not None
    ]


def rates(trials: Sequence[Trial]) -> Rates:
    """Decisive changes called correct; harmless ones called less than correct, or unsure."""
    decisive = [trial for trial in trials if trial.edit.change == "decisive"]
    harmless = [trial for trial in trials if trial.edit.change == "harmless"]
    return Rates(
        decisive_correct_and_sure=share(trial.is_passed_for_sure for trial in decisive),
        decisive_correct=share(trial.is_miss for trial in decisive),
        harmless_incorrect=share(trial.is_miss for trial in harmless),
        harmless_partial=share(trial.grade.verdict == "partial" for trial in harmless),
        harmless_unsure=share(trial.grade.unsure for trial in harmless),
        harmless_incorrect_or_unsure=share(
            trial.is_miss or trial.grade.unsure for trial in harmless
        ),
    )


def _by(key: Callable[[Trial], str], trials: Sequence[Trial]) -> dict[str, Rates]:
    parts: dict[str, list[Trial]] = {}
    for trial in trials:
        parts.setdefault(key(trial), []).append(trial)
    return {name: rates(part) for name, part in sorted(parts.items())}
