"""A circuit breaker: a model that failed too often is left alone for a while."""

from __future__ import annotations

from tutor.errors import ModelError, ModelPausedError

FAILURES = 5
PAUSE_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 300.0


class Breaker:
    """Counts failures in a row, and after enough of them lets nobody ask for a while.

    When the pause is over, one request may try; the others wait for what comes of it. The pause
    doubles each time that it fails, up to five minutes, and is the first one again after a
    success. Times are seconds of one clock, which the caller reads. Belongs to one event loop.
    """

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self._failures = 0
        self._pause = PAUSE_SECONDS
        self._until: float | None = None
        """When the pause ends; None while there is none."""
        self._probing = False
        self._last = ""

    @property
    def is_open(self) -> bool:
        """Whether requests are turned away, all but one that tries."""
        return self._until is not None

    def admit(self, now: float) -> bool:
        """Return whether this request is the one that tries after a pause.

        Raises `ModelPausedError` during a pause, and while another request is trying.
        """
        if self._until is None:
            return False
        if now < self._until or self._probing:
            raise ModelPausedError(self._explanation(now, self._until))
        self._probing = True
        return True

    def worked(self) -> None:
        """The server answered, so anyone may ask again."""
        self._failures = 0
        self._pause = PAUSE_SECONDS
        self._until = None
        self._probing = False

    def failed(self, error: ModelError, now: float, *, tried: bool) -> None:
        """A request failed; `tried`: it was the one that tries."""
        self._failures += 1
        self._last = str(error)
        if tried:
            self._pause = min(2 * self._pause, LONGEST_PAUSE_SECONDS)
            self._until = now + self._pause
            self._probing = False
        elif self._until is None and self._failures >= FAILURES:
            self._until = now + self._pause

    def undecided(self, *, tried: bool) -> None:
        """A request ended without telling whether the server works: another one may try."""
        if tried:
            self._probing = False

    def _explanation(self, now: float, until: float) -> str:
        when = f"in {until - now:.0f} s" if now < until else "right now"
        return (
            f"{self._subject} is left alone after {self._failures} failures in a row and tried "
            f"again {when}; the last one: {self._last}"
        )
