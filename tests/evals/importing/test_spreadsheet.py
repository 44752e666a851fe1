from __future__ import annotations

import csv

import pytest

from evals.cases import Cuts, case_of
from evals.importing.spreadsheet import Layout, spreadsheet_rows
from tutor.errors import InvalidInputError

HEADER = "question,reference,answer,"


@pytest.fixture
def read(tmp_path, sorted_out):
    """Read a table out of its text; gives rows, messages, and what was noted."""

    def read_text(text, notes=None, **layout):
        path = tmp_path / "marks.csv"
        path.write_text(text, encoding="utf-8")
        noted = [] if notes is None else notes
        rows, bad, _ = sorted_out(spreadsheet_rows([path], Layout(**layout), noted.append))
        return rows, bad

    return read_text


def test_a_teachers_spreadsheet_is_read(files, sorted_out):
    notes = []
    layout = Layout(scale=(0.0, 5.0))
    found = spreadsheet_rows([files / "tables" / "teacher.csv"], layout, notes.append)
    rows, bad, _ = sorted_out(found)
    # Marks 5, 1.5, 0 and 4.5 of 5; the second answer holds the delimiter in quotation marks.
    assert [row.score for row in rows] == [1.0, pytest.approx(0.3), 0.0, pytest.approx(0.9)]
    assert [row.id for row in rows] == ["teacher:2", "teacher:3", "teacher:4", "teacher:5"]
    assert rows[1].answer == "because it is cold; and air is in it"
    assert rows[2].answer == ""
    assert rows[3].references == ["冰的密度比水小。"]
    assert bad == []
    assert notes == [f"{files / 'tables' / 'teacher.csv'}: columns not used: Student"]


def test_raters_references_points_and_tags_are_read(files, sorted_out):
    layout = Layout(labels={"Wrong": "incorrect"})
    rows, bad, _ = sorted_out(
        spreadsheet_rows([files / "tables" / "raters.csv"], layout, lambda line: None)
    )
    assert bad == []
    assert [row.ratings for row in rows] == [
        {"Ann": "correct", "Bo": "correct"},
        {"Ann": "partial"},
        {"Ann": "incorrect", "Bo": "incorrect"},
    ]
    assert rows[0].references == ["water", "dihydrogen monoxide"]
    assert rows[0].tags == ["short", "chemistry"]
    assert (rows[1].question_id, rows[1].split) == ("q2", "test")
    assert rows[1].key_points == ["one acid", "another acid"]


def test_three_hundred_rows_are_three_hundred_cases(tmp_path, sorted_out):
    path = tmp_path / "class.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Question", "Model answer", "Response", "Points"])
        for number in range(300):
            writer.writerow([f"What is {number % 12}?", "a, or b", f"line\n{number}", number % 11])
    rows, bad, _ = sorted_out(spreadsheet_rows([path], Layout(scale=(0, 10)), pytest.fail))
    assert (len(rows), bad) == (300, [])
    cases = [case_of(row, Cuts(), row.id) for row in rows]
    assert len({case.question for case in cases}) == 12
    # Points 0 to 10 in turn: 300 = 27 * 11 + 3, so 0, 1 and 2 come 28 times and the rest 27.
    assert sum(round(case.score * 10) for case in cases) == 27 * 55 + (0 + 1 + 2)


def test_marks_of_raters_are_kept_on_their_scale(read):
    (row,), _ = read(HEADER + "rater:A,rater:B\nq,r,a,4,100%\n", scale=(0, 5))
    assert (row.ratings, row.scale) == ({"A": 4.0, "B": 5.0}, (0.0, 5.0))


def test_a_scale_may_start_above_zero(read):
    # 3 of 1 to 5 is in the middle, and so is 50 %.
    rows, _ = read(HEADER + "score\nq,r,a,3\nq,r,a,50%\n", scale=(1, 5))
    assert [row.score for row in rows] == [0.5, 0.5]


def test_marks_above_one_need_a_scale(read):
    # Of one row it could be a slip; but read as 0 to 1, a table out of 5 would lose most rows.
    for column in ("score", "rater:A"):
        with pytest.raises(InvalidInputError, match=r"marks\.csv:3: 4 is above 1; .*--scale 0 5"):
            read(HEADER + f"{column}\nq,r,a,0\nq,r,a,4\n")


def test_words_for_verdicts_may_be_told(read):
    text = HEADER + "label\nq,r,a,1\nq,r,a,FAIL\nq,r,a,部分正确\n"
    rows, bad = read(text, labels={"1": "correct", "fail": "incorrect"})
    assert [row.label for row in rows] == ["correct", "incorrect", "partial"]
    assert bad == []


def test_a_separator_cuts_references(read):
    (row,), _ = read(HEADER + "label\nq,one | two |,a,correct\n", separator="|")
    assert row.references == ["one", "two"]
    # A reference may hold any mark, so nothing is cut unless told.
    (row,), _ = read(HEADER + "label\nq,one | two,a,correct\n")
    assert row.references == ["one | two"]


def test_columns_of_other_names_are_told(read):
    (row,), _ = read(
        "F,M,T,G\nq,r,a,correct\n",
        columns=dict(zip(("question", "reference", "answer", "label"), "FMTG", strict=True)),
    )
    assert (row.question, row.references, row.answer, row.label) == ("q", ["r"], "a", "correct")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (",r,a,1", "question is empty"),
        ("q,,a,1", "reference is empty"),
        ("q,r,a,", "no label, score or ratings"),
        ("q,r,a,good", "'good' is no number and no known label"),
        ("q,r,a,-1", "-1 is outside the scale from 0 to 1"),
        ("q,r,a, b,1", "5 cells for 4 columns"),
    ],
)
def test_a_bad_row_is_named_by_line_and_the_others_are_read(read, tmp_path, line, complaint):
    rows, (message,) = read(HEADER + f'score\n"q\nq",r,a,1\n{line}\nq,r,a,0\n')
    assert [row.id for row in rows] == ["marks:2", "marks:5"]
    assert message.startswith(f"{tmp_path / 'marks.csv'}:4: ")
    assert complaint in message


def test_an_unknown_label_is_shown_on_one_line_and_cut_short(read):
    _, messages = read(HEADER + f'label\nq,r,a,"pas\nmal"\nq,r,a,{"x" * 41}\n')
    assert [message.split(": ", 1)[1].split(" is ")[0] for message in messages] == [
        r"label 'pas\nmal'",
        f"label '{'x' * 40}...'",
    ]


def test_a_header_of_two_lines_is_a_name_of_one(read):
    notes = []
    (row,), _ = read(
        'question,reference,"student\nanswer",label,"year\nof birth"\nq,r,a,correct,1999\n', notes
    )
    assert row.answer == "a"
    assert notes[0].endswith(": columns not used: year of birth")


def test_empty_cells_at_the_end_may_be_dropped_or_added(read):
    rows, bad = read(HEADER + "score,tags\nq,r,a,1\nq,r,a,1,x,,\n")
    assert ([row.tags for row in rows], bad) == ([[], ["x"]], [])
