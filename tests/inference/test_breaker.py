from __future__ import annotations

import pytest

from tests.inference.fake_chat import failing
from tutor.errors import ModelPausedError, ModelServerError
from tutor.inference.breaker import Breaker


def fail(breaker, times, now=0.0):
    for _ in range(times):
        breaker.failed(failing(ModelServerError, "status 500; look at its log"), now, tried=False)


def test_four_failures_are_borne_and_the_fifth_opens_it():
    breaker = Breaker("model m")
    fail(breaker, 4)
    assert breaker.admit(0.0) is False
    fail(breaker, 1)
    with pytest.raises(ModelPausedError):
        breaker.admit(0.0)


def test_a_success_begins_the_count_anew():
    breaker = Breaker("model m")
    fail(breaker, 4)
    breaker.worked()
    fail(breaker, 4)
    assert not breaker.is_open


def test_it_says_why_and_until_when():
    breaker = Breaker("model m at http://host/v1")
    fail(breaker, 5, now=100.0)
    with pytest.raises(ModelPausedError) as caught:
        breaker.admit(118.0)  # 30 s from 100 are 12 s from 118
    for part in ("model m at http://host/v1", "5 failures", "12 s", "status 500; look at its log"):
        assert part in str(caught.value)
    assert "\n" not in str(caught.value)


def test_after_the_pause_one_tries_and_the_others_wait():
    breaker = Breaker("model m")
    fail(breaker, 5)
    assert breaker.admit(30.0) is True
    with pytest.raises(ModelPausedError):
        breaker.admit(31.0)
    breaker.worked()
    assert breaker.admit(31.0) is False


def test_each_pause_is_twice_the_one_before_up_to_five_minutes():
    breaker, now, pauses = Breaker("model m"), 0.0, []
    fail(breaker, 5)
    for _ in range(6):
        start = now
        while True:
            now += 1.0
            try:
                tried = breaker.admit(now)
                break
            except ModelPausedError:
                pass
        pauses.append(now - start)
        breaker.failed(failing(ModelServerError), now, tried=tried)
    assert pauses == [30, 60, 120, 240, 300, 300]
    breaker.admit(now + 300)
    breaker.worked()
    fail(breaker, 5, now)
    assert breaker.admit(now + 30) is True


def test_who_tried_without_a_result_leaves_the_try_to_another():
    breaker = Breaker("model m")
    fail(breaker, 5)
    assert breaker.admit(30.0) is True
    breaker.undecided(tried=True)
    assert breaker.admit(30.0) is True


def test_failures_of_requests_from_before_the_pause_do_not_lengthen_it():
    breaker = Breaker("model m")
    fail(breaker, 5)
    fail(breaker, 20, now=29.0)
    assert breaker.admit(30.0) is True
