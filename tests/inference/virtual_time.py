"""An event loop whose clock jumps: hours of waiting pass at once, in the right order.

`asyncio.sleep`, timeouts and `loop.time()` follow it. What runs in a thread is run in line, so
that no time passes meanwhile.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any


class _JumpingSelector(selectors.DefaultSelector):
    jump: Callable[[float], None]

    def select(self, timeout: float | None = None) -> list[Any]:
        events = super().select(0 if timeout else timeout)
        if timeout and not events:
            self.jump(timeout)
        return events


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._now = 1000.0
        selector = _JumpingSelector()
        selector.jump = self._jump
        super().__init__(selector)

    def time(self) -> float:
        return self._now

    def run_in_executor(self, executor, function, *arguments):
        done = self.create_future()
        try:
            done.set_result(function(*arguments))
        except Exception as error:
            done.set_exception(error)
        return done

    def _jump(self, seconds: float) -> None:
        self._now += seconds


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in virtual time, which begins at 1000 s."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)


def now() -> float:
    """The virtual time, in seconds."""
    return asyncio.get_running_loop().time()
