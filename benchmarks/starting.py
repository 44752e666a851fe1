"""How long it takes to start, to the help text and to the first graded answer."""

from __future__ import annotations

import json

from benchmarks.answers import fresh_bodies
from benchmarks.figure import Figure
from benchmarks.process import PYTHON, TUTOR, Program, printed, wall_seconds

HEAVY = ("numpy", "openai", "pydantic", "rapidfuzz", "scipy", "sqlalchemy", "torch", "typer")
_COUNT_HEAVY = f"import sys, tutor; print(sum(name in sys.modules for name in {HEAVY}))"


def measure(runs: int) -> list[Figure]:
    """Wall time of whole processes, three times as many as `runs`, each program in turn.

    A start is short, and the shorter of two that are compared is more often undisturbed.
    """
    programs = _programs()
    times: dict[str, list[float]] = {program.name: [] for program in programs}
    for program in programs:  # once for nothing, so that byte code and files are at hand
        wall_seconds(program)
    for _ in range(3 * runs):
        for program in programs:
            times[program.name].append(wall_seconds(program))
    bare, typer, *others = (Figure(name, "s", tuple(seconds)) for name, seconds in times.items())
    heavy = Figure(f"`import tutor`: how many of {', '.join(HEAVY)} it loads", "modules", _heavy())
    return [bare, typer.over(bare), *(figure.over(bare, typer) for figure in others), heavy]


def _programs() -> list[Program]:
    [body] = fresh_bodies(1)
    line = json.dumps({"id": 1, **body}, ensure_ascii=False)
    return [
        Program("`python -c pass`", (*PYTHON, "-c", "pass")),
        Program('`python -c "import typer"`', (*PYTHON, "-c", "import typer")),
        Program('`python -c "import tutor"`', (*PYTHON, "-c", "import tutor")),
        Program("`tutor --help`", (*TUTOR, "--help")),
        Program("`tutor grade`, one line", (*TUTOR, "grade"), line),
        Program(
            "`tutor selftest --limit 1`, one answer, a new store",
            (*TUTOR, "selftest", "instructgpt", "--limit", "1"),
            body["answer"],
        ),
    ]


def _heavy() -> tuple[float, ...]:
    return (float(printed(_COUNT_HEAVY)),)
