from __future__ import annotations

import pytest

from tutor.deck.card import RubricLine
from tutor.deck.rubric import read_rubric_line, tolerance_of
from tutor.errors import DeckError
from tutor.grading.item import Tolerance


@pytest.mark.parametrize(
    ("text", "kind", "content"),
    [
        (" uses feedback", "required", "uses feedback"),
        (" ~ an example", "optional", "an example"),
        ("～例子", "optional", "例子"),
        (" ~5 GB of memory", "required", "~5 GB of memory"),
        (" = RLHF", "alternative", "RLHF"),
        ("＝人类反馈强化学习", "alternative", "人类反馈强化学习"),
        (" ± 5%", "tolerance", "5%"),
        (" +/- 0.5", "tolerance", "0.5"),
        ("±5％", "tolerance", "5％"),
    ],
)
def test_rubric_line(text, kind, content):
    assert read_rubric_line(text, "d.md", 3) == RubricLine(kind, content, 3)


@pytest.mark.parametrize("text", ["", "  ", "~", "= ", "±", "± much", "± 120%", "± -1", "± 1 2"])
def test_malformed_rubric_line_names_its_line(text):
    with pytest.raises(DeckError, match=r"^d\.md:3: "):
        read_rubric_line(text, "d.md", 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5%", Tolerance(0.05)),
        ("100 %", Tolerance(1.0)),
        ("0.5", Tolerance(0.5, relative=False)),
        ("a bit", None),
    ],
)
def test_tolerance(text, expected):
    assert tolerance_of(text) == expected
