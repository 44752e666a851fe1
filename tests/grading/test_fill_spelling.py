from __future__ import annotations

import pytest

from tutor.grading.fill_spelling import respelled


@pytest.mark.parametrize(
    ("spelled", "signs"),
    [
        ("九成六", "96%"),
        ("七成", "70%"),
        ("twelve fifteen", "1215"),
        ("nineteen eighty-four", "1984"),
        ("1215 ad", "1215"),
        ("公元 1215 年", "1215"),
        ("π 弧度", "180°"),
        ("π/2 radians", "90°"),
        ("2π rad", "360°"),
        ("k 选 2", "c(k,2)"),
        ("n choose k", "c(n,k)"),
        ("c(k,2) 的倒数", "1/(c(k,2))"),
        ("k 选 2 分之一", "1/(c(k,2))"),
        ("cosine x", "cos x"),
        ("79+-4%", "79±4%"),
        ("9.8 metres per second", "9.8m/s"),
    ],
)
def test_words_become_signs(spelled, signs):
    assert respelled(spelled).replace(" ", "") == signs.replace(" ", "")


@pytest.mark.parametrize(
    "other", ["twelve", "five six", "1215 bc", "公元前 1215 年", "cosine", "π"]
)
def test_anything_else_is_left_alone(other):
    assert respelled(other) == other
