from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import evals
from evals.cases import Cuts, read_cases
from evals.compare_base import in_brief, read_side
from evals.outcomes import Failure, brief, content_of
from tutor.errors import InvalidInputError

FOLDER = Path(evals.__file__).parent
ASLEEP = Failure(type="model-error", detail="asleep")


@pytest.fixture
def outcomes(make_outcomes):
    rows = [
        ("q1", "correct", "partial", {"score": 1 / 3, "confidence": 0.1 + 0.2, "unsure": True}),
        ("问题", "incorrect", ASLEEP),
    ]
    return [replace(brief(one), content="c") for one in make_outcomes(rows)]


@pytest.fixture
def write(tmp_path):
    def written(text, name="set.jsonl"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_outcomes_in_brief_come_back_to_the_last_digit(outcomes, write):
    graded, failed = outcomes
    kept = replace(graded, grade=replace(graded.grade, elapsed_ms=None))
    assert read_side(write(in_brief(outcomes))) == (kept, failed)


def test_the_same_grades_are_the_same_text_whatever_their_order_and_time(outcomes):
    graded, failed = outcomes
    slower = replace(graded, grade=replace(graded.grade, elapsed_ms=9.0))
    assert in_brief([failed, slower]) == in_brief(outcomes)


def test_whole_outcomes_and_a_folder_of_files_are_read_too(outcomes, make_outcomes, write):
    whole = make_outcomes([("q", "correct", "correct")], data="other")
    path = write("".join(f"{one.model_dump_json()}\n" for one in whole), "whole.jsonl")
    assert read_side(path) == tuple(map(brief, whole))
    write(in_brief(outcomes), "brief.jsonl")
    assert [outcome.data for outcome in read_side(path.parent)] == ["set", "set", "other"]


def test_a_side_is_one_grader(make_outcomes, write):
    for name in ("one", "two"):
        found = [brief(o) for o in make_outcomes([("q", "correct", "correct")], grader=name)]
        path = write(in_brief(found), f"{name}.jsonl")
    with pytest.raises(InvalidInputError, match="outcomes of one, two; name those of one grader"):
        read_side(path.parent)


def test_an_empty_folder_is_told(tmp_path):
    with pytest.raises(InvalidInputError, match="outcomes of none"):
        read_side(tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        '["a0"]',
        '["a0","c","q","en","correct",1.0,"right",0.5,0.3,true,0,null]',
        '["a0","c","q","en","correct",1.0,"partial",0.5,0.3,true,7,null]',
    ],
)
def test_a_line_that_is_no_case_is_named(outcomes, write, line):
    head, *_ = in_brief(outcomes).splitlines()
    with pytest.raises(InvalidInputError, match=r"set\.jsonl:2: not a case"):
        read_side(write(f"{head}\n{line}\n"))


def test_the_committed_base_is_about_the_answers_as_they_are_now():
    base = read_side(FOLDER / "results" / "base")
    files = [
        FOLDER / "data" / f"{name}.jsonl" for name in ("cloze_fills", "instructgpt", "near_copies")
    ]
    now = {
        (file.name, case.id): (content_of(case), case.verdict, case.score)
        for file in (read_cases(path, Cuts()) for path in files)
        for case in file.cases
    }
    told = {(o.data, o.id): (o.content, o.human.verdict, o.human.score) for o in base}
    assert told == now, "the data has changed: make base"
    assert all(outcome.grade is not None for outcome in base)
