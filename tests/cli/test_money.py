from __future__ import annotations

import pytest

from tutor.cli.money import money_text


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(1234.5, "1,234.50 USD"), (0.0123, "0.0123 USD"), (0.00003, "0.00003 USD"), (0, "0 USD")],
)
def test_small_sums_have_more_decimals(amount, shown):
    assert money_text(amount, "USD") == shown
