from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import tutor.cli.batch
from tests.cli import fake_grader
from tutor.grading.grade import Grade
from tutor.grading.item import PointSpec

ROOT = Path(__file__).parents[2]
FAKE = [sys.executable, fake_grader.__file__]


def line(**fields) -> bytes:
    record = {"id": "1", "question": "Q?", "references": ["R."], "answer": "right", **fields}
    return json.dumps(record).encode() + b"\n"


def lines_of(text: str) -> list[dict]:
    return [json.loads(each) for each in text.splitlines()]


def test_a_line_in_is_a_line_out_in_the_same_order(call):
    outcome = call("grade", stdin=line(id="a") + line(id=2, answer="half") + line(id="c"))
    results = lines_of(outcome.out)
    assert outcome.status == 0
    assert [(each["id"], each["verdict"]) for each in results] == [
        ("a", "correct"),
        (2, "partial"),
        ("c", "correct"),
    ]
    assert set(results[0]) == {"id", *Grade.model_fields}


def test_a_bad_line_becomes_an_error_line_and_stops_nothing(call):
    outcome = call("grade", stdin=line() + b"{broken\n" + line(id="3"))
    first, second, third = lines_of(outcome.out)
    assert outcome.status == 1
    assert first["verdict"] == third["verdict"] == "correct"
    assert second["id"] is None
    assert second["error"]["type"] == "invalid-input"
    assert second["error"]["detail"].startswith("line 2: ")
    assert set(second) == {"id", "error"}
    assert outcome.err == (
        "tutor: error: 1 of 3 lines could not be graded; each says why in the output\n"
    )


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        (b"[1]\n", "a list is not an object"),
        (b"null\n", "null is not an object"),
        (b'"text"\n', "a string is not an object"),
        (b"[" * 100_000 + b"\n", "not JSON"),
        (b'{"id": ' + b"9" * 5000 + b"}\n", "not JSON"),
        (b'{"id": NaN}\n', "NaN is not JSON"),
        (b'{"id": "\xff"}\n', "byte 9 is not UTF-8"),
        (b'{"question": "Q"}\n', '"id" is missing'),
        (line(id=None), '"id" is null'),
        (line(id=[1]), '"id" is a list'),
        (line(id=True), '"id" is a boolean'),
        (line(question=3), '"question" is a number'),
        (line(question=" "), "question is empty"),
        (line(answer=None), '"answer" is null'),
        (line(answer="x" * 20_001), "20001 characters"),
        (line(answer="\ud800"), "U+D800"),
        (line(references="R"), '"references" is a string'),
        (line(references=[]), "references is empty"),
        (line(references=[3]), '"references" holds a number'),
        (line(references=[""]), "references[0] is empty"),
        (line(key_points="x"), '"key_points" is a string'),
        (line(key_points=[3]), '"key_points" holds a number'),
        (line(key_points=[{"text": "x", "required": "no"}]), '"key_points" holds an object'),
        (line(kind="essay"), '"kind" is "essay"'),
        (line(kind=["free"]), '"kind" is ["free"]'),
    ],
)
def test_what_is_wrong_with_a_line_is_said(call, bad, named):
    outcome = call("grade", stdin=bad)
    (result,) = lines_of(outcome.out)
    assert outcome.status == 1
    assert named in result["error"]["detail"]
    assert result["error"]["detail"].startswith("line 1: ")


@pytest.mark.parametrize("name", ["question", "references", "answer"])
def test_a_missing_field_is_named(call, name):
    record = json.loads(line())
    del record[name]
    (result,) = lines_of(call("grade", stdin=json.dumps(record).encode()).out)
    assert result["id"] == "1"
    assert f'"{name}" is missing' in result["error"]["detail"]


def test_what_the_grader_cannot_grade_is_an_error_with_its_type(call):
    (result,) = lines_of(call("grade", stdin=line(answer="broken")).out)
    assert result["error"]["type"] == "model-error"


def test_a_line_beyond_the_limit_is_an_error_and_the_next_is_graded(call, monkeypatch):
    monkeypatch.setattr(tutor.cli.batch, "LINE_LIMIT", 200)
    long, short = lines_of(call("grade", stdin=line(answer="x" * 1000) + line(id="2")).out)
    assert long["error"]["type"] == "too-large"
    assert short["verdict"] == "correct"


def test_blank_lines_are_left_out_but_counted(call):
    outcome = call("grade", stdin=b"\n" + line() + b"  \r\n" + b"x\n")
    good, bad = lines_of(outcome.out)
    assert good["verdict"] == "correct"
    assert bad["error"]["detail"].startswith("line 4: ")


def test_a_byte_order_mark_on_the_first_line_is_fine(call):
    assert call("grade", stdin=b"\xef\xbb\xbf" + line()).status == 0


def test_an_empty_input_gives_an_empty_output(call):
    outcome = call("grade")
    assert (outcome.status, outcome.out) == (0, "")


def test_the_item_reaches_the_grader_whole_and_other_fields_are_ignored(call, grader):
    points = ["one", {"text": "two", "required": False}, {"text": "three"}]
    call("grade", stdin=line(key_points=points, kind="cloze", human="correct"))
    ((item, answer, _),) = grader.asked
    assert item.key_points == (PointSpec("one"), PointSpec("two", False), PointSpec("three"))
    assert (item.kind, item.references, answer) == ("cloze", ("R.",), "right")


def test_files_are_read_and_written(call, home):
    (home / "in.jsonl").write_bytes(line() + line(id="2"))
    outcome = call("grade", "--input", "in.jsonl", "--output", "out.jsonl")
    assert (outcome.status, outcome.out) == (0, "")
    assert len((home / "out.jsonl").read_text().splitlines()) == 2
    assert not (home / "out.jsonl.partial").exists()


def test_one_file_cannot_be_input_and_output(call, home):
    (home / "in.jsonl").write_bytes(line())
    os.symlink("in.jsonl", home / "link.jsonl")
    for name in ("in.jsonl", "./in.jsonl", "link.jsonl"):
        outcome = call("grade", "--input", "in.jsonl", "--output", name)
        assert outcome.status == 2
        assert "is the input too" in outcome.err
    assert (home / "in.jsonl").read_bytes() == line()


def test_a_missing_input_leaves_the_output_as_it_was(call, home):
    (home / "out.jsonl").write_text("old")
    outcome = call("grade", "--input", "none.jsonl", "--output", "out.jsonl")
    assert outcome.status == 1
    assert outcome.err == ("tutor: error: none.jsonl: cannot be read: No such file or directory\n")
    assert (home / "out.jsonl").read_text() == "old"


def test_an_output_that_cannot_be_written_is_one_line(call, home):
    (home / "in.jsonl").write_bytes(line())
    outcome = call("grade", "--input", "in.jsonl", "--output", "none/out.jsonl")
    assert outcome.status == 1
    assert outcome.err.startswith("tutor: error: ")
    assert outcome.err.count("\n") == 1


def test_always_needs_a_judge(call):
    outcome = call("grade", "--judge", "always", stdin=line())
    assert outcome.status == 2
    assert "no judge" in outcome.err


def test_a_policy_is_in_the_receipts(call, monkeypatch):
    def policy(*options):
        return lines_of(call("grade", *options, stdin=line()).out)[0]["receipt"]["policy"]

    monkeypatch.setenv("TUTOR_POLICY", "strict")
    assert (policy(), policy("--policy", "lenient")) == ("strict", "lenient")
    assert call("grade", "--policy", "harsh", stdin=line()).status == 2


def test_strictness_is_learned_from_verdicts_before_grading(call, home):
    ruled = line(verdict="partial") + b"\n" + line(label="correct", id=None)
    (home / "ruled.jsonl").write_bytes(b"\xef\xbb\xbf" + ruled)
    outcome = call("grade", "--verdicts", "ruled.jsonl", "--policy", "strict", stdin=line() * 2)
    receipts = [each["receipt"] for each in lines_of(outcome.out)]
    assert [each["calibration"] for each in receipts] == ["fake+2"] * 2
    assert [each["policy"] for each in receipts] == ["strict"] * 2


def test_no_verdicts_are_the_policy(call, home):
    (home / "ruled.jsonl").write_bytes(b"")
    (graded,) = lines_of(call("grade", "--verdicts", "ruled.jsonl", stdin=line()).out)
    assert graded["receipt"]["calibration"] == "fake+0"


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        (line(), '"verdict" is missing; add correct, partial or incorrect'),
        (line(verdict="right"), "\"verdict\" is 'right'; use correct, partial or incorrect"),
        (line(label=None), '"label" is None; use correct, partial or incorrect'),
        (line(verdict="correct", answer=" " * 20_001), "20001 characters"),
        (line(verdict="correct", references=[]), "references is empty; send at least one"),
        (b"not JSON\n", "not JSON at column 1"),
    ],
)
def test_a_line_of_verdicts_that_cannot_be_used_is_named(call, home, bad, named):
    (home / "ruled.jsonl").write_bytes(line(verdict="correct") + bad)
    outcome = call("grade", "--verdicts", "ruled.jsonl", stdin=line())
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err.startswith("tutor: error: ruled.jsonl:2: ")
    assert named in outcome.err
    assert outcome.err.count("\n") == 1


def test_verdicts_that_are_not_there_are_one_line(call):
    outcome = call("grade", "--verdicts", "none.jsonl", stdin=line())
    assert outcome.err == "tutor: error: none.jsonl: cannot be read: No such file or directory\n"


def test_verdicts_and_answers_cannot_both_come_over_the_pipe(call):
    assert call("grade", "--verdicts", "-", stdin=line(verdict="correct")).status == 2


def test_nothing_is_stored_unless_asked(call):
    call("grade", stdin=line())
    assert json.loads(call("reviews", "--json").out) == []


def test_recorded_grades_are_reviews(call):
    assert call("grade", "--record", stdin=line() + line(id="2", answer="half")).status == 0
    stored = json.loads(call("reviews", "--json").out)
    assert [review["grade"]["verdict"] for review in stored] == ["partial", "correct"]


def test_a_pipe_sees_each_result_before_the_next_line_is_sent(home):
    with subprocess.Popen(
        [*FAKE, "grade"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as process:
        for number in range(3):
            process.stdin.write(line(id=number))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(10) == 0


def test_a_reader_that_goes_away_is_no_error_message(home):
    many = "".join(line(id=number).decode() for number in range(2000))
    (home / "in.jsonl").write_text(many)
    with subprocess.Popen(
        [*FAKE, "grade", "--input", str(home / "in.jsonl")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_an_interrupted_run_keeps_the_old_output_and_what_it_had_done(home):
    (home / "out.jsonl").write_text("old")
    with subprocess.Popen(
        [*FAKE, "grade", "--output", str(home / "out.jsonl")],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        partial = home / "out.jsonl.partial"
        process.stdin.write(line())
        process.stdin.flush()
        _wait_until(lambda: partial.exists() and partial.stat().st_size > 0)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert b"Traceback" not in process.stderr.read()
    assert (home / "out.jsonl").read_text() == "old"
    assert lines_of(partial.read_text())[0]["verdict"] == "correct"


def test_a_pipe_as_output_is_written_and_stays_a_pipe(home):
    os.mkfifo(home / "pipe")
    (home / "in.jsonl").write_bytes(line())
    command = [*FAKE, "grade", "--input", str(home / "in.jsonl"), "--output", str(home / "pipe")]
    with subprocess.Popen(command, cwd=ROOT) as process:
        reader = os.open(home / "pipe", os.O_RDONLY | os.O_NONBLOCK)
        assert process.wait(10) == 0
        assert lines_of(os.read(reader, 10_000).decode())[0]["verdict"] == "correct"
        os.close(reader)
    assert stat.S_ISFIFO((home / "pipe").stat().st_mode)


def _wait_until(condition) -> None:
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("waited for ten seconds")
