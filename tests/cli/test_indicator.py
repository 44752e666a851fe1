from __future__ import annotations

import io

from rich.cells import cell_len
from rich.console import Console

from tutor.cli.indicator import Indicator

ERASED = "\r\x1b[2K"


def shown(*calls, width=40, **options):
    file = io.StringIO()
    indicator = Indicator(Console(file=file, width=width, color_system=None, **options))
    for seconds, text in calls:
        indicator.show(seconds, text)
    indicator.clear()
    return file.getvalue()


def test_a_line_is_drawn_over_the_one_before_and_taken_away():
    first, second, third, rest = shown((0, "a > "), (3.1, "a > "), force_terminal=True).split(
        ERASED
    )[:4]
    assert (first, rest) == ("", "")
    assert "0 s  a > " in second
    assert "3 s  a > " in third


def test_a_line_always_fits_so_that_it_can_be_taken_back():
    drawn = shown((12, "核对要点" * 20), force_terminal=True, width=30).split(ERASED)[1]
    assert 20 < cell_len(drawn) < 30


def test_the_same_line_is_not_drawn_twice():
    assert shown((0, "a"), (0.01, "a"), force_terminal=True).count("a") == 1


def test_a_pipe_gets_nothing():
    assert shown((0, "a"), (1, "a"), force_terminal=False) == ""


def test_a_terminal_that_cannot_go_back_gets_nothing(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    assert shown((0, "a"), (1, "a"), force_terminal=True) == ""
