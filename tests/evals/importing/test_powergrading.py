"""The format: Basu et al. 2013, Powergrading-1.0: tab-separated, headings in the first row."""

from __future__ import annotations

import pytest

from evals.importing.powergrading import powergrading_rows
from tutor.errors import InvalidInputError

KEY = "Q#\tQuestion\tAnswers\n1\tWhat bites?\tdogs\n"
HEAD = "student\tQ#\tanswer\tG1\tG2\tG3\n"


def read(folder, lines, sorted_out):
    (folder / "key.tsv").write_text(KEY, encoding="utf-8")
    (folder / "answers.tsv").write_text(HEAD + lines, encoding="utf-8")
    return sorted_out(powergrading_rows([folder]))


def test_judges_and_their_majority_are_read(files, sorted_out):
    rows, bad, left_out = sorted_out(powergrading_rows([files / "powergrading"]))
    # Two of three judges say right: correct, with two thirds of the score.
    assert [(row.id, row.label, row.score) for row in rows] == [
        ("s-1.q1", "correct", pytest.approx(2 / 3)),
        ("s-1.q2", "correct", 1.0),
        ("s-2.q1", "incorrect", 0.0),
    ]
    assert rows[0].ratings == {"G1": "correct", "G2": "correct", "G3": "incorrect"}
    assert (bad, left_out) == ([], ["no judge graded the answer"])


def test_every_accepted_answer_is_a_reference(files, sorted_out):
    (first, second, _), _, _ = sorted_out(powergrading_rows([files / "powergrading"]))
    assert (first.question, first.references) == ("What bites?", ["the dog", "a dog"])
    assert second.references == ["the cat"]
    # Quotation marks are the learner's, and a line end is spelt.
    assert second.answer == 'a "cat"\ni think'


def test_a_judge_who_graded_nothing_has_no_rating(tmp_path, sorted_out):
    (row,), _, _ = read(tmp_path, "s\t1\tdogs\t1\t-1\t\n", sorted_out)
    assert (row.ratings, row.score) == ({"G1": "correct"}, 1.0)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("s\t1\tdogs\t1\t1\n", "5 cells, not 6"),
        ("s\t1\tdogs\t1\t2\t1\n", "grade '2' is none of 1, 0 and -1"),
        ("s\t9\tdogs\t1\t1\t1\n", "question 9 is not in the answer key"),
    ],
)
def test_a_bad_line_is_named(tmp_path, sorted_out, line, complaint):
    rows, (message,), _ = read(tmp_path, f"s\t1\tdogs\t1\t1\t1\n{line}", sorted_out)
    assert len(rows) == 1
    assert message.startswith(f"{tmp_path / 'answers.tsv'}:3: {complaint}")


@pytest.mark.parametrize(("name", "lacks"), [("key", "student answers"), ("answers", "question")])
def test_key_and_answers_are_both_needed(files, name, lacks):
    stem = {"key": "questions_answer_key", "answers": "studentanswers_grades_2"}[name]
    with pytest.raises(InvalidInputError, match=rf"no \.tsv with .*{lacks}"):
        list(powergrading_rows([files / "powergrading" / f"{stem}.tsv"]))
