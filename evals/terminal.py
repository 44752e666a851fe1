"""The terminal of the command line: notes, tables' console, progress, JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import TypeAdapter
from rich.console import Console
from rich.progress import Progress


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
def progress(title: str, cases: int) -> Iterator[Callable[[], None]]:
    """A bar on standard error, if that is a terminal; call what it hands out after every case."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=cases)
        yield lambda: bar.advance(task)
