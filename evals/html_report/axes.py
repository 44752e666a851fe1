"""Scales, ticks and labels: the ground that every chart stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from evals.html_report.markup import Html, joined, tag

WIDTH = 340
"""Units of a chart's width: about the pixels that a phone has, so that text keeps its size."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the numbers from `low` to `high` lie between two places of the drawing."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of a number; one outside is drawn at the edge."""
        inside = min(max(value, self.low), self.high)
        return self.start + (inside - self.low) / (self.high - self.low) * (self.end - self.start)


def axis_of_shares(highest: float) -> tuple[float, int]:
    """Where an axis of shares from 0 ends, and in how many round steps: six at most."""
    step = next(step for step in (0.01, 0.02, 0.05, 0.1, 0.2) if highest <= 6 * step)
    pieces = max(1, ceil(round(highest / step, 9)))
    return pieces * step, pieces


def ticks(scale: Scale, pieces: int) -> list[float]:
    """Equal steps from one end of a scale to the other."""
    step = (scale.high - scale.low) / pieces
    return [scale.low + step * place for place in range(pieces + 1)]


def across(scale: Scale, values: Sequence[tuple[float, str]], top: float, bottom: float) -> Html:
    """Vertical lines of the grid with labels under them."""
    return joined(
        joined(
            (
                tag("line", class_="grid", x1=x, x2=x, y1=top, y2=bottom),
                tag("text", label, class_="tick", x=x, y=bottom + 14, text_anchor="middle"),
            )
        )
        for value, label in values
        for x in [scale.at(value)]
    )


def upward(scale: Scale, values: Sequence[tuple[float, str]], left: float, right: float) -> Html:
    """Horizontal lines of the grid with labels to their left."""
    return joined(
        joined(
            (
                tag("line", class_="grid", x1=left, x2=right, y1=y, y2=y),
                tag("text", label, class_="tick", x=left - 6, y=y + 4, text_anchor="end"),
            )
        )
        for value, label in values
        for y in [scale.at(value)]
    )


def name_of_x(text: str, x: float, y: float) -> Html:
    """What runs across."""
    return tag("text", text, class_="axis", x=x, y=y, text_anchor="middle")


def name_of_y(text: str, x: float, y: float) -> Html:
    """What runs upward, written so."""
    turned = f"rotate(-90 {x:g} {y:g})"
    return tag("text", text, class_="axis", x=x, y=y, text_anchor="middle", transform=turned)


def chart(title: str, figures: str, height: float, *parts: Html) -> Html:
    """A drawing; its title and the figures in words are read out instead of it."""
    view = f"0 0 {WIDTH} {height:g}"
    words = tag("title", title), tag("desc", figures)
    return tag("svg", *words, *parts, viewBox=view, role="img", class_="chart")


def figure(title: str, drawing: Html, *below: Html) -> Html:
    """A chart under its heading."""
    return tag("figure", tag("figcaption", title), drawing, *below)
