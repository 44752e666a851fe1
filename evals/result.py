"""What a run leaves behind: the figures, and everything needed to make them again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from evals.cases import VERDICTS, CaseFile
from evals.files import read_bytes, write_text
from evals.metrics import Estimate, Pairs, Resampling, difference, measure, pairs_of
from evals.outcomes import AnyOutcome, BriefOutcome, brief
from evals.people import rater_pairs
from evals.running.standing import Spending, spending
from tutor.agreement import confusion
from tutor.errors import InvalidInputError
from tutor.grading.grade import Verdict


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DataFile(_Value):
    """A file of cases, and the SHA-256 of its bytes in hex."""

    name: str
    sha256: str


class RunSettings(_Value):
    """What was chosen for a run. `limit` is the size of the sample, None for all cases."""

    resampling: Resampling
    limit: int | None
    correct_at: float
    incorrect_below: float


class Maker(_Value):
    """Who graded `grades` of the cases, as their receipts say."""

    grader: str
    embedder: str
    calibration: str
    policy: str
    judge: str | None
    grades: int

    def __str__(self) -> str:
        judge = "" if self.judge is None else f"; judge {self.judge}"
        return (
            f"{self.grader}; embedder {self.embedder}; calibration {self.calibration}; "
            f"policy {self.policy}{judge}"
        )


class Milliseconds(_Value):
    """Time that one grade took."""

    median: float
    p95: float


class Part(_Value):
    """The cases of one language."""

    cases: int
    metrics: dict[str, Estimate]


class People(_Value):
    """Each rater against the majority of the others, pooled: the same metrics."""

    ratings: int
    metrics: dict[str, Estimate]


class Result(_Value):
    """One grader on one data set. `metrics` are over the graded cases only."""

    data: str
    file: DataFile
    grader: str
    makers: tuple[Maker, ...]
    cases: int
    questions: int
    languages: dict[str, Part]
    """Figures by language of the answer, where the data has several; empty otherwise."""
    verdicts_used: tuple[Verdict, ...]
    """The verdicts that people gave: macro-F1 is over these."""
    ungraded: dict[str, int]
    """Cases without a grade, by kind of failure."""
    metrics: dict[str, Estimate]
    confusion: dict[Verdict, dict[Verdict, int]]
    """Counts by the human's verdict, then by the grader's."""
    milliseconds: Milliseconds | None
    cost: Spending | None = None
    """What the grades, and the failures, took of paid models; None where none was asked."""
    people: People | None
    differences: dict[str, dict[str, Estimate]]
    """This grader minus another, on the cases that both graded, by the other's name."""
    settings: RunSettings
    date: date
    tutor: str
    """Version of the package."""

    @property
    def graded(self) -> int:
        return self.cases - sum(self.ungraded.values())


def summarise(
    data: CaseFile,
    outcomes: Sequence[AnyOutcome],
    settings: RunSettings,
    *,
    others: Sequence[Sequence[AnyOutcome]] = (),
    today: date,
    version: str,
) -> Result:
    """Figures of one grader's outcomes on the cases of `data`, in the same order.

    `others` are other graders' outcomes on the same cases, to be compared with.
    """
    found = [brief(outcome) for outcome in outcomes]
    pairs = pairs_of(found)
    return Result(
        data=data.name,
        file=DataFile(name=data.file, sha256=data.sha256),
        grader=found[0].grader,
        makers=makers_of(found),
        cases=len(found),
        questions=len({outcome.question for outcome in found}),
        languages=_by_language(found, settings.resampling),
        verdicts_used=pairs.verdicts_used,
        ungraded=dict(Counter(o.error for o in found if o.error is not None)),
        metrics=measure(pairs, settings.resampling),
        confusion=_confusion(pairs),
        milliseconds=_milliseconds(found),
        cost=spending(found),
        people=_people(data, settings.resampling),
        differences={
            other[0].grader: compare(found, other, settings.resampling) for other in others
        },
        settings=settings,
        date=today,
        tutor=version,
    )


def compare(
    first: Sequence[AnyOutcome], second: Sequence[AnyOutcome], resampling: Resampling
) -> dict[str, Estimate]:
    """first - second by metric, on the cases, matched by data set and id, that both graded.

    Raises `InvalidInputError` when the sides' human grades of a case differ.
    """
    graded = {(o.data, o.id): o for o in second if o.grade is not None}
    both = [o for o in first if o.grade is not None and (o.data, o.id) in graded]
    against = [graded[o.data, o.id] for o in both]
    for one, other in zip(both, against, strict=True):
        if one.human != other.human:
            raise InvalidInputError(
                f"case {one.id} of {one.data}: people's grades differ between the two sides; "
                "run both graders on one file with the same cuts"
            )
    return difference(pairs_of(both), pairs_of(against), resampling)


def makers_of(outcomes: Sequence[AnyOutcome]) -> tuple[Maker, ...]:
    """Who graded, as the receipts of the graded outcomes say, the busiest first."""
    grades = [grade for outcome in outcomes if (grade := brief(outcome).grade) is not None]
    counts = Counter(grade.made_by for grade in grades)
    return tuple(Maker(**by._asdict(), grades=n) for by, n in counts.most_common())


def write_result(path: Path, result: Result) -> None:
    """Write a result as JSON."""
    write_text(path, result.model_dump_json(indent=2) + "\n")


def read_result(path: Path) -> Result:
    """Read what `write_result` wrote; raises `InvalidInputError` for anything else."""
    wanted = "a file made by run"
    try:
        return Result.model_validate_json(read_bytes(path, wanted))
    except ValidationError as error:
        raise InvalidInputError(f"{path}: not a result; name {wanted}") from error


def _by_language(outcomes: Sequence[BriefOutcome], resampling: Resampling) -> dict[str, Part]:
    parts: dict[str, list[BriefOutcome]] = {}
    for outcome in outcomes:
        parts.setdefault(outcome.language or "unnamed", []).append(outcome)
    if len(parts) < 2:
        return {}
    return {
        language: Part(cases=len(part), metrics=measure(pairs_of(part), resampling))
        for language, part in sorted(parts.items())
    }


def _confusion(pairs: Pairs) -> dict[Verdict, dict[Verdict, int]]:
    table = confusion(pairs.human, pairs.other, scale=range(len(VERDICTS)))
    return {
        human: {other: int(table[row, column]) for column, other in enumerate(VERDICTS)}
        for row, human in enumerate(VERDICTS)
    }


def _milliseconds(outcomes: Sequence[BriefOutcome]) -> Milliseconds | None:
    taken = [o.grade.elapsed_ms for o in outcomes if o.grade is not None]
    elapsed = [one for one in taken if one is not None]
    if not elapsed:
        return None
    median, p95 = np.quantile(elapsed, [0.5, 0.95])
    return Milliseconds(median=round(float(median), 3), p95=round(float(p95), 3))


def _people(data: CaseFile, resampling: Resampling) -> People | None:
    pairs = rater_pairs(data.cases)
    if pairs is None:
        return None
    return People(ratings=pairs.size, metrics=measure(pairs, resampling))
