from __future__ import annotations

import re

import pytest

from evals.html_report.interval_chart import Bar, interval_chart
from evals.metrics import Estimate
from tests.evals.html_report.test_markup import read


def ticks(drawing):
    return re.findall(r'class="tick"[^>]*>([^<]+)<', drawing)


@pytest.mark.parametrize(
    ("low", "marks"),
    [
        (0.2, ["0", "0.25", "0.5", "0.75", "1"]),
        (-0.08, ["−0.25", "0", "0.25", "0.5", "0.75", "1"]),
        (-0.3, ["−0.5", "0", "0.5", "1"]),
        (-0.9, ["−1", "−0.5", "0", "0.5", "1"]),
    ],
)
def test_the_axis_has_round_marks_down_to_the_lowest_end(low, marks):
    estimate = Estimate(value=0.5, low=low, high=0.6)
    assert ticks(interval_chart("kappa", [Bar("one", 0, estimate)], None)) == marks


def test_raters_are_a_line_where_they_agree_and_nothing_where_it_is_undefined():
    bars = [Bar("one", 0, Estimate(value=0.5, low=0.4, high=0.6))]
    drawn = interval_chart("accuracy", bars, Estimate(value=0.75, low=0.5, high=1.0))
    # The axis runs over 316 units from 12: 0.75 lies at 249.
    assert {"class": "ceiling", "x1": "249", "x2": "249", "y1": "18", "y2": "62"} in [
        given for _, given in read(drawn).elements
    ]
    assert "one 0.500 (0.400 to 0.600); raters 0.750 (0.500 to 1.000)" in drawn
    undefined = interval_chart("accuracy", bars, Estimate(value=None, note="no rows"))
    assert "ceiling" not in undefined


def test_an_undefined_figure_is_a_dash_without_a_dot():
    drawn = interval_chart("accuracy", [Bar("one", 0, Estimate(value=None, note="none"))], None)
    assert "circle" not in drawn
    assert ">–</text>" in drawn
