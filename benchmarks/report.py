"""What a run of the benchmarks found and where, as JSON and as a page to read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from benchmarks.figure import Figure


@dataclass(frozen=True, slots=True)
class Origin:
    """Where figures come from: enough to make them again."""

    command: str
    date: str
    processor: str
    cores: int
    python: str
    commit: str
    runs: int
    load: float
    """Processes that wanted a core in the minute before; more than `cores` is a busy machine."""


def as_json(origin: Origin, figures: Sequence[Figure]) -> str:
    """Every run of every figure, its best and its ratios."""
    rows = [{**asdict(f), "best": f.best, "ratios": dict(f.ratios)} for f in figures]
    return json.dumps({"origin": asdict(origin), "figures": rows}, ensure_ascii=False, indent=1)


def as_markdown(origin: Origin, figures: Sequence[Figure]) -> str:
    """A table of the best runs, with their ratios in words."""
    rows = [f"| {f.what} | {_figure(f)} | {_ratios(f)} |" for f in figures]
    return "\n".join(
        (
            "# Benchmarks",
            "",
            "Ratios carry over to other machines, absolute figures do not. Noise only slows a "
            f"program down, so a figure is the best of {origin.runs} runs, of starts the best of "
            f"{3 * origin.runs}; `results.json` has them all. What one core does is counted in "
            "processor time, all else by the clock on the wall.",
            "",
            f"Made by `{origin.command}` on {origin.date} at commit {origin.commit}: "
            f"{origin.processor}, {origin.cores} cores with a load of {origin.load:.1f} before it "
            f"began, Python {origin.python}.",
            "",
            "| what | figure | beside |",
            "| --- | ---: | --- |",
            *rows,
            "",
        )
    )


def _figure(figure: Figure) -> str:
    match figure.unit:
        case "s":
            return f"{figure.best:.3f} s"
        case "modules":
            return f"{figure.best:.0f}"
        case "ms" if figure.best < 10:
            return f"{figure.best:.2f} ms"
        case unit:
            return f"{figure.best:,.0f} {unit}"


def _ratios(figure: Figure) -> str:
    return "; ".join(f"{_times(ratio)} {name}" for name, ratio in figure.ratios)


def _times(ratio: float) -> str:
    """Small ratios as fractions: nobody sees at once what 0.00143 times is."""
    return f"{ratio:.3g} ×" if ratio >= 0.5 else f"1/{1 / ratio:.3g} of"
