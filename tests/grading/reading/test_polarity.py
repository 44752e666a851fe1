from __future__ import annotations

import pytest

from tutor.grading.reading.polarity import flip, polarity
from tutor.grading.reading.text import read


def flipped(reference: str, answer: str) -> str | None:
    return flip(polarity(read(reference).normal), polarity(read(answer).normal))


@pytest.mark.parametrize(
    ("reference", "answer", "expected"),
    [
        ("模型更稳定", "模型更不稳定", "negation"),
        ("参数会更新", "参数不会更新", "negation"),
        ("the bulbs are connected", "the bulbs aren't connected", "negation"),
        ("学习率增大", "学习率减小", "direction"),
        ("maximise the reward", "minimizes the reward", "direction"),
        ("鼓励探索", "惩罚探索", "direction"),
        ("无监督学习", "有监督学习", "negation"),
    ],
)
def test_flips(reference, answer, expected):
    assert flipped(reference, answer) == expected
    assert flipped(answer, reference) == expected


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("损失不增加", "损失减少"),
        ("the voltage does not increase", "the voltage decreases"),
        ("并非不重要", "重要"),
        ("大于左侧", "小于右侧"),
        ("不同的模型", "各种模型"),
        ("not only faster", "faster"),
        ("非常稳定", "稳定"),
        ("从增加到减少", "增加"),
    ],
)
def test_keeps(reference, answer):
    assert flipped(reference, answer) is None
