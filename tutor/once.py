"""A value that is made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Once(Generic[Value]):
    """Makes a value when it is first needed; after a failure the next need tries again."""

    def __init__(self, make: Callable[[], Value]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: Value | None = None

    def __call__(self) -> Value:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def pop(self) -> Value | None:
        """Forget the value and return it, if it was made."""
        with self._lock:
            made, self._made = self._made, None
            return made
