"""Counts and times of one running API, in the text format that Prometheus reads."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import Future
from threading import Lock

from starlette.types import ASGIApp, Receive, Scope, Send

from tutor.api.histogram import Histogram
from tutor.api.judge_counts import JudgeCounts
from tutor.begun import Begun
from tutor.errors import TutorError
from tutor.grading.grade import Grade
from tutor.study.review import Review

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Upper bounds of the buckets of request times, in seconds."""


class Metrics:
    """Grades by verdict, errors by type, request times by route, and what became of judgements.

    Safe between threads.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._grades: Counter[tuple[str, bool]] = Counter()
        self._errors: Counter[str] = Counter()
        self._times: dict[str, Histogram] = defaultdict(lambda: Histogram(_BOUNDS))
        self._judge = JudgeCounts()

    def graded(self, grade: Grade) -> None:
        """Count one grade."""
        with self._lock:
            self._grades[grade.verdict, grade.unsure] += 1

    def judging(self, begun: Begun) -> None:
        """Count what the judge says of an answer, when it does, whoever still waits for it."""
        if begun.judged is not None:
            begun.judged.add_done_callback(self._judged)

    def recorded(self, begun: Begun) -> None:
        """Do the same for an answer that is stored, and count the grade that stands then."""
        if begun.judged is None:
            self.graded(begun.review.grade)
            return
        self.judging(begun)
        begun.judged.add_done_callback(lambda done: self.graded(_standing(begun.review, done)))

    def failed(self, name: str) -> None:
        """Count one error by the name of its kind."""
        with self._lock:
            self._errors[name] += 1

    def timed(self, route: str, seconds: float) -> None:
        """Record how long one request to a route took."""
        with self._lock:
            self._times[route].add(seconds)

    def exposition(self) -> str:
        """Everything counted so far, in the Prometheus text format 0.0.4."""
        with self._lock:
            lines = (self._grade_lines(), self._error_lines(), self._time_lines())
            return "\n".join([*(line for part in lines for line in part), *self._judge.lines(), ""])

    def _judged(self, done: Future[Review]) -> None:
        """Called in the thread of the judge."""
        if done.cancelled():
            return
        error = done.exception()
        with self._lock:
            if isinstance(error, TutorError):
                self._judge.failed(error)
            elif error is None and (receipt := done.result().grade.receipt.judge) is not None:
                self._judge.heard(receipt)

    def _grade_lines(self) -> Iterator[str]:
        yield "# HELP tutor_grades_total Answers graded, by verdict and whether unsure."
        yield "# TYPE tutor_grades_total counter"
        for (verdict, unsure), count in sorted(self._grades.items()):
            labels = f'verdict="{verdict}",unsure="{str(unsure).lower()}"'
            yield f"tutor_grades_total{{{labels}}} {count}"

    def _error_lines(self) -> Iterator[str]:
        yield "# HELP tutor_errors_total Requests and batch items that failed, by type."
        yield "# TYPE tutor_errors_total counter"
        for name, count in sorted(self._errors.items()):
            yield f'tutor_errors_total{{type="{name}"}} {count}'

    def _time_lines(self) -> Iterator[str]:
        yield "# HELP tutor_request_seconds Time from a request's headers to its answer's end."
        yield "# TYPE tutor_request_seconds histogram"
        for route, times in sorted(self._times.items()):
            yield from times.lines("tutor_request_seconds", f'route="{route}"')


def _standing(stored: Review, judged: Future[Review]) -> Grade:
    failed = judged.cancelled() or judged.exception() is not None
    return stored.grade if failed else judged.result().grade


class Timing:
    """ASGI middleware that times every request under its route's template."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and record how long it took."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        try:
            await self._app(scope, receive, send)
        finally:
            # A template, not the path: paths are without number, and each would be a series.
            route = getattr(scope.get("route"), "path", "unmatched")
            self._metrics.timed(route, time.perf_counter() - start)
