"""What a judge costs beside its own time: waiting for many at once, memory, processor time."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from benchmarks.answers import fresh_bodies
from benchmarks.figure import Figure
from benchmarks.judge_cost import PARTS
from benchmarks.process import PYTHON, printed, processor_seconds, resident, surrounding
from benchmarks.serving import server
from tutor.begun import Begun
from tutor.examiner import Wish
from tutor.grading.item import Item
from tutor.service import Tutor

ANSWERS = 500
WARM_UP = 50
AT_ONCE = (50, 100)
SECONDS = 1.0
ROUNDS = 3
_WISH = Wish(judge="always")


def measure(runs: int) -> list[Figure]:
    """Many answers at once for a slow judge, the memory that takes, and the time of each part."""
    with judge_endpoint(SECONDS) as slow:
        waited = [figure for room in AT_ONCE for figure in _waited(slow, room, runs)]
    with judge_endpoint(0.1) as quick:
        return [*waited, *_memory(quick, runs), *_parts(quick, runs)]


@contextmanager
def judge_endpoint(seconds: float) -> Iterator[str]:
    """The base URL of an endpoint in a process of its own that takes so long for a reply."""
    command = (*PYTHON, "-m", "benchmarks.judge_server", str(seconds))
    with surrounding() as (folder, environment):
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
        )
        try:
            yield process.stdout.readline().strip() if process.stdout else ""
        finally:
            process.terminate()
            process.communicate()


def settings(url: str, at_once: int) -> dict[str, str]:
    """The environment of a tutor with this judge."""
    return {
        "OPENAI_BASE_URL": url,
        "TUTOR_JUDGE_MODEL": "benchmark",
        "TUTOR_JUDGE_CONCURRENCY": str(at_once),
        "TUTOR_JUDGE_TIMEOUT": "60",
    }


def _waited(url: str, at_once: int, runs: int) -> Iterator[Figure]:
    """Wall time and processor time of as many answers, in Python and over HTTP."""
    chosen = settings(url, at_once)
    python = [_printed("judged_at_once()", chosen) for _ in range(runs)]
    http = [_served(chosen) for _ in range(runs)]
    many = f"{ANSWERS} answers, a judge of {SECONDS:g} s, {at_once} requests at once"
    ideal = Figure(f"{many}: the judge alone", "s", (ANSWERS / at_once * SECONDS,))
    yield ideal
    for name, found in (("`Tutor.record`", python), ("`POST /v1/grade`", http)):
        wall, cost = (tuple(values) for values in zip(*found, strict=True))
        yield Figure(f"{many}: {name}", "s", wall).over(ideal)
        yield Figure(f"the same: {name}, processor time of an answer", "ms", cost)


def _printed(call: str, chosen: dict[str, str]) -> list[float]:
    code = f"import json; from benchmarks.judging import *; print(json.dumps({call}))"
    values: list[float] = json.loads(printed(code, chosen))
    return values


def judged_at_once(answers: int = ANSWERS) -> tuple[float, float]:
    """Seconds until all answers are judged and stored, and milliseconds of processor time each."""
    from tutor.settings import open_tutor

    bodies = fresh_bodies(WARM_UP + answers)
    with open_tutor() as tutor:
        _finish(_record(tutor, bodies[:WARM_UP]))
        started, used = time.perf_counter(), time.process_time()
        _finish(_record(tutor, bodies[WARM_UP:]))
        seconds = time.perf_counter() - started
        return seconds, 1000 * (time.process_time() - used) / answers


def _record(tutor: Tutor, bodies: Sequence[dict[str, Any]]) -> list[Begun]:
    return [tutor.record(item_of(body), body["answer"], _WISH) for body in bodies]


def _finish(begun: Sequence[Begun]) -> None:
    failures = [
        receipt.error
        for each in begun
        if (receipt := each.wait().grade.receipt.judge) is not None and receipt.error is not None
    ]
    if failures:
        raise RuntimeError(f"{len(failures)} judgements failed, as this one: {failures[0]}")


def item_of(body: dict[str, Any]) -> Item:
    """The item of a request's body."""
    return Item(body["question"], tuple(body["references"]), kind=body["kind"])


def _served(chosen: dict[str, str]) -> tuple[float, float]:
    """The same over HTTP, with a connection for every answer."""
    bodies = [{**body, "judge": "always"} for body in fresh_bodies(WARM_UP + ANSWERS)]
    with server(chosen) as (connection, process):
        port = connection.port
        asyncio.run(_post_all(port, bodies[:WARM_UP]))
        started, used = time.perf_counter(), processor_seconds(process)
        asyncio.run(_post_all(port, bodies[WARM_UP:]))
        seconds = time.perf_counter() - started
        return seconds, 1000 * (processor_seconds(process) - used) / ANSWERS


async def _post_all(port: int, bodies: Sequence[dict[str, Any]]) -> None:
    await asyncio.gather(*(_post(port, body) for body in bodies))


async def _post(port: int, body: dict[str, Any]) -> None:
    content = json.dumps(body).encode()
    head = (
        f"POST /v1/grade HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode() + content)
    answer = await reader.read()
    writer.close()
    if not answer.startswith(b"HTTP/1.1 200") or b'"error":{' in answer:
        raise RuntimeError(f"POST /v1/grade: {answer[:400]!r}")


def _memory(url: str, runs: int) -> Iterator[Figure]:
    """Resident memory after each round of the same answers, none of them remembered."""
    chosen = settings(url, max(AT_ONCE)) | {"TUTOR_JUDGE_CACHE": "false"}
    found = [_printed("resident_by_round()", chosen) for _ in range(runs)]
    first, *later = (tuple(values) for values in zip(*found, strict=True))
    base = Figure(f"resident after {ANSWERS} answers judged at once", "MiB", first)
    yield base
    for number, values in enumerate(later, 2):
        yield Figure(f"resident after the same, {number} times", "MiB", values).over(base)


def resident_by_round() -> list[float]:
    """MiB after each round."""
    from tutor.settings import open_tutor

    bodies, sizes = fresh_bodies(ANSWERS), []
    with open_tutor() as tutor:
        for _ in range(ROUNDS):
            _finish(_record(tutor, bodies))
            sizes.append(resident(os.getpid()))
    return sizes


def _parts(url: str, runs: int) -> Iterator[Figure]:
    """Processor time of each part of a judged answer, measured apart."""
    code = "from benchmarks.judge_cost import costs; print(*costs())"
    found = [
        tuple(map(float, printed(code, settings(url, min(AT_ONCE))).split())) for _ in range(runs)
    ]
    for name, values in zip(PARTS, zip(*found, strict=True), strict=True):
        yield Figure(f"processor time of a judged answer: {name}", "ms", values)
