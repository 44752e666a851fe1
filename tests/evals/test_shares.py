from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.shares import share


def test_the_interval_is_wilsons():
    # 5 of 10, z = 1.96, z² = 3.84: centre (0.5 + 0.192) / 1.384 = 0.5,
    # half 1.96 · √(0.025 + 0.0096) / 1.384 = 0.263.
    found = share([True] * 5 + [False] * 5)
    assert (found.count, found.of, found.value) == (5, 10, 0.5)
    assert found.low == pytest.approx(0.237, abs=5e-4)
    assert found.high == pytest.approx(0.763, abs=5e-4)


def test_none_of_some_is_not_certainly_none():
    # With no hit the upper end is z² / (n + z²) = 3.84 / 23.84.
    found = share([False] * 20)
    assert (found.value, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(3.8415 / 23.8415, abs=1e-4)


def test_no_rows_have_no_share():
    found = share([])
    assert (found.value, found.low, found.high) == (None, None, None)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=200))
def test_the_share_lies_in_its_interval(hits):
    found = share(hits)
    assert 0.0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1.0
