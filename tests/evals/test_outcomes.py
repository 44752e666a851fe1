from __future__ import annotations

from dataclasses import replace

import pytest

from evals.cases import Case
from evals.outcomes import (
    Cost,
    Failure,
    brief,
    content_of,
    each_outcome,
    read_brief_outcomes,
)
from tutor.errors import InvalidInputError
from tutor.grading.grade import FirstGrade, JudgeReceipt, JudgeTokens
from tutor.grading.item import Item, PointSpec

ASLEEP = Failure(type="model-error", detail="asleep")


@pytest.fixture
def written(tmp_path):
    def write(*lines):
        path = tmp_path / "outcomes.jsonl"
        path.write_text("".join(lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def outcomes(make_outcomes):
    return make_outcomes([("q1", "correct", "partial"), ("q2", "incorrect", ASLEEP)])


def line(outcome):
    return outcome.model_dump_json() + "\n"


def test_outcomes_come_back_as_they_were_written(outcomes, written):
    path = written(*map(line, outcomes))
    assert tuple(each_outcome(path)) == outcomes
    assert read_brief_outcomes(path) == tuple(map(brief, outcomes))


def test_the_last_line_on_a_case_counts_in_the_place_of_the_first(outcomes, written):
    first, second = outcomes
    later = first.model_copy(update={"error": ASLEEP, "grade": None})
    path = written(line(first), line(second), line(later))
    assert read_brief_outcomes(path) == (brief(later), brief(second))


def test_a_line_that_a_killed_run_left_unfinished_is_dropped(outcomes, written):
    first, second = map(line, outcomes)
    for length in range(1, len(second) - 1):
        assert tuple(each_outcome(written(first, second[:length]))) == outcomes[:1]


def test_a_last_line_that_lacks_but_its_end_counts(outcomes, written):
    first, second = map(line, outcomes)
    assert tuple(each_outcome(written(first, second.rstrip()))) == outcomes


@pytest.mark.parametrize("content", ['{"id": 1}\n', '{"data": 1', "notes", '{"data":1}\n'])
def test_a_file_of_something_else_is_named(written, content):
    with pytest.raises(InvalidInputError, match=r"outcomes\.jsonl:1: not an outcome"):
        read_brief_outcomes(written(content))


def test_a_brief_outcome_has_what_statistics_need(outcomes):
    graded, failed = map(brief, outcomes)
    assert (graded.grade.verdict, graded.grade.score, graded.error) == ("partial", 0.5, None)
    assert (graded.grade.made_by.grader, graded.grade.elapsed_ms) == ("fake", 2.0)
    assert (failed.grade, failed.error) == (None, "model-error")
    assert brief(graded) is graded


def test_what_a_judge_took_is_read_off_its_receipt(make_outcomes):
    local = FirstGrade(verdict="correct", score=0.9, confidence=0.6, unsure=True)
    judge = JudgeReceipt(
        model="m", endpoint="e", local=local, tokens=JudgeTokens(input=30, output=4), money=0.2,
        currency="EUR", remembered=True,
    )  # fmt: skip
    (outcome,) = make_outcomes([("q", "correct", "correct", {"judge": judge})])
    assert brief(outcome).cost == Cost(30, 4, 0.2, "EUR", remembered=True)


def test_the_content_of_a_case_is_its_item_and_answer_and_not_what_people_say():
    case = Case("a", "q", Item("why?", ("right",)), "x", "en", "correct", 1.0, ())
    same = replace(case, id="b", question="other", verdict="partial", score=0.4)
    assert content_of(same) == content_of(case)
    others = [
        replace(case, answer="y"),
        replace(case, item=replace(case.item, question="how?")),
        replace(case, item=replace(case.item, references=("right", "true"))),
        replace(case, item=replace(case.item, key_points=(PointSpec("right", required=False),))),
    ]
    assert len({content_of(one) for one in [case, *others]}) == 5
