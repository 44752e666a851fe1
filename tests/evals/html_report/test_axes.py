from __future__ import annotations

import pytest

from evals.html_report.axes import Scale, axis_of_shares, ticks


def test_a_scale_runs_from_end_to_end_and_keeps_what_is_outside_at_the_edge():
    down = Scale(0.0, 1.0, 200.0, 0.0)
    assert [down.at(value) for value in (0.0, 0.25, 1.0, 2.0, -1.0)] == [200, 150, 0, 0, 200]


@pytest.mark.parametrize(
    ("highest", "high", "pieces"),
    [
        (0.0, 0.01, 1),
        (0.06, 0.06, 6),
        (0.07, 0.08, 4),
        (0.3, 0.3, 6),
        (0.87, 1.0, 5),
        (1.0, 1.0, 5),
    ],
)
def test_axes_end_at_round_shares(highest, high, pieces):
    assert axis_of_shares(highest) == (pytest.approx(high), pieces)


def test_ticks_are_even():
    assert ticks(Scale(-0.25, 1.0, 0.0, 1.0), 5) == pytest.approx([-0.25, 0, 0.25, 0.5, 0.75, 1])
