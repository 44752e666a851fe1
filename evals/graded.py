"""Grading whole files for a command, with a bar that shows how far it is and what it cost."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from evals.cases import CaseFile, Cuts
from evals.configured import ConfiguredGrader
from evals.outcomes import BriefOutcome, Outcome, brief
from evals.running.identity import identity_of_ours, identity_of_own
from evals.running.journal import Journal, Kept
from evals.running.own_grader import OwnGrader
from evals.running.run import Run, outcomes
from evals.running.standing import Standing
from evals.terminal import progress
from tutor.grading.grade import Grader
from tutor.settings import Settings


def grade_with(file: CaseFile, graders: Mapping[str, Grader]) -> list[tuple[Outcome, ...]]:
    """The outcomes of every grader on a file, whole, in the order of graders and cases."""
    return [
        _in_order(file, Run(file.name, name, grader, at_once=_at_once(grader, None)))
        for name, grader in graders.items()
    ]


def runs_on(
    file: CaseFile,
    graders: Mapping[str, Grader],
    settings: Settings,
    cuts: Cuts,
    at_once: int | None = None,
) -> list[Run]:
    """A run of every grader on a file; `at_once` None leaves it to the grader."""
    return [
        Run(
            file.name,
            name,
            grader,
            identity_of_own(name, cuts)
            if isinstance(grader, OwnGrader)
            else identity_of_ours(name, settings),
            _at_once(grader, at_once),
        )
        for name, grader in graders.items()
    ]


def grade_on(
    file: CaseFile, run: Run, journal: Journal | None, kept: Kept
) -> tuple[BriefOutcome, ...]:
    """The outcomes of a run in the order of the cases: those that are kept, and the others made.

    Each that is made goes to the journal as it comes.
    """
    found = {
        case.id: kept.grades[place]
        for case in file.cases
        if (place := (run.data, run.name, case.id)) in kept.grades
    }
    standing = Standing(found.values())
    missing = [case for case in file.cases if case.id not in found]
    with progress(_title(run), len(file.cases), len(found)) as advance:
        for outcome in outcomes(run, missing):
            if journal is not None:
                journal.append(outcome)
            found[outcome.id] = brief(outcome)
            standing.count(found[outcome.id])
            advance(standing)
    return tuple(found[case.id] for case in file.cases)


def tutor_version() -> str:
    """Version of the package that graded."""
    try:
        return version("tutor")
    except PackageNotFoundError:
        return "checkout, not installed"


def _in_order(file: CaseFile, run: Run) -> tuple[Outcome, ...]:
    found: dict[str, Outcome] = {}
    standing = Standing()
    with progress(_title(run), len(file.cases)) as advance:
        for outcome in outcomes(run, file.cases):
            found[outcome.id] = outcome
            standing.count(brief(outcome))
            advance(standing)
    return tuple(found[case.id] for case in file.cases)


def _title(run: Run) -> str:
    return f"{run.data}, {run.name}"


def _at_once(grader: Grader, wanted: int | None) -> int:
    if wanted is not None:
        return wanted
    return grader.at_once if isinstance(grader, ConfiguredGrader) else 1
