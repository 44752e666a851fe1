"""The command line called in this process, with a fake grader, its own store and its own deck."""

from __future__ import annotations

import io
import itertools
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

import tutor.settings
from tests.cli.fake_grader import FakeGrader
from tests.cli.fake_judge import FakeCascade
from tests.cli.judged_sitting import held
from tutor.cli.main import run
from tutor.deck.collection import load_collection
from tutor.service import Tutor
from tutor.store.reviews import ReviewStore

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
    unset = "TUTOR_CARDS", "TUTOR_EMBEDDER", "TUTOR_JUDGE_MODEL", "OPENAI_BASE_URL"
    for name in unset:
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


@pytest.fixture
def judge():
    """A judge that says nothing until it is let."""
    made = FakeCascade()
    made.hold()
    return made


@pytest.fixture
def judged_tutor(deck, tmp_path, judge):
    numbers = itertools.count()
    made = Tutor(
        grader=FakeGrader,
        collection=lambda: load_collection(deck),
        store=lambda: ReviewStore.open(f"sqlite:///{tmp_path / 'reviews.db'}"),
        clock=lambda: datetime(2026, 11, 24, tzinfo=UTC),
        new_id=lambda: f"r{next(numbers)}",
        cascade=lambda: judge,
    )
    with made:
        yield made
        judge.let()


@pytest.fixture
def sit_judged(judged_tutor, judge):
    """Holds a sitting over the deck's three cards; gives the sitting and what was shown."""
    return partial(held, judged_tutor, judge)


@pytest.fixture
def wired(home, monkeypatch):
    """Makes the command line ask this judge, which speaks at once unless it is another one."""

    def _wired(cascade=None):
        cascade = cascade or FakeCascade()
        monkeypatch.setenv("TUTOR_JUDGE_MODEL", "mock")
        monkeypatch.setattr(
            tutor.settings,
            "Tutor",
            lambda **parts: Tutor(**{**parts, "cascade": lambda: cascade}),
        )
        return cascade

    return _wired
