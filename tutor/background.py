"""Work that goes on while nobody waits for it: one event loop in a thread of its own."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, wait
from threading import Lock, Thread
from typing import Any, TypeVar

from tutor.errors import ModelNotAskedError

Value = TypeVar("Value")
Last = Callable[[], Coroutine[Any, Any, None]]

CANCELLING_SECONDS = 5.0
"""How long jobs that were cancelled may take to come to an end."""


class Background:
    """Runs coroutines in the background, all in the same event loop; any thread may submit.

    The thread starts with the first job and does not keep the program alive. After `close`
    another job starts another one.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._thread: _LoopThread | None = None

    def submit(self, coroutine: Coroutine[Any, Any, Value]) -> Future[Value]:
        """Start a job and return its future, which may be waited for, cancelled or forgotten.

        Raises `ModelNotAskedError` when the program is ending.
        """
        try:
            with self._lock:
                return self._running().submit(coroutine)
        except RuntimeError as error:
            coroutine.close()
            raise ModelNotAskedError(
                f"nothing is judged any more, the program is ending: {error}; ask again when it "
                "runs again"
            ) from error

    def close(self, patience: float = 0.0, last: Last | None = None) -> None:
        """Wait up to `patience` seconds for the jobs, cancel the others, and end the thread.

        `last` is run before that, if there was any job: what the jobs used is closed by it.
        """
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.close(patience, last)

    def _running(self) -> _LoopThread:
        if sys.is_finalizing():
            raise RuntimeError("the interpreter is shutting down")
        if self._thread is None:
            self._thread = _LoopThread()
        return self._thread


class _LoopThread:
    """A thread with an event loop that runs until it is closed."""

    def __init__(self) -> None:
        self._jobs: set[Future[Any]] = set()
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self._loop = self._runner.get_loop()
        self._end = asyncio.Event()
        self._thread = Thread(target=self._run, name="tutor-background", daemon=True)
        try:
            self._thread.start()
        except RuntimeError:
            self._runner.close()
            raise

    def submit(self, coroutine: Coroutine[Any, Any, Value]) -> Future[Value]:
        job = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        # Kept until it is done: an event loop does not hold its tasks.
        self._jobs.add(job)
        job.add_done_callback(self._jobs.discard)
        return job

    def close(self, patience: float, last: Last | None) -> None:
        wait(tuple(self._jobs), timeout=patience)
        if last is not None:
            wait((self.submit(last()),), timeout=CANCELLING_SECONDS)
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(CANCELLING_SECONDS)

    def _run(self) -> None:
        # Leaving the runner cancels what still runs, and waits for it.
        with self._runner as runner:
            runner.run(self._wait_for_end())

    async def _wait_for_end(self) -> None:
        await self._end.wait()
