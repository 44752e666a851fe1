"""What a report says, before it is laid out: the same for HTML, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from evals.cases import Case
from evals.curves import Curves, curves_of
from evals.disagreements import Disagreement
from evals.metrics import METRICS, Estimate, pairs_of, sentence
from evals.outcomes import BriefOutcome
from evals.over_all import OverAll, over_all
from evals.result import Result, compare
from evals.slice_figures import SliceFigures, slice_figures
from tutor.errors import InvalidInputError

HEADLINES = (
    "accuracy", "macro_f1", "quadratic_kappa", "auroc", "accuracy_two_way", "accuracy_at_50",
)  # fmt: skip
"""The figures that a reader meets first."""

SPOKEN = HEADLINES[:4]
"""Those whose differences are put in words."""

NO_OUTCOMES = "give --outcomes FILE, made by run --outcomes, to see it"
NO_CASES = "give --data FILE, the file that was graded, and --outcomes FILE to see them"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Gap(_Value):
    """`other` minus `first`, on the cases that both graded, and what that says in words."""

    first: str
    other: str
    differences: dict[str, Estimate]
    sentences: tuple[str, ...]


class DataSet(_Value):
    """Every grader on one data set. What could not be made is empty, and `missing` says why."""

    name: str
    results: tuple[Result, ...]
    commands: dict[str, str]
    """The command that makes each grader's result again."""
    gaps: tuple[Gap, ...]
    curves: tuple[Curves, ...]
    slices: tuple[SliceFigures, ...]
    disagreed: dict[str, int]
    """Graded cases on which a grader and people disagree, by grader."""
    disagreements: tuple[Disagreement, ...]
    missing: dict[str, str]


class Report(_Value):
    """All data sets, and the graders over all of them."""

    graders: tuple[str, ...]
    sets: tuple[DataSet, ...]
    over_all: OverAll | None
    gaps: tuple[Gap, ...]
    """Over all data sets."""
    command: str
    date: date
    tutor: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is on one data set beside the results: outcomes by grader, and their cases.

    There are no `cases` where the file of cases is not at hand, or no outcome is.
    """

    outcomes: dict[str, tuple[BriefOutcome, ...]]
    cases: tuple[Case, ...]
    disagreements: tuple[Disagreement, ...]


def report_of(
    sets: Mapping[str, tuple[Sequence[Result], Evidence]],
    *,
    command: str,
    today: date,
    version: str,
) -> Report:
    """The report on results by data set, with what more there is on each."""
    parts = tuple(_data_set(name, *found) for name, found in sets.items())
    gaps = {part.name: {gap.other: gap.differences for gap in part.gaps} for part in parts}
    summary = over_all({part.name: part.results for part in parts}, gaps)
    return Report(
        graders=tuple(_graders(parts)),
        sets=parts,
        over_all=summary,
        gaps=() if summary is None else tuple(_gaps_over_all(parts, summary)),
        command=command,
        date=today,
        tutor=version,
    )


def command_of(result: Result) -> str:
    """The command that makes a result again, where its file of cases is at hand."""
    settings = result.settings
    options = {
        "--data": result.file.name,
        "--grader": result.grader,
        "--limit": settings.limit,
        "--seed": settings.resampling.seed,
        "--resamples": settings.resampling.resamples,
        "--correct-at": f"{settings.correct_at:g}",
        "--incorrect-below": f"{settings.incorrect_below:g}",
    }
    given = (f"{name} {value}" for name, value in options.items() if value is not None)
    return f"python -m evals run {' '.join(given)}"


def _data_set(name: str, results: Sequence[Result], evidence: Evidence) -> DataSet:
    outcomes = evidence.outcomes
    resampling = results[0].settings.resampling
    graded = {grader: pairs_of(found) for grader, found in outcomes.items()}
    return DataSet(
        name=name,
        results=tuple(results),
        commands={result.grader: command_of(result) for result in results},
        gaps=tuple(_gaps(results, outcomes)),
        curves=tuple(curves_of(grader, pairs) for grader, pairs in graded.items()),
        slices=slice_figures(evidence.cases, outcomes, resampling) if evidence.cases else (),
        disagreed={grader: int((~pairs.right).sum()) for grader, pairs in graded.items()},
        disagreements=evidence.disagreements,
        missing=dict(_missing(results, evidence)),
    )


def _missing(results: Sequence[Result], evidence: Evidence) -> Iterator[tuple[str, str]]:
    without = [r.grader for r in results if r.grader not in evidence.outcomes]
    if without:
        yield (
            "curves",
            f"Nothing is known of the single grades of {', '.join(without)}: " + (NO_OUTCOMES),
        )
    if not evidence.cases:
        yield "slices", f"The cases are needed for this: {NO_CASES}"
    if all(result.people is None for result in results):
        yield "people", "Nobody was asked twice here, so how far people agree is not known."


def _gaps(
    results: Sequence[Result], outcomes: Mapping[str, Sequence[BriefOutcome]]
) -> Iterator[Gap]:
    """Each later grader minus the first: as compared when they were run, else from the outcomes.

    Where neither is there the two are not compared.
    """
    first = results[0]
    for other in results[1:]:
        if other.grader in first.differences:
            turned = {n: _turned(e) for n, e in first.differences[other.grader].items()}
            yield _gap(first, other.grader, turned)
        elif first.grader in other.differences:
            yield _gap(first, other.grader, other.differences[first.grader])
        elif {first.grader, other.grader} <= outcomes.keys():
            sides = outcomes[other.grader], outcomes[first.grader]
            yield _gap(first, other.grader, compare(*sides, first.settings.resampling))


def _gap(first: Result, other: str, differences: dict[str, Estimate]) -> Gap:
    level = first.settings.resampling.level
    sentences = tuple(_sentences(differences, (other, first.grader), level))
    return Gap(first=first.grader, other=other, differences=differences, sentences=sentences)


def _graders(parts: Sequence[DataSet]) -> list[str]:
    """All graders, in the order that they have in the set with most of them."""
    fullest_first = sorted(parts, key=lambda part: -len(part.results))
    return list(dict.fromkeys(r.grader for part in fullest_first for r in part.results))


def _gaps_over_all(parts: Sequence[DataSet], summary: OverAll) -> Iterator[Gap]:
    first = next(part.results[0] for part in parts if part.name == summary.sets[0])
    return (_gap(first, other, differences) for other, differences in summary.gaps.items())


def _sentences(
    differences: Mapping[str, Estimate], sides: tuple[str, str], level: float
) -> Iterator[str]:
    for metric in METRICS:
        if metric.name in SPOKEN and metric.name in differences:
            yield sentence(metric, differences[metric.name], sides, level=level)


def _turned(gap: Estimate) -> Estimate:
    """The same difference seen from the other side."""

    def minus(value: float | None) -> float | None:
        return None if value is None else -value

    return Estimate(value=minus(gap.value), low=minus(gap.high), high=minus(gap.low), note=gap.note)


def by_data_set(results: Sequence[Result], baseline: str | None) -> dict[str, list[Result]]:
    """Results by the name of their data set, graders in the order in which they come first.

    `baseline` comes before all others. Raises `InvalidInputError` when it has no result, for two
    results of one grader on a set, and for files or settings that differ.
    """
    sets: dict[str, list[Result]] = {}
    for result in results:
        sets.setdefault(result.data, []).append(result)
    order = list(dict.fromkeys(result.grader for result in results))
    if baseline is not None and baseline not in order:
        raise InvalidInputError(f"baseline {baseline} has no result; use {', '.join(order)}")
    order.sort(key=lambda grader: grader != baseline)
    for name, found in sets.items():
        _check(name, found)
        found.sort(key=lambda result: order.index(result.grader))
    return sets


def _check(name: str, results: Sequence[Result]) -> None:
    twice = {a.grader for i, a in enumerate(results) for b in results[:i] if a.grader == b.grader}
    if twice:
        raise InvalidInputError(f"{name}: two results of {min(twice)}; keep one of them")
    first = results[0]
    for other in results[1:]:
        if (other.file.sha256, other.cases, other.settings) != (
            first.file.sha256, first.cases, first.settings,
        ):  # fmt: skip
            raise InvalidInputError(
                f"{name}: {first.grader} and {other.grader} were run on different cases or with "
                "different settings; run both again on one file with the same options"
            )
