"""How many answers a second are graded, on one core and through `tutor grade`, and how long one
takes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from benchmarks.answers import fresh_bodies, labelled
from benchmarks.figure import Figure
from benchmarks.process import TUTOR, Program, printed, wall_seconds
from evals.cases import Case
from tutor.errors import CalibrationError
from tutor.grading.item import Item

Way = Literal["local", "bundled", "overlap", "token_set_ratio"]
Round = Literal["cold", "warm"]
_BASELINES: dict[Way, str] = {
    "token_set_ratio": "`rapidfuzz.fuzz.token_set_ratio`, one core",
    "overlap": "overlap baseline of `evals`, one core",
}
_GRADERS: dict[Way, str] = {"local": "without an embedder", "bundled": "with the bundled embedder"}
_ROUNDS: dict[Round, str] = {
    "cold": "cards and answers seen for the first time",
    "warm": "new answers to cards seen before",
}
_LINES = 1000


def measure(runs: int) -> list[Figure]:
    """Rates and times of each way in new processes, and of `tutor grade` over fresh answers."""
    fuzz, overlap = (Figure(name, "1/s", _rates(way, runs)) for way, name in _BASELINES.items())
    graders = [way for way in _GRADERS if way == "local" or _is_calibrated()]
    rates = [
        Figure(f"local grader {_GRADERS[way]}, one core, {what}", "1/s", _rates(way, runs, round_))
        for way in graders
        for round_, what in _ROUNDS.items()
    ]
    alone = [figure for way in graders for figure in _alone(way, runs)]
    local = [figure.over(fuzz, overlap) for figure in rates]
    return [fuzz, overlap.over(fuzz), *local, *alone, _batch(runs).over(local[0])]


def rate(way: Way, round_: Round) -> float:
    """Answers graded in a second of processor time; each answer is seen for the first time."""
    times = seconds(way, round_)
    return len(times) / sum(times)


def percentiles(way: Way) -> tuple[float, float]:
    """Milliseconds that half, and 99 of 100, new answers to known cards take at most."""
    times = sorted(seconds(way, "warm"))
    return 1000 * times[len(times) // 2], 1000 * times[99 * len(times) // 100]


def seconds(way: Way, round_: Round) -> list[float]:
    """Processor time of each answer."""
    grade = _way(way)
    first, *rest = labelled()
    grade(first.item, first.answer)  # reads glossary and lexicon
    if round_ == "warm":
        for case in rest:
            grade(case.item, case.answer)
        rest = [
            replace(case, answer=f"{case.answer} ({number})") for number, case in enumerate(rest)
        ]
    return [_seconds(grade, case) for case in rest]


def _seconds(grade: Callable[[Item, str], object], case: Case) -> float:
    started = time.process_time()
    grade(case.item, case.answer)
    return time.process_time() - started


def _is_calibrated() -> bool:
    """Whether the bundled embedder has a calibration, without which it cannot grade."""
    try:
        _way("bundled")
    except CalibrationError:
        return False
    return True


def _way(way: Way) -> Callable[[Item, str], object]:
    match way:
        case "local" | "bundled":
            from tutor.settings import Settings, build_grader

            return build_grader(Settings(embedder="none" if way == "local" else way)).grade
        case "overlap":
            from evals.baselines import calibrated
            from evals.similarity import TokenOverlap

            return calibrated(TokenOverlap()).grade
        case "token_set_ratio":
            return _token_set_ratio


def _token_set_ratio(item: Item, answer: str) -> float:
    from rapidfuzz import fuzz

    return max(fuzz.token_set_ratio(answer, reference) for reference in item.references)


def _rates(way: Way, runs: int, round_: Round = "cold") -> tuple[float, ...]:
    code = f"from benchmarks.grading import rate; print(rate({way!r}, {round_!r}))"
    return tuple(float(printed(code)) for _ in range(runs))


def _alone(way: Way, runs: int) -> list[Figure]:
    """How long one answer takes by itself."""
    code = f"from benchmarks.grading import percentiles; print(*percentiles({way!r}))"
    found = [tuple(map(float, printed(code).split())) for _ in range(runs)]
    half, most = (tuple(values) for values in zip(*found, strict=True))
    name = f"one answer alone {_GRADERS[way]}, known card"
    return [Figure(f"{name}, p50", "ms", half), Figure(f"{name}, p99", "ms", most)]


def _batch(runs: int) -> Figure:
    lines = [
        json.dumps({"id": number, **body}, ensure_ascii=False) + "\n"
        for number, body in enumerate(fresh_bodies(_LINES))
    ]
    program = Program("batch", (*TUTOR, "grade"), "".join(lines))
    found = tuple(_LINES / wall_seconds(program) for _ in range(runs))
    return Figure(f"`tutor grade`, {_LINES:,} lines, start included", "1/s", found)
