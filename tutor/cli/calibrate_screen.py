"""What `tutor calibrate` shows: a table of before and after, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from tutor.agreement import Interval, Undefined
from tutor.calibrating.calibrate import DECIDING, Calibrated
from tutor.calibrating.comparison import Change, Estimate
from tutor.calibrating.cuts import AGREEMENT
from tutor.cli.printable import one_line
from tutor.cli.table import show_table
from tutor.grading.strictness import Policy

TITLES = {
    "accuracy": "accuracy",
    "macro_f1": "macro-F1",
    "ece": "ECE of the confidence",
    "log_loss": "log loss",
    "share_sure": "share sure",
    "right_when_sure": "right when sure",
}
_DIRECTIONS = {"better": "better", "worse": "worse", "no difference shown": ""}


def show(found: Calibrated, written: Path | None, policy: Policy) -> None:
    """Print what was fitted and how before and after compare; `written` is where it went."""
    based_on = one_line(found.calibration.provenance["based_on"]["name"])
    typer.echo(
        f"{found.answers} labelled answers over {found.questions} questions, policy {policy}; "
        f"fitted: {', '.join(found.moved.parts)}, starting from {based_on}\n"
    )
    show_table(("", "before", "after", "after - before", ""), _rows(found))
    typer.echo(
        "\nAfter: each answer graded by a fit without its question. 95 % intervals by question."
    )
    if found.overrides:
        typer.echo(
            "Rulings are mostly on grades that were wrong, so this flatters the fit; label answers "
            "drawn at random (--data) for figures that hold."
        )
    typer.echo()
    typer.echo(_summary(found))
    if written is not None:
        shown = one_line(str(written))
        typer.echo(f"Wrote {shown} ({found.calibration.name}); use TUTOR_CALIBRATION={shown}")


def as_data(found: Calibrated, written: Path | None) -> dict[str, Any]:
    """The same as data: `null` with a `note` where a figure or its interval is undefined."""
    return {
        "answers": found.answers,
        "questions": found.questions,
        "moved": list(found.moved.parts),
        "overrides": found.overrides,
        "figures": {name: _change(change) for name, change in found.changes.items()},
        "better": list(found.better),
        "worse": list(found.worse),
        "calibration": found.calibration.model_dump(mode="json"),
        "written": None if written is None else str(written),
    }


def named(figures: Iterable[str]) -> str:
    """The figures in words."""
    return ", ".join(TITLES[name] for name in figures)


def _rows(found: Calibrated) -> list[tuple[str, str, str, str, str]]:
    return [
        (
            TITLES[name][0].upper() + TITLES[name][1:],
            _cell(change.before),
            _cell(change.after),
            _cell(change.gap, sign="+"),
            _DIRECTIONS[change.direction],
        )
        for name, change in found.changes.items()
    ]


def _summary(found: Calibrated) -> str:
    better, worse = (_going(found, direction) for direction in ("better", "worse"))
    if not (better or worse):
        return "No difference is shown: more labelled answers may show one."
    said = [f"{word} in {names}" for word, names in (("better", better), ("worse", worse)) if names]
    promised = f"{named(['right_when_sure'])} where it is below {AGREEMENT:.0%}"
    return f"After is {', '.join(said)}. What decides: {named(DECIDING)}, and {promised}."


def _going(found: Calibrated, direction: str) -> str:
    return named(name for name, one in found.changes.items() if one.direction == direction)


def _cell(one: Estimate, sign: str = "") -> str:
    if isinstance(one.value, Undefined):
        return f"undefined: {one.value.reason}"
    if isinstance(one.interval, Undefined):
        return f"{one.value:{sign}.3f} (no interval: {one.interval.reason})"
    return f"{one.value:{sign}.3f} ({one.interval.low:{sign}.3f} to {one.interval.high:{sign}.3f})"


def _change(change: Change) -> dict[str, Any]:
    return {
        "before": _estimate(change.before),
        "after": _estimate(change.after),
        "difference": _estimate(change.gap),
        "direction": change.direction,
    }


def _estimate(one: Estimate) -> dict[str, Any]:
    if isinstance(one.value, Undefined):
        return {"value": None, "note": one.value.reason}
    if isinstance(one.interval, Interval):
        return {"value": one.value, **asdict(one.interval)}
    return {"value": one.value, "note": one.interval.reason}
