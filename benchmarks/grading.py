"""How many answers a second are graded, on one core and through `tutor grade`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from benchmarks.answers import fresh_bodies, labelled
from benchmarks.figure import Figure
from benchmarks.process import TUTOR, Program, printed, wall_seconds
from tutor.grading.item import Item

Way = Literal["local", "local again", "overlap", "token_set_ratio"]
_NAMES: dict[Way, str] = {
    "token_set_ratio": "`rapidfuzz.fuzz.token_set_ratio`, one core",
    "overlap": "overlap baseline of `evals`, one core",
    "local": "local grader, one core, cards and answers seen for the first time",
    "local again": "local grader, one core, new answers to cards seen before",
}
_LINES = 1000


def measure(runs: int) -> list[Figure]:
    """Rates of each way in new processes, and of `tutor grade` over a file of fresh answers."""
    rates: dict[Way, list[float]] = {way: [] for way in _NAMES}
    for _ in range(runs):
        for way, found in rates.items():
            found.append(_rate_in_new_process(way))
    fuzz, overlap, local, again = (Figure(_NAMES[way], "1/s", tuple(r)) for way, r in rates.items())
    local = local.over(fuzz, overlap)
    return [fuzz, overlap.over(fuzz), local, again.over(fuzz, overlap), _batch(runs).over(local)]


def rate(way: Way) -> float:
    """Answers graded in a second of processor time; each answer is seen for the first time."""
    grade = _way(way)
    first, *rest = labelled()
    grade(first.item, first.answer)  # reads glossary and lexicon
    if way == "local again":
        for case in rest:
            grade(case.item, case.answer)
        rest = [
            replace(case, answer=f"{case.answer} ({number})") for number, case in enumerate(rest)
        ]
    started = time.process_time()
    for case in rest:
        grade(case.item, case.answer)
    return len(rest) / (time.process_time() - started)


def _way(way: Way) -> Callable[[Item, str], object]:
    match way:
        case "local" | "local again":
            from evals.graders import GraderName, open_grader
            from tutor.settings import Settings

            return open_grader(GraderName.LOCAL, Settings()).grade
        case "overlap":
            from evals.baselines import calibrated
            from evals.similarity import TokenOverlap

            return calibrated(TokenOverlap()).grade
        case "token_set_ratio":
            return _token_set_ratio


def _token_set_ratio(item: Item, answer: str) -> float:
    from rapidfuzz import fuzz

    return max(fuzz.token_set_ratio(answer, reference) for reference in item.references)


def _rate_in_new_process(way: Way) -> float:
    return float(printed(f"from benchmarks.grading import rate; print(rate({way!r}))"))


def _batch(runs: int) -> Figure:
    lines = [
        json.dumps({"id": number, **body}, ensure_ascii=False) + "\n"
        for number, body in enumerate(fresh_bodies(_LINES))
    ]
    program = Program("batch", (*TUTOR, "grade"), "".join(lines))
    found = tuple(_LINES / wall_seconds(program) for _ in range(runs))
    return Figure(f"`tutor grade`, {_LINES:,} lines, start included", "1/s", found)
