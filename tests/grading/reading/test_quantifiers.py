from __future__ import annotations

import re

import pytest

from tutor.grading.reading.quantifiers import ALL, ONLY, SOME, quantifier, quantifier_pattern


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("所有模型都收敛", [ALL, ALL]),
        ("有些模型只能收敛", [SOME, ONLY]),
        ("only some of them", [ONLY, SOME]),
        ("只要有数据", []),
        ("首都在北京", []),
        ("small families", []),
    ],
)
def test_kinds(text, kinds):
    assert [quantifier(form) for form in re.findall(quantifier_pattern(), text)] == kinds
