"""How fast `tutor serve` answers over the loopback, and what memory it keeps."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

from benchmarks.answers import fresh_bodies
from benchmarks.figure import Figure
from benchmarks.process import NOTHING_SET, TUTOR, resident, surrounding

REQUESTS = 1000


def measure(runs: int) -> list[Figure]:
    """Requests a second of one client on one connection, and resident memory around them."""
    served = [_serve_once() for _ in range(runs)]
    alive, rate, first, last = (tuple(values) for values in zip(*served, strict=True))
    health = Figure("`GET /healthz`", "1/s", alive)
    before = Figure("`tutor serve` after its first grade, resident", "MiB", first)
    after = Figure(f"`tutor serve` after {REQUESTS:,} grades, resident", "MiB", last)
    grades = Figure(f"`POST /v1/grade`, {REQUESTS:,} fresh answers", "1/s", rate)
    return [health, grades.over(health), before, after.over(before)]


def _serve_once() -> tuple[float, float, float, float]:
    bodies = fresh_bodies(REQUESTS + 1)
    with server() as (connection, process):
        _post(connection, bodies[0])
        first = resident(process)
        alive = _rate(lambda: _ask(connection, "GET", "/healthz", None), REQUESTS)
        left = iter(bodies[1:])
        rate = _rate(lambda: _post(connection, next(left)), REQUESTS)
        return alive, rate, first, resident(process)


@contextmanager
def server(settings: Mapping[str, str] = NOTHING_SET) -> Iterator[tuple[HTTPConnection, int]]:
    """A connection to `tutor serve` with these settings, and the process that serves."""
    with surrounding(settings) as (folder, environment):
        process = subprocess.Popen(
            (*TUTOR, "serve", "--port", "0"),
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield HTTPConnection("127.0.0.1", _port(process), timeout=60), process.pid
        finally:
            process.terminate()
            process.communicate()


def _port(process: subprocess.Popen[str]) -> int:
    line = process.stdout.readline() if process.stdout else ""
    found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
    if found is None:
        raise RuntimeError(f"tutor serve said {line!r} and no address")
    return int(found[1])


def _rate(ask: Callable[[], None], count: int) -> float:
    started = time.perf_counter()
    for _ in range(count):
        ask()
    return count / (time.perf_counter() - started)


def _post(connection: HTTPConnection, body: dict[str, Any]) -> None:
    _ask(connection, "POST", "/v1/grade", json.dumps(body).encode())


def _ask(connection: HTTPConnection, method: str, path: str, body: bytes | None) -> None:
    connection.request(method, path, body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    content = response.read()
    if response.status >= 300:
        raise RuntimeError(f"{method} {path}: {response.status} {content[:200]!r}")
