"""Grading whole files for a command, with a bar that shows how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version

from evals.cases import CaseFile
from evals.configured import ConfiguredGrader
from evals.runner import Outcome, run
from evals.terminal import progress
from tutor.grading.grade import Grader


def grade_with(file: CaseFile, graders: Mapping[str, Grader]) -> list[tuple[Outcome, ...]]:
    """The outcomes of every grader on a file, in the order of the graders."""
    runs = []
    for name, grader in graders.items():
        with progress(f"{file.name}, {name}", len(file.cases)) as advance:
            at_once = grader.at_once if isinstance(grader, ConfiguredGrader) else 1
            runs.append(run(file, name, grader, advance, at_once=at_once))
    return runs


def tutor_version() -> str:
    """Version of the package that graded."""
    try:
        return version("tutor")
    except PackageNotFoundError:
        return "checkout, not installed"
