"""The command line called in this process, with a fake grader, its own store and its own deck."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import tutor.settings
from tests.cli.fake_grader import FakeGrader
from tutor.cli.main import run

DECK = """\
# One

Q: What does the letter A stand for in this small deck?
A: The answer to A.

Q: What is B?
A: The answer to B.

# Two

Q: What is C?
A: The answer to C.
"""


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str


@pytest.fixture
def deck(tmp_path):
    path = tmp_path / "letters.md"
    path.write_text(DECK, encoding="utf-8")
    return path


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An environment where nothing is set but the store, in an empty working directory."""
    for name in ("TUTOR_CARDS", "TUTOR_EMBEDDER", "TUTOR_JUDGE_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TUTOR_DATABASE_URL", f"sqlite:///{tmp_path / 'store' / 'reviews.db'}")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def grader(monkeypatch):
    fake = FakeGrader()
    monkeypatch.setattr(tutor.settings, "build_grader", lambda settings: fake)
    return fake


@pytest.fixture
def call(home, grader, monkeypatch, capsysbinary):
    """Runs `tutor ARGUMENTS` with bytes on standard input."""

    def _call(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as stop:
            run([str(argument) for argument in arguments])
        out, err = capsysbinary.readouterr()
        return Outcome(stop.value.code or 0, out.decode(), err.decode())

    return _call
