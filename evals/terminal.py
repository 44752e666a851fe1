"""The terminal of the command line: notes, tables' console, progress, JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import TypeAdapter
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)


def note(line: str) -> None:
    """Say something beside the results, on standard error."""
    print(line, file=sys.stderr)


def print_json(kind: Any, value: Any) -> None:
    """Print a value of the type `kind` as JSON."""
    print(TypeAdapter(kind).dump_json(value, indent=2).decode())


def open_console() -> Console:
    """Standard output; wide in a pipe, where nothing would say how wide it is."""
    return Console() if sys.stdout.isatty() else Console(width=160)


@contextmanager
def progress(title: str, cases: int, done: int = 0) -> Iterator[Callable[[object], None]]:
    """A bar with the time left on standard error, if that is a terminal; `done` cases are over.

    Call what it hands out after every case, with what is to be said beside the bar: its text is
    made only where it is shown.
    """
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[standing]}", markup=False),
    )
    shown = console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=not shown) as bar:
        task = bar.add_task(title, total=cases, completed=done, standing="")

        def advance(standing: object) -> None:
            if shown:
                bar.update(task, advance=1, standing=standing)

        yield advance
