from __future__ import annotations

import pytest

from evals.cases import Cuts, read_cases
from evals.runner import read_outcomes, run, write_outcomes
from tutor.errors import InvalidInputError, ModelError


class Fussy:
    """Grades right answers correct, remembers what it saw, and fails on an empty answer."""

    def __init__(self, make_grade):
        self.asked = []
        self._make_grade = make_grade

    def grade(self, item, answer, language=None):
        self.asked.append((item.question, answer))
        if not answer:
            raise ModelError("the model is asleep; wake it")
        return self._make_grade("correct" if answer in item.references else "incorrect")


@pytest.fixture
def outcomes(make_grade, write_cases):
    rows = [
        ("q1", "right", {"label": "correct"}),
        ("q1", "", {"label": "incorrect"}),
        ("q2", "wrong", {"label": "partial", "lang": "en"}),
    ]
    data = read_cases(write_cases(rows), Cuts())
    grader, ticks = Fussy(make_grade), []
    found = run(data, "fussy", grader, lambda: ticks.append(1))
    assert grader.asked == [("q1", "right"), ("q1", ""), ("q2", "wrong")]
    assert len(ticks) == 3
    return found


def test_a_case_that_cannot_be_graded_is_named_and_stops_nothing(outcomes):
    assert [outcome.grade and outcome.grade.verdict for outcome in outcomes] == [
        "correct",
        None,
        "incorrect",
    ]
    failure = outcomes[1].error
    assert (failure.type, failure.detail) == ("model-error", "the model is asleep; wake it")
    assert outcomes[0].error is None


def test_a_bug_in_a_grader_is_not_taken_for_a_failure(write_cases):
    class Broken:
        def grade(self, item, answer, language=None):
            raise KeyError("bug")

    data = read_cases(write_cases([("q", "a", {"score": 1.0})]), Cuts())
    with pytest.raises(KeyError):
        run(data, "broken", Broken(), lambda: None)


def test_outcomes_come_back_as_they_were_written(outcomes, tmp_path):
    path = tmp_path / "outcomes.jsonl"
    write_outcomes(path, outcomes)
    assert read_outcomes(path) == outcomes


def test_a_file_of_something_else_is_named(tmp_path):
    path = tmp_path / "other.jsonl"
    path.write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(InvalidInputError, match=r"other\.jsonl:1: not an outcome"):
        read_outcomes(path)
