from __future__ import annotations

import pytest

from tutor.grading.attempt import lay_out
from tutor.grading.guards.padding import find
from tutor.grading.item import Item

ITEM = Item("SFT 之后训练什么？", ("训练奖励模型",))


@pytest.mark.parametrize(
    ("answer", "doubted"),
    [
        ("训练奖励模型", False),
        # A long sentence, but fewer than 40 words of content.
        ("在监督微调之后，他们请标注员给多个输出排序，用这些排序训练一个奖励模型", False),
        ("监督微调、奖励模型、强化学习、预训练、数据清洗、评估、部署、标注、" * 8, True),
        ("supervised reward policy data labels ranking loss pretraining " * 8, True),
    ],
)
def test_only_an_answer_many_times_the_reference_is_doubted(answer, doubted):
    found = find(lay_out(ITEM, answer, "zh"))
    assert bool(found) == doubted
    assert all(finding.effect == "doubt" for finding in found)


def test_a_long_reference_allows_a_long_answer():
    reference = "监督微调用示范，奖励模型用排序，强化学习用提示，三者各有数据" * 3
    assert find(lay_out(Item("?", (reference,)), reference + "而且如此" * 30, "zh")) == []
