"""A sitting with a judge, held by a person who waits for it only where she says so."""

from __future__ import annotations

import io
from concurrent.futures import wait

import pytest
from rich.console import Console

from tests.cli.fake_judge import FakeCascade
from tutor.cli.screen import Screen
from tutor.cli.sitting import Sitting

HEARS = "she waits until the judge has spoken"
COMES = "the judge speaks while she is at something else"
CTRL_C = "she presses Ctrl-C"


class Typed:
    """A person who types these lines, and waits for the judge only where one says so."""

    interactive = True

    def __init__(self, judge: FakeCascade, *lines: str) -> None:
        self._judge = judge
        self._lines = list(lines)
        self._jobs = []

    def read(self, prompt: str = "") -> str | None:
        while self._lines and self._lines[0] == COMES:
            self._lines.pop(0)
            self._speak()
        line = self._lines.pop(0) if self._lines else None
        if line == CTRL_C:
            raise KeyboardInterrupt
        return line

    def wait(self, job, show) -> bool:
        self._jobs.append(job)
        show(0.0)
        if self._lines[:1] != [HEARS]:
            return job.done()
        self._lines.pop(0)
        self._speak()
        return True

    def _speak(self) -> None:
        self._judge.let()
        wait(self._jobs)
        self._judge.hold()


def held(tutor, speaker, *lines, stops=None, width=90, **options):
    """Hold a sitting over all cards; gives it and what was shown. `stops`: what it ends with."""
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=width, markup=False, color_system=None)
    typed = Typed(speaker, *lines)
    sitting = Sitting(tutor, tutor.cards, Screen(console), typed, model="m1", **options)
    if stops is None:
        sitting.run()
    else:
        with pytest.raises(stops):
            sitting.run()
    return sitting, shown.getvalue()


def verdicts(tutor):
    return [review.verdict for review in reversed(tutor.reviews())]


def summary(sitting):
    shown = io.StringIO()
    Screen(Console(file=shown, width=80)).summary(sitting.tally, "en", None)
    return shown.getvalue()


def in_order(text, *parts):
    """Whether the parts come one behind the other, however their lines are broken."""
    text = _unbroken(text)
    for part in map(_unbroken, parts):
        if part not in text:
            return False
        text = text.partition(part)[2]
    return True


def _unbroken(text):
    return "".join(text.split())
