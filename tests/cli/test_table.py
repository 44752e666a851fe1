from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.console import Console

import tutor.cli.table
from tutor.cli.table import show_table


@pytest.fixture
def at_terminal(monkeypatch):
    """A terminal of 30 columns."""

    def _console(**options):
        return Console(force_terminal=True, width=30, color_system=None, **options)

    monkeypatch.setattr(tutor.cli.table, "Console", _console)


def test_columns_line_up_by_the_width_of_characters(capsys):
    show_table(("word", "n"), [("中文", 1), ("ab", 12)])
    # 中文 is 4 columns wide, and so is the head
    assert capsys.readouterr().out.splitlines() == ["word   n", "中文   1", "ab    12"]


def test_through_a_pipe_nothing_is_cut(capsys):
    show_table(("word",), [("x" * 500,)])
    assert "x" * 500 in capsys.readouterr().out


def test_at_a_terminal_the_widest_column_is_cut_until_it_fits(capsys, at_terminal):
    show_table(("id", "text", "n"), [("a1", "文字" * 20, 1), ("a2", "short", 2)])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(cell_len, lines)) <= 30
    assert "…" in lines[1]
    assert lines[2].split() == ["a2", "short", "2"]


def test_markup_is_text(capsys, at_terminal):
    show_table(("text",), [("[red]x[/red]",)])
    assert "[red]x[/red]" in capsys.readouterr().out
