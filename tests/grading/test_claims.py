from __future__ import annotations

import pytest

from tutor.grading.claims import claims_of


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("生成毒性输出减少约四分之一，但在偏见上改进不明显", ["生成毒性输出减少约四分之一", "在偏见上改进不明显"]),
        ("虽然验证损失上升，但奖励模型评分继续提升", ["验证损失上升", "奖励模型评分继续提升"]),
        ("过滤含个人信息的提示，且只使用游乐场的数据", ["过滤含个人信息的提示", "只使用游乐场的数据"]),
        ("Old learning disturbs new memories, while the new learning disturbs old ones",
         ["Old learning disturbs new memories", "the new learning disturbs old ones"]),
        ("One terminal is joined to the battery and the other terminal is joined to the bulb",
         ["One terminal is joined to the battery", "the other terminal is joined to the bulb"]),
    ],
)  # fmt: skip
def test_two_statements_are_two_claims(sentence, claims):
    assert list(claims_of(sentence)) == claims


@pytest.mark.parametrize(
    "sentence",
    [
        "如果一个表的最后一个元素更小，则只需比较一次，所以比较次数最少",
        "在很少需要插入元素，并且需要对表的操作主要为遍历时，使用顺序表",
        "优先考虑真实性和无害性，而非单纯的有用性",
        "是用户的偏好，而不是所有人的价值观",
        "快，但贵",
        "因为人写的示范又贵又少，所以改用强化学习",
        "The circuit is open, so that the bulb does not light up",
        "The forces are the push of the mover, the friction of the floor, and the normal force",
        "It is quick, but dear",
        "持续优化并不断改进",
        "第一项（因为数据很多而且昂贵，所以训练很慢）",
    ],
)
def test_a_condition_a_cause_a_contrast_and_a_list_stay_whole(sentence):
    assert claims_of(sentence) == (sentence,)
