from __future__ import annotations

import json
from datetime import date

import pytest

from evals.cases import Cuts, read_cases
from evals.metrics import Resampling
from evals.outcomes import Opinion, Outcome
from evals.report_contents import report_of
from evals.report_sources import evidence_of
from evals.result import RunSettings, summarise
from tutor.grading.grade import Feedback, Grade, Receipt

SCORES = {"incorrect": 0.0, "partial": 0.5, "correct": 1.0}
TODAY = date(2026, 11, 24)
SETTINGS = RunSettings(
    resampling=Resampling(resamples=20), limit=None, correct_at=0.85, incorrect_below=0.25
)


@pytest.fixture
def make_grade():
    def make(verdict, confidence=0.9, score=None, unsure=False, judge=None, **told):
        return Grade(
            verdict=verdict,
            score=SCORES[verdict] if score is None else score,
            confidence=confidence,
            unsure=unsure,
            key_points=told.get("key_points", ()),
            reasons=told.get("reasons", ()),
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


@pytest.fixture
def make_evidence(tmp_path, make_outcomes):
    """Results, a file of their outcomes and a file of their cases.

    `rows` are rows of the file of cases; `said` is by grader a list of verdicts or failures, or
    of (verdict, fields of the grade), one a row.
    """

    def make(rows, said, name="set"):
        data = tmp_path / f"{name}.jsonl"
        own = {"question": "why?", "references": ["right"], "answer": "x"}
        lines = (json.dumps({"id": f"a{n}", **own, **row}) for n, row in enumerate(rows))
        data.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        file = read_cases(data, Cuts())
        graded = [
            make_outcomes(
                [
                    (case.question, case.verdict, *(one if isinstance(one, tuple) else (one,)))
                    for case, one in zip(file.cases, verdicts, strict=True)
                ],
                data=file.name,
                grader=grader,
            )
            for grader, verdicts in said.items()
        ]
        outcomes = tmp_path / f"{name}-outcomes.jsonl"
        whole = (outcome for found in graded for outcome in found)
        outcomes.write_text("".join(f"{o.model_dump_json()}\n" for o in whole), "utf-8")
        results = [
            summarise(file, found, SETTINGS, others=graded[n + 1 :], today=TODAY, version="1")
            for n, found in enumerate(graded)
        ]
        return results, outcomes, data

    return make


@pytest.fixture
def make_report(make_evidence):
    """A report on what `make_evidence` makes, one data set a pair of rows and what was said."""

    def make(*sets, told=True, baseline=None):
        made = [make_evidence(*given, name=f"set{n}") for n, given in enumerate(sets)]
        evidence = evidence_of(
            [result for results, _, _ in made for result in results],
            [outcomes for _, outcomes, _ in made if told],
            [data for _, _, data in made if told],
            lambda line: pytest.fail(line),
            baseline,
        )
        return report_of(evidence, command="python -m evals report", today=TODAY, version="1")

    return make
