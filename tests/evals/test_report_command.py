from __future__ import annotations

import json

import pytest

from evals.commands import main

ROWS = [
    ("q1", "right", {"label": "correct", "lang": "en"}),
    ("q2", "wrong", {"label": "incorrect", "lang": "en"}),
    ("q3", "对", {"label": "correct", "lang": "zh"}),
]


@pytest.fixture
def graded(write_cases, tmp_path, monkeypatch, capsys):
    """A folder with results of two graders and their outcomes, and the file of cases."""
    monkeypatch.chdir(tmp_path)
    write_cases(ROWS)
    options = ["--resamples", "20", "--output", "out", "--outcomes", "graded.jsonl"]
    graders = ["--grader", "overlap", "--grader", "cosine"]
    assert main(["run", "--data", "set.jsonl", *graders, *options]) == 0
    capsys.readouterr()
    return ["report", "out/set-overlap.json", "out/set-cosine.json"]


EVIDENCE = ["--outcomes", "graded.jsonl", "--data", "set.jsonl"]


def test_one_report_is_written_in_three_ways(graded, tmp_path, capsys):
    ways = ["--html", "r/page.html", "--markdown", "r/page.md", "--json"]
    assert main([*graded, *EVIDENCE, *ways]) == 0
    out, err = capsys.readouterr()
    assert err.splitlines() == ["wrote r/page.html", "wrote r/page.md"]
    command = (
        "python -m evals report set-overlap.json set-cosine.json "
        "--outcomes graded.jsonl --data set.jsonl"
    )
    assert json.loads(out)["command"] == command
    for name in ("page.html", "page.md"):
        assert command in (tmp_path / "r" / name).read_text("utf-8")


def test_the_baseline_may_be_chosen(graded, capsys):
    assert main([*graded, "--baseline", "cosine", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["graders"] == ["cosine", "overlap"]


def test_the_terminal_takes_no_evidence(graded, capsys):
    assert main([*graded, *EVIDENCE]) == 2
    assert "add --html FILE" in capsys.readouterr().err


def test_strange_outcomes_are_one_line(graded, tmp_path, capsys):
    (tmp_path / "graded.jsonl").write_text("{}\n", "utf-8")
    assert main([*graded, *EVIDENCE, "--html", "page.html"]) == 1
    assert capsys.readouterr().err == (
        "error: graded.jsonl:1: not an outcome; name a file made by run --outcomes\n"
    )
