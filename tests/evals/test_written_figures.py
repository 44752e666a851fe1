from __future__ import annotations

from evals.metrics import Estimate
from evals.written_figures import interval, number, percent, points, share_of


def test_figures_are_written_alike_everywhere():
    assert (number(0.5), number(-0.0124), number(None)) == ("0.500", "−0.012", "–")
    assert (points(0.0123), points(-0.2), points(-0.0001)) == ("+1.2", "−20.0", "+0.0")
    assert (percent(0.126), share_of(1, 4), share_of(0, 0)) == ("13\xa0%", "25\xa0%", "–")
    assert interval(Estimate(value=0.5, low=0.25, high=0.75)) == "0.250 to 0.750"
    assert interval(Estimate(value=0.5, note="no interval: one question")) == ""
