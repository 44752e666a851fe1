from __future__ import annotations

import io

from rich.console import Console

from evals.terminal import progress


def shown(monkeypatch, **console):
    file = io.StringIO()
    monkeypatch.setattr(
        "evals.terminal.Console", lambda stderr: Console(file=file, width=120, **console)
    )
    with progress("set, mine:f", 10, done=4) as advance:
        advance("3 ungraded (reply-empty 3), 0.5000 USD")
    return file.getvalue()


def test_a_bar_goes_on_from_what_is_done_and_says_what_it_cost(monkeypatch):
    bar = shown(monkeypatch, force_terminal=True)
    assert "set, mine:f" in bar
    assert " 5/10" in bar
    assert "3 ungraded (reply-empty 3), 0.5000 USD" in bar


def test_a_pipe_gets_no_bar(monkeypatch):
    assert shown(monkeypatch).strip() == ""
