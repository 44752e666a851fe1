from __future__ import annotations

from pathlib import Path

import pytest

from evals.cases import Cuts, read_cases
from evals.rows import Row, row_at
from tutor.errors import InvalidInputError

PAGE = Path(__file__).parents[2] / "docs" / "cases.md"


def test_the_example_in_the_documentation_is_a_file_of_cases(tmp_path):
    example = PAGE.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    path = tmp_path / "example.jsonl"
    path.write_text(example, encoding="utf-8")
    first, second = read_cases(path, Cuts()).cases
    # 4 and 5 of 5: 0.9 on average, which is correct from 0.85 up.
    assert (first.score, first.verdict) == (pytest.approx(0.9), "correct")
    assert (second.score, second.verdict) == (0.0, "incorrect")


def test_every_field_is_documented():
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in Row.model_fields if f"`{name}`" not in page] == []


def test_a_wrong_field_is_named_in_one_line():
    fields = {"id": "a", "question": "q", "references": ["r"], "answer": "a", "scale": [0]}
    with pytest.raises(InvalidInputError) as caught:
        row_at("set.jsonl:3", fields)
    assert str(caught.value).startswith("set.jsonl:3: scale.1: ")
    assert "\n" not in str(caught.value)
