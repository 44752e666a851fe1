from __future__ import annotations

import json

import pytest

from evals.outcomes import Opinion, Outcome
from tutor.grading.grade import Feedback, Grade, Receipt

SCORES = {"incorrect": 0.0, "partial": 0.5, "correct": 1.0}


@pytest.fixture
def make_grade():
    def make(verdict, confidence=0.9, score=None, unsure=False, judge=None):
        return Grade(
            verdict=verdict,
            score=SCORES[verdict] if score is None else score,
            confidence=confidence,
            unsure=unsure,
            key_points=(),
            reasons=(),
            feedback=Feedback(language="en", summary=""),
            rating="good",
            receipt=Receipt(
                grader="fake",
                embedder="none",
                calibration="none",
                policy="standard",
                judge=judge,
                elapsed_ms=2.0,
            ),
        )

    return make


@pytest.fixture
def make_outcomes(make_grade):
    """Outcomes out of rows (question, human verdict, machine verdict or Failure, **grade)."""

    def make(rows, data="set", grader="fake"):
        outcomes = []
        for number, (question, human, machine, *options) in enumerate(rows):
            graded = isinstance(machine, str)
            outcomes.append(
                Outcome(
                    data=data,
                    grader=grader,
                    id=f"a{number}",
                    question=question,
                    language="en",
                    human=Opinion(verdict=human, score=SCORES[human]),
                    grade=make_grade(machine, **(options[0] if options else {}))
                    if graded
                    else None,
                    error=None if graded else machine,
                )
            )
        return tuple(outcomes)

    return make


@pytest.fixture
def write_cases(tmp_path):
    """Write rows (question, answer, fields) as a file of cases with the reference `right`."""

    def write(rows, name="set.jsonl"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8") as file:
            for number, (question, answer, fields) in enumerate(rows):
                row = {"id": f"a{number}", "question": question, "references": ["right"]}
                file.write(json.dumps({**row, "answer": answer, **fields}) + "\n")
        return path

    return write
