"""The format: README of the UNT data, version 2.0; as attachment of aclanthology.org/P11-1076."""

from __future__ import annotations

import shutil

import pytest

from evals.importing.mohler import mohler_rows
from tutor.errors import InvalidInputError


@pytest.fixture
def release(files, tmp_path):
    return shutil.copytree(files / "unt", tmp_path / "unt")


def test_both_grades_and_the_average_are_read(files, sorted_out):
    rows, bad, left_out = sorted_out(mohler_rows([files / "unt"]))
    assert [(row.id, row.ratings, row.scale, row.score) for row in rows] == [
        ("1.1.0", {"me": 5.0, "other": 4.0}, (0.0, 5.0), 0.9),
        ("1.1.1", {"me": 1.0, "other": 0.0}, (0.0, 5.0), 0.1),
        # An exam: its graders have ten points, the average five.
        ("11.1.0", {"me": 10.0, "other": 7.5}, (0.0, 10.0), 0.9),
    ]
    assert bad == []
    assert left_out == ["the authors leave the question out (# in docs/files)"]


def test_texts_are_cleaned(files, sorted_out):
    (first, second, exam), _, _ = sorted_out(mohler_rows([files / "unt"]))
    assert first.question == "What is a stack?"
    assert first.references == ["A list with access at one end."]
    assert first.answer == "Last in, first out."
    assert second.answer == "A list where x < y holds"
    # Its apostrophe was encoded twice.
    assert exam.answer == "The student’s node has no children"


def test_the_data_folder_and_cleaned_sentences_are_read_as_well(release, sorted_out):
    raw, _, _ = sorted_out(mohler_rows([release / "data"]))
    (release / "data" / "raw").rename(release / "data" / "sent")
    texts = release / "data" / "sent" / "1.1"
    texts.write_text("1.1 Last in , first out . <STOP>\n1.1 f -LRB- x -RRB- <STOP>\n")
    sent, _, _ = sorted_out(mohler_rows([release]))
    assert [row.id for row in sent] == [row.id for row in raw]
    assert [row.answer for row in sent][:2] == ["Last in , first out .", "f ( x )"]


def test_without_a_list_every_question_is_read_in_order(release, sorted_out):
    (release / "data" / "docs" / "files").unlink()
    rows, _, left_out = sorted_out(mohler_rows([release]))
    assert [row.id for row in rows] == ["1.1.0", "1.1.1", "1.2.0", "11.1.0"]
    assert left_out == []


def test_a_grade_that_is_no_number_is_named(release, sorted_out):
    (release / "data" / "scores" / "1.1" / "me").write_text("5\nn/a\n")
    rows, (message,), _ = sorted_out(mohler_rows([release]))
    assert len(rows) == 2
    assert message.startswith(f"{release / 'data' / 'raw' / '1.1'}:2: grade 'n/a' in me")


def test_a_question_without_text_is_named(release, sorted_out):
    (release / "data" / "raw" / "questions").write_text("1.1 What is a stack?\n")
    rows, (message,), _ = sorted_out(mohler_rows([release]))
    assert len(rows) == 2
    assert "question 11.1 is not in questions and answers" in message


def test_grades_that_do_not_match_the_answers_are_refused(release):
    # By the line number alone, the wrong grade would stand beside an answer.
    (release / "data" / "scores" / "1.1" / "ave").write_text("4.5\n")
    with pytest.raises(InvalidInputError, match=r"2 answers and 1 grades in scores/1\.1/ave"):
        list(mohler_rows([release]))


def test_another_folder_is_refused(tmp_path):
    with pytest.raises(InvalidInputError, match="no raw and scores below it"):
        list(mohler_rows([tmp_path]))
