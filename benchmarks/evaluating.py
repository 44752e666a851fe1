"""What `python -m evals run` takes beside the grader alone: processor time, and memory in all.

python -m benchmarks.evaluating [CASES]
"""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path

from benchmarks.answers import fresh_bodies, labelled
from benchmarks.figure import Figure
from benchmarks.process import printed

_CASES = 5_000
_MIB = 1024


def measure(runs: int) -> list[Figure]:
    """The local grader alone and through the command; each once, since cases are many."""
    del runs
    return compared(_CASES)


def compared(count: int) -> list[Figure]:
    """Both over the same cases, in new processes; the command reads, grades, keeps and reports."""
    alone, through = _printed("alone", count), _printed("through_command", count)
    grader = Figure(f"local grader alone, {count:,} cases", "s", (alone[0],))
    whole = Figure(f"`python -m evals run --outcomes FILE`, {count:,} cases", "s", (through[0],))
    held = Figure(f"`python -m evals run`, {count:,} cases, most memory", "MiB", (through[1],))
    bare = Figure(f"local grader alone, {count:,} cases, most memory", "MiB", (alone[1],))
    return [grader, whole.over(grader), bare, held.over(bare)]


def alone(count: int) -> tuple[float, float]:
    """Seconds of processor time in the grader, and the most MiB held by the process."""
    from evals.cases import Cuts, read_cases
    from tutor.settings import Settings, build_grader

    cases = read_cases(_written(count), Cuts()).cases
    grade = build_grader(Settings()).grade
    started = time.process_time()
    for case in cases:
        grade(case.item, case.answer)
    return time.process_time() - started, _most_memory()


def through_command(count: int) -> tuple[float, float]:
    """Seconds of processor time from the start of the command on, and the most MiB held."""
    from evals.commands import main

    data = _written(count)
    options = ["--data", str(data), "--output", "result.json", "--outcomes", "outcomes.jsonl"]
    started = time.process_time()
    with redirect_stdout(io.StringIO()):
        code = main(["run", *options])
    assert code == 0, f"exit {code}"
    return time.process_time() - started, _most_memory()


def _printed(way: str, count: int) -> tuple[float, float]:
    code = f"from benchmarks.evaluating import {way}; print(*{way}({count}))"
    seconds, mebibytes = map(float, printed(code).split())
    return seconds, mebibytes


def _written(count: int) -> Path:
    """Cases with answers no two of which are alike, each labelled as the one it is made of."""
    path, source = Path("cases.jsonl"), labelled()
    with path.open("w", encoding="utf-8") as file:
        for number, body in enumerate(fresh_bodies(count)):
            case = source[number % len(source)]
            row = {"id": str(number), "question_id": case.question, "label": case.verdict, **body}
            file.write(json.dumps({**row, "lang": case.language}, ensure_ascii=False) + "\n")
    return path


def _most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB


if __name__ == "__main__":
    for figure in compared(int(sys.argv[1]) if len(sys.argv) > 1 else _CASES):
        print(f"{figure.what}: {figure.best:,.1f} {figure.unit} {dict(figure.ratios)}")
