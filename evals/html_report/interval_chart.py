"""Graders under each other, each with its figure and interval, and the raters as a line."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from typing import NamedTuple

from evals.html_report.axes import WIDTH, Scale, across, chart, figure, ticks
from evals.html_report.markup import Html, joined, tag
from evals.metrics import Estimate
from evals.written_figures import NOTHING, interval, number, short_number

ROW = 40
_RATERS = 16
"""Height of the line that names the raters' figure."""
_LEFT, _RIGHT = 12, WIDTH - 12


class Bar(NamedTuple):
    """A grader's figure; `series` is its place among the graders, which gives its colour."""

    grader: str
    series: int
    estimate: Estimate


def interval_chart(title: str, bars: Sequence[Bar], people: Estimate | None) -> Html:
    """A row a grader: its name and figure, below them a dot on the line of its interval.

    `people` is one rater against the others: a dashed line, its interval a shaded band.
    """
    named = [(bar.grader, bar.estimate) for bar in bars]
    named += [] if people is None else [("raters", people)]
    lows = [e.value if e.low is None else e.low for _, e in named if e.value is not None]
    step = _step(min(lows, default=0.0))
    scale = Scale(min(0.0, floor(min(lows, default=0.0) / step) * step), 1.0, _LEFT, _RIGHT)
    start = 6 if people is None or people.value is None else 6 + _RATERS
    bottom = start + ROW * len(bars)
    pieces = round((scale.high - scale.low) / step)
    marks = [(value, short_number(value)) for value in ticks(scale, pieces)]
    drawing = chart(
        title,
        "; ".join(_said(*each) for each in named),
        bottom + 20,
        across(scale, marks, start - 4, bottom),
        _people(people, scale, bottom),
        *(_row(bar, start + ROW * place, scale) for place, bar in enumerate(bars)),
    )
    return figure(title, drawing)


def _step(lowest: float) -> float:
    """Between the marks of the axis, of which a negative figure leaves room for fewer."""
    return 0.25 if lowest >= -0.25 else 0.5


def _said(name: str, estimate: Estimate) -> str:
    between = interval(estimate)
    return f"{name} {number(estimate.value)}{f' ({between})' if between else ''}"


def _people(people: Estimate | None, scale: Scale, bottom: float) -> Html:
    if people is None or people.value is None:
        return Html("")
    x = scale.at(people.value)
    low = x if people.low is None else scale.at(people.low)
    high = x if people.high is None else scale.at(people.high)
    anchor = "end" if x > WIDTH / 2 else "start"
    top, name = _RATERS + 2, f"raters {number(people.value)}"
    return joined(
        (
            tag("rect", class_="band", x=low, y=top, width=high - low, height=bottom - top),
            tag("line", class_="ceiling", x1=x, x2=x, y1=top, y2=bottom),
            tag("text", name, class_="ceiling-name", x=x, y=12, text_anchor=anchor),
        )
    )


def _row(bar: Bar, top: float, scale: Scale) -> Html:
    estimate, line = bar.estimate, top + 29
    if estimate.value is None:
        return joined((_name(bar, top), _figure(NOTHING, top)))
    x = scale.at(estimate.value)
    whiskers = Html("")
    if estimate.low is not None and estimate.high is not None:
        low, high = scale.at(estimate.low), scale.at(estimate.high)
        whiskers = tag("line", class_=f"interval s{bar.series}", x1=low, x2=high, y1=line, y2=line)
    dot = tag("circle", class_=f"dot s{bar.series}", cx=x, cy=line, r=5)
    between = interval(estimate)
    written = number(estimate.value) + (f" ({between})" if between else "")
    return joined((whiskers, dot, _name(bar, top), _figure(written, top)))


def _name(bar: Bar, top: float) -> Html:
    name = bar.grader if len(bar.grader) <= 22 else f"{bar.grader[:21]}…"
    return tag("text", name, class_="row-name", x=_LEFT, y=top + 16)


def _figure(written: str, top: float) -> Html:
    return tag("text", written, class_="row-figure", x=_RIGHT, y=top + 16, text_anchor="end")
