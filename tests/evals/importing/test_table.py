from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.importing.table import plain, read_table
from tutor.errors import InvalidInputError

KNOWN = {"question", "answer", "score"}


def read(folder, text, delimiter=None):
    path = folder / "t.csv"
    path.write_text(text, encoding="utf-8", newline="")
    table = read_table(path, KNOWN, delimiter, None)
    return table.header, [(record.line, record.cells) for record in table.records]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_that_which_shows_known_columns(tmp_path, delimiter):
    header, records = read(tmp_path, f"question{delimiter}score, of 5; or | of 9\na{delimiter}b\n")
    assert header[0] == "question"
    assert records[0][1][0] == "a"


def test_excels_own_line_names_the_delimiter_and_counts_as_a_line(tmp_path):
    assert read(tmp_path, "sep=;\nquestion;answer\na,b;c\n") == (
        ("question", "answer"),
        [(3, ["a,b", "c"])],
    )


def test_a_delimiter_may_be_told(tmp_path):
    assert read(tmp_path, "question,x#answer\na#b\n", "#")[0] == ("question,x", "answer")


def test_a_record_is_named_by_the_line_that_it_begins_on(tmp_path):
    text = 'question,answer\r\n"two\r\nlines",a\r\n\r\n,\r\nlast,b\r\n'
    # Lines 2 and 3 are one record; lines 4 and 5 are blank.
    assert read(tmp_path, text)[1] == [(2, ["two\nlines", "a"]), (6, ["last", "b"])]


def test_a_quotation_without_an_end_is_named_by_its_beginning(tmp_path):
    text = 'question,answer\na,b\n"open,c\nd,e\n'
    with pytest.raises(InvalidInputError, match=r"t\.csv:3: the record that begins here"):
        read(tmp_path, text)


def test_a_workbook_and_an_empty_file_are_refused(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"PK\x03\x04rest")
    with pytest.raises(InvalidInputError, match="is a workbook, not a table"):
        read_table(path, KNOWN, None, None)
    with pytest.raises(InvalidInputError, match="is empty"):
        read(tmp_path, "\n")


def test_names_are_compared_without_case_blanks_and_underscores():
    assert plain(" Student_Answer ") == plain("student  answer") == "student answer"
    assert plain("Rater：Ann") == "rater:ann"


CELL = st.text(alphabet=st.characters(exclude_characters="\r\0", exclude_categories=("Cs",)))


@given(st.lists(st.tuples(CELL, CELL), max_size=5), st.sampled_from(",;\t|"))
@settings(max_examples=60, deadline=None)
def test_what_a_spreadsheet_writes_is_read_back(tmp_path_factory, rows, delimiter):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([("question", "answer"), *rows])
    _, records = read(tmp_path_factory.mktemp("t"), out.getvalue())
    assert [tuple(cells) for _, cells in records] == [
        row for row in rows if any(cell.strip() for cell in row)
    ]
