"""Waiting at a terminal for a key or for something that is done elsewhere, whichever is first."""

from __future__ import annotations

import termios
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from select import select
from typing import Any

from tutor.cli.indicator import FRAMES_A_SECOND

Show = Callable[[float], None]
"""Shows for how many seconds it has been waited."""


def done_before_key(terminal: int, job: Future[Any], show: Show) -> bool:
    """Wait for the job; False when a key was pressed at the terminal with this descriptor first.

    The key is left unread: whoever reads the next line gets it.
    """
    started = time.monotonic()
    with _keys_at_once(terminal):
        while not job.done():
            show(time.monotonic() - started)
            if select([terminal], [], [], 1 / FRAMES_A_SECOND)[0]:
                return False
    return True


@contextmanager
def _keys_at_once(terminal: int) -> Iterator[None]:
    """A key counts when it is pressed, not when its line is ended, and nothing is echoed.

    So a half typed line is never written over, and the line editor that reads the key next shows
    it in its place. What was typed ahead stays: modes change without emptying the queue.
    """
    modes = termios.tcgetattr(terminal)
    keyed = list(modes)
    keyed[3] &= ~(termios.ICANON | termios.ECHO)
    termios.tcsetattr(terminal, termios.TCSADRAIN, keyed)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, modes)
