"""Writes calls into a ledger without making anybody wait for the disk."""

from __future__ import annotations

import asyncio
from collections import deque
from threading import Lock

from tutor.errors import StoreError
from tutor.spending import Call, Ledger


class LedgerWriter:
    """Passes calls on to a ledger, in order, in a thread of their own.

    A ledger that fails costs nobody a reply: what it did not take waits in `unwritten`,
    `trouble` says why, and the next call that comes is an occasion to try again.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._waiting: deque[Call] = deque()
        self._lock = Lock()
        self._task: asyncio.Task[None] | None = None
        self._trouble: str | None = None

    @property
    def unwritten(self) -> int:
        """How many calls the ledger has not taken yet."""
        return len(self._waiting)

    @property
    def trouble(self) -> str | None:
        """Why the ledger took no call the last time, in one line; None when it did."""
        return self._trouble

    def add(self, call: Call) -> None:
        """Have a call written soon; needs a running event loop."""
        self._waiting.append(call)
        self._start()

    async def flush(self) -> None:
        """Return when all calls are written, or the ledger has refused one."""
        while self._waiting:
            await asyncio.shield(self._start())
            if self._trouble is not None:
                return

    def _start(self) -> asyncio.Task[None]:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write())
        return self._task

    async def _write(self) -> None:
        # What comes while a batch is being written has found this task running.
        while self._waiting:
            await asyncio.to_thread(self._write_waiting)
            if self._trouble is not None:
                return

    def _write_waiting(self) -> None:
        # A thread outlives the task that it was started for, when that one is cancelled.
        with self._lock:
            try:
                while self._waiting:
                    self._ledger.note(self._waiting[0])
                    self._waiting.popleft()
            except StoreError as error:
                self._trouble = str(error)
            else:
                self._trouble = None
