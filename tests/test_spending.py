from __future__ import annotations

import pytest

from tutor.spending import Prices, Spent


def test_a_call_costs_the_price_of_each_kind_of_token() -> None:
    prices = Prices(input=2.0, output=10.0, cached=0.5, currency="EUR")
    # (1000 - 400) x 2 + 400 x 0.5 + 100 x 10 = 2400 millionths
    money = prices.of(input_tokens=1000, output_tokens=100, cached_tokens=400)
    assert money == pytest.approx(0.0024)


def test_cached_tokens_cost_as_much_as_others_where_no_price_is_set() -> None:
    prices = Prices(input=2.0, output=10.0, currency="EUR")
    assert prices.of(input_tokens=1000, output_tokens=0, cached_tokens=400) == pytest.approx(0.002)


def test_free_cached_tokens_cost_nothing() -> None:
    prices = Prices(input=2.0, output=10.0, cached=0.0, currency="EUR")
    assert prices.of(input_tokens=400, output_tokens=0, cached_tokens=400) == 0.0


def test_what_was_spent_adds_up() -> None:
    assert Spent(10, 0.25) + Spent(5, 0.5) == Spent(15, 0.75)
