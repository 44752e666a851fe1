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
        ("the year 1945", "1945"),
        ("one half", "1/2"),
        ("a quarter", "1/4"),
        ("three fourths", "3/4"),
        ("zero point zero two", "0.02"),
        ("point five", "0.5"),
        ("负一点五", "-1.5"),
        ("minus twenty-one", "-21"),
        ("根号二", "√2"),
        ("the square root of 2", "√2"),
        ("sqrt(x)", "√x"),
        ("the third", "第3"),
        ("pi r squared", "π r^2"),
        ("π 乘 r 的平方", "π*r^2"),
    ],
)
def test_words_become_signs(spelled, signs):
    assert respelled(spelled).replace(" ", "") == signs.replace(" ", "")


@pytest.mark.parametrize(
    "other",
    [
        "twelve",
        "five six",
        "1215 bc",
        "公元前 1215 年",
        "cosine",
        "π",
        "负相关",
        "point of sale",
        "五分",
    ],
)
def test_anything_else_is_left_alone(other):
    assert respelled(other) == other
