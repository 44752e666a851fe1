"""Shows what the judge was asked, how often it failed, and what it cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from tutor.cli.money import money_text
from tutor.cli.printable import json_line, one_line

if TYPE_CHECKING:
    from tutor.store.counts import JudgeDay

_COLUMNS = (
    "day", "model", "calls", "failed", "requests", "tokens in", "tokens out", "cached", "money",
    "mean ms", "95 % ms",
)  # fmt: skip
_NONE = "-"


def judge_json(days: Sequence[JudgeDay]) -> str:
    """One line of JSON: an array by day and model."""
    return json_line([asdict(day) | {"day": day.day.isoformat()} for day in days])


def show_judge(days: Sequence[JudgeDay]) -> None:
    """Print a table by day and model, and below it which failures there were."""
    from tutor.cli.table import show_table

    typer.echo("Judge, by UTC day:")
    show_table(_COLUMNS, [_row(day) for day in days])
    for day in days:
        if day.failures:
            kinds = ", ".join(f"{kind} {many}" for kind, many in day.failures.items())
            typer.echo(f"  failed on {day.day} with {one_line(day.model)}: {one_line(kinds)}")


def _row(day: JudgeDay) -> tuple[str | int, ...]:
    return (
        day.day.isoformat(),
        one_line(day.model),
        day.calls,
        sum(day.failures.values()),
        day.attempts,
        day.input_tokens,
        day.output_tokens,
        day.cached_tokens,
        ", ".join(money_text(sum_, currency) for currency, sum_ in day.money.items()) or _NONE,
        _milliseconds(day.latency_mean_ms),
        _milliseconds(day.latency_p95_ms),
    )


def _milliseconds(latency: float | None) -> str | int:
    return _NONE if latency is None else round(latency)
