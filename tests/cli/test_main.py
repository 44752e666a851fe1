"""The command as a whole: exit codes, one line for a failure, and what is imported when."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli import fake_grader

ROOT = Path(__file__).parents[2]
TUTOR = [sys.executable, "-m", "tutor.cli.main"]
HEAVY = {
    "alembic", "fastapi", "numpy", "openai", "opencc", "pydantic", "rich", "sqlalchemy", "torch",
    "uvicorn",
}  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], set()),
        (["--version"], set()),
        (["selftest", "--help"], {"pydantic"}),  # typer itself uses it for a command's options
        (["cards", "check", "-h"], {"pydantic"}),
    ],
)
def test_help_loads_no_heavy_module(home, arguments, allowed):
    program = f"""
import sys
from tutor.cli.main import run
try:
    run({arguments!r})
finally:
    sys.stderr.write(" ".join(sys.modules))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout
    assert {name.split(".")[0] for name in done.stderr.split()} & HEAVY <= allowed


def test_the_version_is_said(call):
    outcome = call("--version")
    assert outcome.status == 0
    assert outcome.out.startswith("tutor ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["selftest", "--limit", "0"],
        ["selftest", "--limit", "many"],
        ["selftest", "--language", "fr"],
        ["grade", "--judge", "sometimes"],
        ["reviews", "override", "r1", "good"],
        ["serve", "--port", "70000"],
        ["cards", "check"],
    ],
)
def test_wrong_usage_exits_2_with_a_word_on_help(call, arguments):
    outcome = call(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert "--help" in outcome.err


def test_a_setting_that_cannot_be_used_is_one_line(call, monkeypatch):
    monkeypatch.setenv("TUTOR_PORT", "many")
    outcome = call("stats")
    assert outcome.status == 1
    assert outcome.err.startswith("tutor: error: TUTOR_PORT")
    assert outcome.err.count("\n") == 1


def test_an_error_message_cannot_act_on_the_terminal(call):
    outcome = call("selftest", "\x1b[31mx\n.md")
    assert outcome.status == 1
    assert "\x1b" not in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_reader_that_goes_away_is_no_error_message(home):
    with subprocess.Popen(
        [*TUTOR, "cards", "list", str(ROOT / "cards"), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_line(home):
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*TUTOR, "cards", "list", "cards"], stdout=full, stderr=subprocess.PIPE, cwd=ROOT
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"tutor: error: ")
    assert done.stderr.count(b"\n") == 1


def test_an_interrupt_while_grading_a_pipe_exits_130(home):
    with subprocess.Popen(
        [sys.executable, fake_grader.__file__, "grade"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        process.stdin.write(b"bad\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr.read() == b""


def test_serve_says_where_and_stops_at_an_interrupt(home):
    with subprocess.Popen(
        [*TUTOR, "serve", "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout.readline().startswith(b"tutor serves http://127.0.0.1:")
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert b"Traceback" not in process.stderr.read()


def test_programs_read_utf8_whatever_the_locale(home):
    done = subprocess.run(
        [*TUTOR, "cards", "list", "cards/instructgpt.md", "--json"],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        check=True,
    )
    assert "对齐" in done.stdout.decode()


def test_a_closed_standard_input_is_an_empty_one(home):
    command = f"exec {sys.executable} {fake_grader.__file__} selftest instructgpt <&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, b"")
