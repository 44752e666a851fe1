from __future__ import annotations

import pytest

from evals.importing.numbers import number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3.0),
        (" 3.5 ", 3.5),
        ("3,5", 3.5),
        ("-1", -1.0),
        ("80%", 0.8),
        ("80 %", 0.8),
        ("８０％", 0.8),
        ("", None),
        ("four", None),
        ("1,000.5", None),
        ("nan", None),
        ("inf", None),
        ("%", None),
        ("5%%", None),
    ],
)
def test_a_number_is_read_as_people_write_it(text, number):
    assert number_in(text) == number
