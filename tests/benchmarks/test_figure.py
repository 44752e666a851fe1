from __future__ import annotations

import pytest

from benchmarks.figure import Figure


def test_the_best_time_is_the_least_and_the_best_rate_the_most() -> None:
    assert Figure("start", "s", (0.3, 0.2, 0.4)).best == 0.2
    assert Figure("grade", "1/s", (300.0, 200.0)).best == 300.0


def test_ratios_are_of_the_best_runs() -> None:
    bare = Figure("bare", "s", (0.02, 0.03))
    [(name, ratio)] = Figure("help", "s", (0.1, 0.9)).over(bare).ratios
    assert name == "bare"
    assert ratio == pytest.approx(0.1 / 0.02)  # neither slow run counts


def test_times_are_not_compared_with_rates() -> None:
    with pytest.raises(ValueError, match="not alike"):
        Figure("start", "s", (0.1,)).over(Figure("grade", "1/s", (100.0,)))
