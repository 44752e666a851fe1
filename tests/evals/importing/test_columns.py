from __future__ import annotations

from pathlib import Path

import pytest

from evals.importing.columns import columns_of
from tutor.errors import InvalidInputError

FILE = Path("marks.csv")
NEEDED = ["question", "reference", "answer", "score"]


def find(header, **told):
    return columns_of(FILE, header, told)


def test_columns_are_found_by_their_names():
    assert find(NEEDED).at == {"question": 0, "reference": 1, "answer": 2, "score": 3}


@pytest.mark.parametrize(
    "header",
    [
        ["Question", "Model answer", "Student answer", "Marks"],
        ["QUESTION", "reference_answer", "RESPONSE", "points"],
        ["题目", "参考答案", "学生答案", "得分"],
    ],
)
def test_common_names_are_known_in_both_languages(header):
    assert find(header).at == {"question": 0, "reference": 1, "answer": 2, "score": 3}


def test_references_and_raters_may_have_several_columns():
    columns = find(["rater:Ann", "Reference 2", "reference_1", "question", "answer", "Rater: Bo"])
    assert columns.references == (1, 2)
    assert columns.raters == {"Ann": 0, "Bo": 5}


def test_what_is_told_goes_before_a_column_of_that_name():
    columns = find([*NEEDED, "typed"], answer="Typed")
    assert columns.at["answer"] == 4
    assert columns.unused == ("answer",)


def test_a_rater_may_be_told():
    columns = columns_of(FILE, ["question", "reference", "answer", "Ms Li"], {"rater:Li": "Ms Li"})
    assert columns.raters == {"Li": 3}


def test_columns_that_are_not_used_are_known():
    assert find([*NEEDED, "class", ""]).unused == ("class",)


@pytest.mark.parametrize("lacking", ["question", "reference", "answer"])
def test_a_missing_column_is_named_with_those_that_are_there(lacking):
    header = [name for name in NEEDED if name != lacking]
    with pytest.raises(InvalidInputError) as caught:
        find(header)
    assert str(caught.value) == (
        f"marks.csv: no column for {lacking}; it has {', '.join(header)}; say which it is: "
        f"--column {lacking}=NAME"
    )


@pytest.mark.parametrize(
    ("header", "told", "complaint"),
    [
        (NEEDED[:3], {}, "no column for label, score or rater:NAME"),
        ([*NEEDED, "marks"], {}, "'marks' is a second column for score"),
        (NEEDED, {"answer": "typed"}, "no column 'typed'; it has question, reference"),
        (NEEDED, {"reply": "answer"}, "'reply' is none of id, question_id, question"),
        (NEEDED, {"label": "score", "score": "score"}, "cannot be both label and score"),
    ],
)
def test_a_mistake_is_named(header, told, complaint):
    with pytest.raises(InvalidInputError) as caught:
        columns_of(FILE, header, told)
    assert complaint in str(caught.value)
