"""Counts and times of one running API, in the text format that Prometheus reads."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from threading import Lock

from starlette.types import ASGIApp, Receive, Scope, Send

from tutor.grading.grade import Grade

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the histogram's buckets, in seconds."""


class Metrics:
    """Grades by verdict, errors by type and request times by route; safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._grades: Counter[tuple[str, bool]] = Counter()
        self._errors: Counter[str] = Counter()
        self._buckets: dict[str, list[int]] = defaultdict(lambda: [0] * (len(_BOUNDS) + 1))
        self._seconds: dict[str, float] = defaultdict(float)

    def graded(self, grade: Grade) -> None:
        """Count one grade."""
        with self._lock:
            self._grades[grade.verdict, grade.unsure] += 1

    def failed(self, name: str) -> None:
        """Count one error by the name of its kind."""
        with self._lock:
            self._errors[name] += 1

    def timed(self, route: str, seconds: float) -> None:
        """Record how long one request to a route took."""
        with self._lock:
            self._buckets[route][bisect_left(_BOUNDS, seconds)] += 1
            self._seconds[route] += seconds

    def exposition(self) -> str:
        """Everything counted so far, in the Prometheus text format 0.0.4."""
        with self._lock:
            return "\n".join([*self._grade_lines(), *self._error_lines(), *self._time_lines(), ""])

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
        for route, buckets in sorted(self._buckets.items()):
            total = 0
            for bound, count in zip((*_BOUNDS, "+Inf"), buckets, strict=True):
                total += count
                yield f'tutor_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}'
            yield f'tutor_request_seconds_sum{{route="{route}"}} {self._seconds[route]}'
            yield f'tutor_request_seconds_count{{route="{route}"}} {total}'


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
