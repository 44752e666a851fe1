from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.cases import Cuts, read_cases
from evals.commands import main

FILES = Path(__file__).parent / "importing" / "files"
HEADER = "question,reference,answer,label\n"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    """No tutor.toml and no setting of the machine reaches the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TUTOR_EMBEDDER", raising=False)


def table(text, name="marks.csv"):
    Path(name).write_text(text, encoding="utf-8")
    return name


def run(format, *rest):
    return main(["import", format, *map(str, rest), "--output", "out/cases.jsonl"])


@pytest.mark.parametrize(
    ("format", "paths", "options", "cases", "questions"),
    [
        ("semeval", ["semeval"], [], 8, 2),
        ("mohler", ["unt"], [], 3, 2),
        ("saf", ["saf"], [], 4, 1),
        ("powergrading", ["powergrading"], [], 3, 2),
        ("csv", ["tables/teacher.csv"], ["--scale", "0", "5"], 4, 2),
        ("csv", ["tables/raters.csv"], ["--label", "wrong=incorrect"], 3, 2),
    ],
)
def test_what_is_imported_is_a_file_of_cases(format, paths, options, cases, questions, capsys):
    assert run(format, *(FILES / path for path in paths), *options) == 0
    printed = capsys.readouterr().err
    assert f"{cases} cases of {questions} question" in printed
    read = read_cases(Path("out/cases.jsonl"), Cuts()).cases
    assert len(read) == cases
    assert len({case.question for case in read}) == questions
    assert {case.language for case in read} <= {"en", "zh"}


def test_a_grader_runs_on_what_was_imported(capsys):
    assert run("csv", FILES / "tables" / "teacher.csv", "--scale", "0", "5") == 0
    arguments = ["--grader", "overlap", "--resamples", "20", "--output", "out"]
    assert main(["run", "--data", "out/cases.jsonl", *arguments]) == 0
    assert "4 cases of 2 questions" in capsys.readouterr().out


def test_what_is_stated_is_in_every_row():
    named = ["--dataset", "course", "--split", "2026", "--language", "en"]
    assert run("csv", table(HEADER + "q,r,a,correct\n"), *named) == 0
    row = json.loads(Path("out/cases.jsonl").read_text(encoding="utf-8"))
    assert (row["dataset"], row["split"], row["lang"]) == ("course", "2026", "en")


def test_bad_rows_are_named_and_counted_and_the_others_written(capsys):
    rows = "".join(f"q{n},r,a,meh\n" for n in range(12))
    assert run("csv", table(HEADER + "q,r,a,correct\n" + rows)) == 0
    printed = capsys.readouterr().err
    assert "marks.csv:3: label 'meh' is unknown" in printed
    assert "marks.csv:12: " in printed
    assert "marks.csv:13: " not in printed
    assert "... and 2 more such rows" in printed
    assert "bad rows, which are not in the file: 12" in printed
    assert len(Path("out/cases.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_strict_writes_nothing_where_a_row_is_bad(capsys):
    name = table(HEADER + "q,r,a,correct\nq,r,a,meh\n")
    assert run("csv", name, "--strict") == 1
    assert "error: bad rows: 1, and with --strict none is written" in capsys.readouterr().err
    assert list(Path("out").iterdir()) == []
    assert run("csv", table(HEADER + "q,r,a,correct\n"), "--strict") == 0


def test_an_import_that_fails_leaves_the_earlier_file(capsys):
    assert run("csv", table(HEADER + "q,r,a,correct\n")) == 0
    before = Path("out/cases.jsonl").read_bytes()
    assert run("csv", table(HEADER + 'q,r,b,correct\n"open,r,a,correct\n')) == 1
    assert "marks.csv:3: " in capsys.readouterr().err
    assert Path("out/cases.jsonl").read_bytes() == before
    assert [file.name for file in Path("out").iterdir()] == ["cases.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["csv", "none.csv"], "none.csv: is not there"),
        (["csv", "marks.csv", "--column", "answer"], "--column answer: is no pair"),
        (["csv", "marks.csv", "--label", "x=fine"], "--label x=fine: label 'fine' is unknown"),
        (["csv", "marks.csv", "--scale", "5", "0"], "--scale 5 0: write the lowest mark"),
        (["csv", "marks.csv", "--delimiter", "::"], "--delimiter ::: is not one character"),
        (["semeval", "marks.csv", "--column", "a=b"], "are for csv"),
        (["mohler", "marks.csv", "--scale", "0", "5"], "are for csv"),
        (["saf", "marks.csv", "--scale", "1", "5"], "SAF scores run from 0"),
        (["csv", "marks.csv"], "no row to write (there is none)"),
    ],
)
def test_a_mistake_is_one_line_and_exit_1(arguments, complaint, capsys):
    table(HEADER)
    assert run(*arguments) == 1
    printed = capsys.readouterr().err
    assert printed.startswith("error: ")
    assert complaint in printed
    assert printed.count("\n") == 1


def test_a_tab_may_be_spelt(capsys):
    rows = HEADER + "q,r,a,correct\n"
    assert run("csv", table(rows.replace(",", "\t")), "--delimiter", "tab") == 0
    capsys.readouterr()
    assert run("csv", table(rows), "--delimiter", "tab") == 1
    assert "no column for question; it has question,reference," in capsys.readouterr().err


def test_the_full_score_of_saf_may_be_told():
    # 2.5 of 5 is a half.
    assert run("saf", FILES / "saf" / "training", "--scale", "0", "5") == 0
    first = Path("out/cases.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert json.loads(first)["score"] == 0.5
