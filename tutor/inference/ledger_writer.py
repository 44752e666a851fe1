"""Writes calls into a ledger without making anybody wait for the disk."""

from __future__ import annotations

import asyncio
from collections import deque
from threading import Lock

from tutor.errors import StoreError
from tutor.spending import Call, Ledger


class LedgerWriter:
    """Passes calls on to a ledger, in order, in a thread of the event loop's executor.

    Those that come while others are being written are written together after them.
    A loop that ends waits for its threads, so that nothing is lost which was added before. A
    ledger that fails costs nobody a reply: what it did not take is kept, `trouble` says why,
    and the next call that comes is an occasion to try again.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._waiting: deque[Call] = deque()
        self._is_writing = False
        self._lock = Lock()
        """Of the two fields above: a thread stops in the same moment that nothing waits."""
        self._writing: asyncio.Future[None] | None = None
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
        with self._lock:
            self._waiting.append(call)
        self._start()

    async def flush(self) -> None:
        """Return when all calls are written, or the ledger has refused one."""
        while (writing := self._start()) is not None:
            await asyncio.wait([writing])
            if self._trouble is not None:
                return

    def _start(self) -> asyncio.Future[None] | None:
        """Start writing if something waits; return what is being waited for, if anything is."""
        with self._lock:
            starts = bool(self._waiting) and not self._is_writing
            self._is_writing |= starts
        if starts:
            loop = asyncio.get_running_loop()
            self._writing = loop.run_in_executor(None, self._write)
        return self._writing if self._is_writing else None

    def _write(self) -> None:
        try:
            while calls := self._next():
                self._ledger.note(*calls)
                for _ in calls:
                    self._waiting.popleft()
        except StoreError as error:
            self._give_up(str(error))
        except Exception as error:
            self._give_up(repr(error))
            raise

    def _next(self) -> tuple[Call, ...]:
        with self._lock:
            if not self._waiting:
                self._is_writing = False
                self._trouble = None
            return tuple(self._waiting)

    def _give_up(self, trouble: str) -> None:
        with self._lock:
            self._is_writing = False
            self._trouble = trouble
