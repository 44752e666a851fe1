from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.fill_meaning import meaning
from tutor.grading.reading.text import read


@pytest.mark.parametrize(
    ("reference", "answer", "level"),
    [
        ("人类偏好", "human preferences", "equivalent"),
        ("预测下一个词", "predict the next token", "equivalent"),
        ("预测下一个词", "预测下一个单词", "likely"),
        ("奖励信号", "可优化的奖励信号", "likely"),
        ("奖励模型", "训练奖励模型", "likely"),
    ],
)
def test_the_same_in_other_words(reference, answer, level):
    assert meaning(read(reference), read(answer)) == level


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("奖励模型", "价值模型"),
        ("有帮助", "没有帮助"),
        ("假前提指令", "真前提指令"),
        ("奖励信号", "没有的奖励信号"),
        ("弹性", "单位弹性"),
        ("开放QA", "QA"),
        ("affect", "afflict"),
        ("r(x,y_w)", "r(x,y_l)"),
        ("H2O", "HO"),
        ("GPT-3", "GPT-4"),
    ],
)
def test_something_else(reference, answer):
    assert meaning(read(reference), read(answer)) is None


@given(st.text("奖励模型有没的 abor12", min_size=1, max_size=20))
@settings(deadline=None, max_examples=100)
def test_a_negation_before_a_fill_is_never_the_fill(text):
    assert meaning(read("奖励模型"), read("没有" + text)) is None
