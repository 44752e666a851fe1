from __future__ import annotations

from datetime import date

import pytest

from evals.cases import Cuts, read_cases
from evals.metrics import Resampling
from evals.outcomes import Failure
from evals.result import RunSettings, compare, read_result, summarise, write_result
from tutor.errors import InvalidInputError
from tutor.grading.grade import FirstGrade, JudgeReceipt

SETTINGS = RunSettings(
    resampling=Resampling(resamples=20), limit=None, correct_at=0.85, incorrect_below=0.25
)

ROWS = [("q1", "correct", "correct"), ("q1", "partial", "correct"), ("q2", "incorrect", "partial")]
NOT_GRADED = Failure(type="model-error", detail="asleep")


@pytest.fixture
def data(write_cases):
    cases = [(f"q{n}", "x", {"ratings": {"a": "correct", "b": "correct"}}) for n in range(4)]
    return read_cases(write_cases(cases), Cuts())


def summary(data, outcomes, **options):
    return summarise(data, outcomes, SETTINGS, today=date(2026, 1, 2), version="1.0", **options)


def test_a_result_says_what_was_measured_with_what(data, make_outcomes):
    found = summary(data, make_outcomes([*ROWS, ("q3", "correct", NOT_GRADED)]))
    assert (found.cases, found.graded, found.questions) == (4, 3, 3)
    assert found.ungraded == {"model-error": 1}
    assert found.file.sha256 == data.sha256
    assert [(maker.grader, maker.grades) for maker in found.makers] == [("fake", 3)]
    assert found.milliseconds.median == 2.0
    assert found.verdicts_used == ("incorrect", "partial", "correct")
    assert found.confusion["partial"] == {"incorrect": 0, "partial": 0, "correct": 1}
    assert found.metrics["accuracy"].value == pytest.approx(1 / 3)


def test_the_human_ceiling_stands_in_the_result(data, make_outcomes):
    people = summary(data, make_outcomes(ROWS)).people
    assert people.ratings == 8
    assert people.metrics["accuracy"].value == 1.0


def test_grades_of_a_cascade_are_counted_by_who_made_them(data, make_outcomes):
    local = FirstGrade(verdict="correct", score=0.9, confidence=0.6, unsure=True)
    judge = JudgeReceipt(model="big", endpoint="http://localhost/v1", local=local)
    rows = [("q1", "correct", "correct", {"judge": judge}), *ROWS]
    makers = summary(data, make_outcomes(rows)).makers
    assert [(maker.judge, maker.grades) for maker in makers] == [(None, 3), ("big", 1)]


def test_other_graders_are_compared_on_what_both_graded(data, make_outcomes):
    ours = make_outcomes([*ROWS, ("q3", "correct", NOT_GRADED)], grader="ours")
    theirs = make_outcomes(
        [ROWS[0], ("q1", "partial", NOT_GRADED), ROWS[2], ("q3", "correct", "incorrect")],
        grader="theirs",
    )
    found = summary(data, ours, others=[theirs])
    # Both graded the first and third row and said the same.
    assert found.differences["theirs"]["accuracy"].value == 0.0
    assert compare(theirs, ours, SETTINGS.resampling)["accuracy"].value == 0.0


def test_a_result_comes_back_as_it_was_written(data, make_outcomes, tmp_path):
    found = summary(data, make_outcomes(ROWS))
    path = tmp_path / "new" / "result.json"
    write_result(path, found)
    assert read_result(path) == found


def test_a_file_of_something_else_is_refused(tmp_path):
    path = tmp_path / "other.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(InvalidInputError, match="not a result"):
        read_result(path)


def test_figures_by_language(data, make_outcomes):
    outcomes = make_outcomes([*ROWS, ("q3", "correct", "correct")])
    assert summary(data, outcomes).languages == {}
    chinese = [outcomes[0].model_copy(update={"language": "zh"}), *outcomes[1:]]
    parts = summary(data, chinese).languages
    assert {name: part.cases for name, part in parts.items()} == {"en": 3, "zh": 1}
    assert parts["zh"].metrics["accuracy"].value == 1.0
    assert parts["en"].metrics["accuracy"].value == pytest.approx(1 / 3)


def test_sides_that_people_graded_differently_are_not_compared(make_outcomes):
    one = make_outcomes([("q", "correct", "correct")])
    other = make_outcomes([("q", "partial", "correct")])
    with pytest.raises(InvalidInputError, match="case a0 of set: people's grades differ"):
        compare(one, other, SETTINGS.resampling)
