from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.inference.bucket import Bucket


def test_ten_seconds_may_be_taken_at_once_and_the_rest_at_the_rate():
    bucket = Bucket(60)  # one a second, ten at once
    for _ in range(10):
        assert bucket.wait(1, 0.0) == 0.0
        bucket.take(1)
    assert bucket.wait(1, 0.0) == pytest.approx(1.0)
    assert bucket.wait(1, 0.75) == pytest.approx(0.25)


def test_a_slow_rate_still_lets_one_through():
    bucket = Bucket(2)  # a third of one in ten seconds
    assert bucket.wait(1, 0.0) == 0.0
    bucket.take(1)
    assert bucket.wait(1, 0.0) == pytest.approx(30.0)


def test_what_costs_more_than_it_holds_goes_when_it_is_full_and_leaves_a_debt():
    bucket = Bucket(600)  # ten a second, a hundred at once
    assert bucket.wait(150, 0.0) == 0.0
    bucket.take(150)
    assert bucket.wait(1, 0.0) == pytest.approx(5.1)  # 51 short


def test_what_was_not_used_is_given_back_up_to_what_it_holds():
    bucket = Bucket(600)
    bucket.take(80)
    bucket.give_back(500)
    bucket.take(100)
    assert bucket.wait(1, 0.0) == pytest.approx(0.1)


def test_a_clock_that_begins_earlier_gives_nothing_away():
    bucket = Bucket(60)
    bucket.wait(1, 5000.0)
    bucket.take(10)
    assert bucket.wait(1, 0.0) == pytest.approx(1.0)
    assert bucket.wait(1, 1.0) == pytest.approx(0.0)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 20), st.integers(1, 50)), max_size=60),
    st.integers(1, 1000),
)
def test_no_minute_gets_more_than_the_rate_and_the_burst(arrivals, per_minute):
    bucket, now, taken = Bucket(per_minute), 0.0, []
    most = max(1.0, per_minute / 6)
    for pause, cost in arrivals:
        now += pause
        now += bucket.wait(cost, now)
        bucket.take(cost)
        taken.append((now, cost))
    for end, _ in taken:
        minute = sum(cost for at, cost in taken if end - 60 < at <= end)
        assert minute <= per_minute + most + 50 + 1e-6  # a last one may go into debt
