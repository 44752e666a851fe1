from __future__ import annotations

import pytest

from tutor.deck.counting import Asked, asked_for, item_counts


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("训练包括哪三个步骤？", Asked(3, least=False)),
        ("列举两种评估", Asked(2, least=False)),
        ("请列出至少两个原因", Asked(2, least=True)),
        ("举出4点", Asked(4, least=False)),
        ("哪两个阶段循环？循环时做什么？", Asked(2, least=True)),
        ("Name three kinds of memory.", Asked(3, least=False)),
        ("What are the two phases?", Asked(2, least=False)),
        ("List at least 3 causes", Asked(3, least=True)),
        ("GPT-3 有哪些特点？", None),
        ("What are two-stage models?", None),
        ("哪一个更好？", None),
        ("List 10% of them", None),
    ],
)
def test_asked_for(question, expected):
    assert asked_for(question) == expected


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        ("1) 微调（SFT）；2) 奖励模型，RM；3) 强化学习", 3),
        ("① 甲 ② 乙", 2),
        ("1. one\n2. two\n3. three", 3),
        ("- a, b\n- c", 2),
        ("甲；乙；丙；", 3),
        ("甲、乙和丙", 3),
        ("分别是甲、乙以及丙。", 3),
        ("red, green, and blue", 3),
        ("encoding and retrieval", 2),
        ("one thing", 1),
    ],
)
def test_item_counts(answer, count):
    assert count in item_counts(answer)


def test_a_numbered_list_has_one_count_only():
    assert item_counts("1) a, b; 2) c、d") == {2}


@pytest.mark.parametrize(("count", "fits"), [(2, False), (3, True), (4, True)])
def test_at_least(count, fits):
    assert Asked(3, least=True).fits(count) is fits
