from __future__ import annotations

from pathlib import Path

import pytest

from tutor.calibrating.answers import examine
from tutor.cli.verdicts import read_labelled
from tutor.grading.calibration import load_calibration
from tutor.grading.local import LocalGrader

OWN = Path(__file__).parents[2] / "evals" / "data" / "instructgpt.jsonl"


@pytest.fixture(scope="session")
def labelled():
    """The project's own data: 345 answers to 80 questions."""
    return read_labelled(str(OWN), 20_000)


@pytest.fixture(scope="session")
def start():
    return load_calibration()


@pytest.fixture(scope="session")
def grader(start):
    return LocalGrader(start)


@pytest.fixture(scope="session")
def answers(labelled, grader, start):
    return examine(labelled, grader, start)
