"""`python -m evals run` with a grader of one's own: stopped, killed, continued."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from evals.commands import main
from evals.outcomes import read_brief_outcomes

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    (f"q{n % 7}", f"answer {n}", {"label": "correct" if n % 3 else "partial"}) for n in range(90)
]

SOURCE = '''
import time
from pathlib import Path

def length(question, references, answer):
    """Odd lengths are right; every asking is noted."""
    with open("asked.txt", "a") as file:
        file.write(answer + "\\n")
    if Path("slowly").exists():
        time.sleep(0.004)
    if answer.endswith("7"):
        raise TimeoutError
    return {"score": len(answer) % 2, "input_tokens": 10, "output_tokens": 1, "money": 0.5}

def stopping(question, references, answer):
    if answer == "answer 3":
        raise KeyboardInterrupt
    return 1.0

def breaking(question, references, answer):
    return {"answer 3": 8}.get(answer, 1.0)
'''


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    (tmp_path / "mine.py").write_text(SOURCE, encoding="utf-8")
    yield
    sys.modules.pop("mine", None)


@pytest.fixture
def path(write_cases):
    return write_cases(ROWS)


def arguments(path, *options, grader="mine:length"):
    return ["run", "--data", str(path), "--grader", grader, "--resamples", "20", *options]


def asked():
    return Counter(Path("asked.txt").read_text().splitlines())


def figures(name):
    """A result without what a run may not share with another: times and dates."""
    result = json.loads(Path(name).read_text(encoding="utf-8"))
    return {
        field: value for field, value in result.items() if field not in ("milliseconds", "date")
    }


def test_a_grader_of_ones_own_is_measured(path, capsys):
    assert main(arguments(path, "--output", "out")) == 0
    result = figures("out/set-mine-length.json")
    # 9 answers end in 7. Of the others those below 10 have 8 characters and are called incorrect,
    # 8 of 9; the others have 9 and are called correct. People call those not divisible by 3 correct.
    assert result["ungraded"] == {"model-timeout": 9}
    right = sum(1 for n in range(10, 90) if n % 10 != 7 and n % 3)
    assert result["metrics"]["accuracy"]["value"] == pytest.approx(right / 81)
    assert result["metrics"]["brier"]["value"] is None
    assert result["cost"]["money"] == {"USD": 0.5 * 81}
    printed = capsys.readouterr().out
    assert "9 cases ungraded (model-timeout)" in printed
    assert "0 of them remembered; 810 tokens in, 81 out; 40.5000 USD" in printed


def test_outcomes_that_hold_are_reused_and_failures_tried_again(path, capsys):
    assert main(arguments(path, "--output", "a.json", "--outcomes", "o.jsonl")) == 0
    assert main(arguments(path, "--output", "b.json", "--outcomes", "o.jsonl")) == 0
    assert figures("b.json") == figures("a.json")
    again = {answer for answer, times in asked().items() if times > 1}
    assert again == {f"answer {n}" for n in range(7, 90, 10)}
    said = capsys.readouterr().err
    assert "o.jsonl: 81 of 90 grades are there and reused" in said
    assert "0 cases that changed, or whose grader did, and 9 that had no grade" in said


def test_many_at_once_change_no_figure(path):
    assert main(arguments(path, "--output", "a.json")) == 0
    several = ["--at-once", "4", "--outcomes", "o.jsonl"]
    assert main(arguments(path, "--output", "b.json", *several)) == 0
    assert figures("b.json") == figures("a.json")
    assert len(read_brief_outcomes(Path("o.jsonl"))) == 90


def test_a_run_that_is_stopped_says_how_to_go_on(path, capsys):
    assert main(arguments(path, "--output", "a.json", grader="mine:stopping")) == 130
    assert "with --outcomes FILE a run can go on later" in capsys.readouterr().err
    options = ["--output", "a.json", "--outcomes", "o.jsonl"]
    assert main(arguments(path, *options, grader="mine:stopping")) == 130
    assert "o.jsonl has what was graded" in capsys.readouterr().err
    assert [outcome.id for outcome in read_brief_outcomes(Path("o.jsonl"))] == ["a0", "a1", "a2"]
    assert not Path("a.json").exists()


def test_a_grader_that_returns_no_grade_stops_the_run_in_one_line(path, capsys):
    options = ["--output", "a.json", "--outcomes", "o.jsonl"]
    assert main(arguments(path, *options, grader="mine:breaking")) == 1
    error = capsys.readouterr().err
    assert "error: case a3 of set: mine:breaking returned a score of 8; divide" in error
    assert error.count("\n") == 1
    assert len(read_brief_outcomes(Path("o.jsonl"))) == 3


@pytest.mark.parametrize("grader", ["oracle", "mine:", ":f"])
def test_what_is_no_grader_is_wrong_usage(path, capsys, grader):
    assert main(arguments(path, grader=grader)) == 2
    assert "module:object" in capsys.readouterr().err.replace("\n", " ")


def test_the_data_itself_is_not_taken_for_a_file_of_outcomes(path, capsys):
    before = path.read_bytes()
    assert main(arguments(path, "--output", "a.json", "--outcomes", str(path))) == 1
    assert "not an outcome" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_two_files_of_one_name_are_refused(write_cases, tmp_path, capsys):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write_cases(ROWS[:2], name=f"{folder}/set.jsonl")
    assert main(arguments(tmp_path, "--output", "out")) == 1
    assert "two files of cases are called set" in capsys.readouterr().err


def test_five_kills_change_no_figure(path):
    assert main(arguments(path, "--output", "whole.json")) == 0
    Path("asked.txt").unlink()
    Path("slowly").touch()
    chance = random.Random(5)
    for _ in range(5):
        _killed_after(path, chance.randint(1, 15))
    Path("slowly").unlink()
    assert main(arguments(path, "--output", "parts.json", "--outcomes", "o.jsonl")) == 0
    assert figures("parts.json") == figures("whole.json")
    # A kill loses the one case that was under way; those that failed are tried again.
    graded = {answer: times for answer, times in asked().items() if not answer.endswith("7")}
    assert sum(graded.values()) <= len(graded) + 5
    lines = Counter(json.loads(line)["id"] for line in Path("o.jsonl").read_text().splitlines())
    assert all(times == 1 or case.endswith("7") for case, times in lines.items())


def _killed_after(path, more):
    """Run in a process of its own, and kill it when `more` lines have been added."""
    before = _lines()
    command = [sys.executable, "-m", "evals", *arguments(path, "--output", "parts.json")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": ""}
    with subprocess.Popen(
        [*command, "--outcomes", "o.jsonl"], env=environment, stderr=subprocess.DEVNULL
    ) as process:
        while _lines() < before + more:
            assert process.poll() is None, "it ended before it was killed"
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


def _lines():
    file = Path("o.jsonl")
    return file.read_bytes().count(b"\n") if file.exists() else 0
