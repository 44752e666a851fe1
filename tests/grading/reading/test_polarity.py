from __future__ import annotations

import pytest

from tutor.grading.reading import polarity as table
from tutor.grading.reading.polarity import NEGATION, flip, opposed, polarity, sign
from tutor.grading.reading.text import read, stem


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
        ("可以防止退步", "会导致退步", "negation"),
        ("at least 10 members", "at most 10 members", "direction"),
        ("不少于十人", "不超过十人", "direction"),
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
        ("防止模型退步", "使模型不退步"),
        ("use A instead of B", "use A, not B"),
        ("use this", "useless"),
    ],
)
def test_keeps(reference, answer):
    assert flipped(reference, answer) is None


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("北", "南", True),
        ("increases", "decreased", True),
        ("increase", "drops", True),
        ("stable", "unstable", True),
        ("paired", "unpaired", True),
        ("上升", "上涨", False),
        ("press", "impress", True),  # a price of the prefix rule: only near copies ask for it
        ("use", "unuse", False),
    ],
)
def test_antonyms(left, right, expected):
    assert opposed(left, right) is expected
    assert opposed(right, left) is expected
    assert opposed(sign(left), sign(right)) is expected


def test_every_word_stands_once_in_the_table():
    forms = [
        form if " " in form else stem(form)
        for row in table._rows("antonyms.tsv")
        for side in row[:2]
        for form in {f if " " in f else stem(f) for f in side.split("|")}
    ]
    assert sorted(forms) == sorted(set(forms))


def test_words_of_one_direction_have_one_sign_and_negations_another():
    assert sign("上升") == sign("rises") == sign("goes up") != sign("falls")
    assert sign("without") == sign("没有") == sign("didn't") == NEGATION
    assert sign("大") == "大"
