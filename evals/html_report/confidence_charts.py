"""Charts of confidence: reliability with the counts of its bins, and risk by coverage."""

from __future__ import annotations

from collections.abc import Sequence

from evals.curves import Bin, Curves
from evals.html_report.axes import (
    WIDTH,
    Scale,
    across,
    axis_of_shares,
    chart,
    figure,
    name_of_x,
    name_of_y,
    ticks,
    upward,
)
from evals.html_report.markup import Html, joined, tag
from evals.written_figures import percent

_LEFT, _RIGHT = 62, WIDTH - 20
_TOP, _BOTTOM = 10, 250
_COUNTS = 62
"""Height of the bars of counts under the diagram."""


def reliability_diagram(curves: Curves, series: int) -> Html:
    """Share right by stated confidence, beside the diagonal where they are equal."""
    across_ = Scale(0.0, 1.0, _LEFT, _RIGHT)
    up = Scale(0.0, 1.0, _BOTTOM, _TOP)
    marks = [(value, percent(value)) for value in ticks(across_, 5)]
    said = "; ".join(
        f"stated {percent(b.stated)}, right {percent(b.right)} of {b.count:,}" for b in curves.bins
    )
    drawing = chart(
        f"Reliability of {curves.grader}",
        said,
        _BOTTOM + 36 + _COUNTS,
        across(across_, marks, _TOP, _BOTTOM),
        upward(up, marks, _LEFT, _RIGHT),
        tag("line", class_="diagonal", x1=_LEFT, y1=_BOTTOM, x2=_RIGHT, y2=_TOP),
        _line([(across_.at(b.stated), up.at(b.right)) for b in curves.bins], series),
        *(
            tag("circle", class_=f"dot s{series}", cx=across_.at(b.stated), cy=up.at(b.right), r=5)
            for b in curves.bins
        ),
        _counts(curves.bins, across_, series),
        name_of_x("stated confidence; bars: grades in each bin", (_LEFT + _RIGHT) / 2,
                  _BOTTOM + 32 + _COUNTS),
        name_of_y("share right", 14, (_TOP + _BOTTOM) / 2),
    )  # fmt: skip
    return figure(f"Reliability: {curves.grader}", drawing)


def risk_coverage_chart(curves: Sequence[tuple[int, Curves]]) -> Html:
    """Share wrong among the surest grades, a line a grader, by its place among the graders."""
    highest = max(point.risk for _, each in curves for point in each.risk)
    across_ = Scale(0.0, 1.0, _LEFT, _RIGHT)
    high, pieces = axis_of_shares(highest)
    up = Scale(0.0, high, _BOTTOM, _TOP)
    drawing = chart(
        "Share wrong when only the surest are kept",
        "; ".join(_ends(each) for _, each in curves),
        _BOTTOM + 36,
        across(across_, [(v, percent(v)) for v in ticks(across_, 5)], _TOP, _BOTTOM),
        upward(up, [(v, percent(v)) for v in ticks(up, pieces)], _LEFT, _RIGHT),
        *(
            _line([(across_.at(p.coverage), up.at(p.risk)) for p in each.risk], series)
            for series, each in curves
        ),
        name_of_x("share of answers kept, the surest first", (_LEFT + _RIGHT) / 2, _BOTTOM + 32),
        name_of_y("share wrong", 14, (_TOP + _BOTTOM) / 2),
    )
    return figure(
        "Share wrong among the surest", drawing, legend([(s, c.grader) for s, c in curves])
    )


def legend(graders: Sequence[tuple[int, str]]) -> Html:
    """Which line is whose."""
    return tag(
        "ul",
        *(tag("li", _swatch(series), " ", grader) for series, grader in graders),
        class_="legend",
    )


def _swatch(series: int) -> Html:
    line = tag("line", class_=f"curve s{series}", x1=0, x2=28, y1=6, y2=6)
    return tag("svg", line, viewBox="0 0 28 12", class_="swatch", aria_hidden="true")


def _ends(curves: Curves) -> str:
    half = min(curves.risk, key=lambda point: abs(point.coverage - 0.5))
    return (
        f"{curves.grader} {percent(half.risk)} at {percent(half.coverage)}, "
        f"{percent(curves.risk[-1].risk)} at all"
    )


def _line(points: Sequence[tuple[float, float]], series: int) -> Html:
    written = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return tag("polyline", class_=f"curve s{series}", points=written)


def _counts(bins: Sequence[Bin], across_: Scale, series: int) -> Html:
    base = _BOTTOM + 20 + _COUNTS
    most = max((b.count for b in bins), default=1)
    return joined(_count(b, across_, base, (_COUNTS - 20) * b.count / most, series) for b in bins)


def _count(found: Bin, across_: Scale, base: float, height: float, series: int) -> Html:
    left, right = across_.at(found.low), across_.at(found.high)
    return joined(
        (
            tag("rect", class_=f"bar s{series}", x=left + 2, y=base - height,
                width=right - left - 4, height=height),
            tag("text", _short(found.count), class_="tick", x=(left + right) / 2,
                y=base - height - 4, text_anchor="middle"),
        )
    )  # fmt: skip


def _short(count: int) -> str:
    """Narrow enough for a tenth of the width."""
    return f"{count}" if count < 1000 else f"{count / 1000:.3g}k"
