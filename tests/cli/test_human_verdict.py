from __future__ import annotations

import pytest

from evals.cases import Cuts, case_of
from evals.rows import row_at
from tutor.cli.human_verdict import human_verdict
from tutor.errors import InvalidInputError

SAID = [
    ({"label": "correct"}, "correct"),
    ({"label": " Partially_Correct_Incomplete "}, "partial"),
    ({"label": "contradictory"}, "incorrect"),
    ({"label": "部分正确"}, "partial"),
    ({"label": "incorrect", "score": 1.0}, "incorrect"),
    ({"label": None, "score": 0.85}, "correct"),
    ({"score": 0.849}, "partial"),
    ({"score": 0.25}, "partial"),
    ({"score": 0.249}, "incorrect"),
    ({"score": 0}, "incorrect"),
    ({"score": 1, "ratings": {"a": "incorrect"}}, "correct"),
    ({"ratings": {"a": "correct", "b": "correct", "c": "incorrect"}}, "correct"),
    ({"ratings": {"a": "correct", "b": "incorrect"}}, "partial"),
    # (4 + 5) / 2 = 4.5 of 5 is 0.9; (1 + 4) / 2 = 2.5 is 0.5 of 5, and 0.375 on 1 to 5.
    ({"ratings": {"a": 4, "b": 5}, "scale": [0, 5]}, "correct"),
    ({"ratings": {"a": 1, "b": 4}, "scale": [1, 5]}, "partial"),
    ({"ratings": {"a": 1.5, "b": 2}, "scale": [1, 5]}, "incorrect"),
    # (1 + 0.5) / 2 = 0.75: a label among marks counts as its score.
    ({"ratings": {"a": 5, "b": "partial"}, "scale": [0, 5]}, "partial"),
]


@pytest.mark.parametrize(("fields", "verdict"), SAID)
def test_what_people_said(fields, verdict):
    assert human_verdict(fields) == verdict


@pytest.mark.parametrize(("fields", "verdict"), SAID)
def test_evals_reads_the_same(fields, verdict):
    row = {"id": "1", "question": "Q?", "references": ["R."], "answer": "A.", **fields}
    assert case_of(row_at("cases:1", row), Cuts(), "cases:1").verdict == verdict


def test_a_verdict_counts_as_a_label():
    assert human_verdict({"verdict": "partial", "label": "correct"}) == "partial"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, '"label", "score" and "ratings" are missing'),
        ({"label": None, "ratings": {}}, "are missing"),
        ({"label": "good"}, '"label" is "good"; use correct, partial or incorrect'),
        ({"verdict": 1}, '"verdict" is 1;'),
        ({"score": 1.5}, '"score" is 1.5; use a number from 0 to 1'),
        ({"score": True}, '"score" is true;'),
        ({"score": "1"}, '"score" is "1";'),
        ({"ratings": ["correct"]}, '"ratings" is not an object'),
        ({"ratings": {"Ann": 4}}, '"scale" is needed'),
        ({"ratings": {"Ann": 4}, "scale": [5, 0]}, '"scale" is needed'),
        ({"ratings": {"Ann": 6}, "scale": [0, 5]}, "rating of Ann is 6; use a number from 0 to 5"),
        ({"ratings": {"Ann": "fine"}}, 'rating of Ann is "fine"'),
    ],
)
def test_what_is_no_verdict_is_named(fields, message):
    with pytest.raises(InvalidInputError) as refused:
        human_verdict(fields)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)
