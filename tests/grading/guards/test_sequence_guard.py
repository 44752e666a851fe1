from __future__ import annotations

import pytest

from tutor.grading.guards.sequence import find

STAGES = "前期、中期、后期、末期。"


@pytest.mark.parametrize(
    ("question", "reference", "answer"),
    [
        ("有丝分裂的步骤依次是？", STAGES, "前期、后期、中期、末期。"),
        ("按时间先后排列", "秦、汉、唐、宋。", "宋、唐、汉、秦。"),
        ("Put them in order", "Prophase, metaphase, anaphase", "metaphase, prophase, anaphase"),
        ("怎么训练？", "先监督微调，再训练奖励模型，最后强化学习", "先训练奖励模型，再监督微调，最后强化学习"),
    ],
)  # fmt: skip
def test_another_order_contradicts_where_order_is_asked_or_told(
    attempt, question, reference, answer
):
    (finding,) = find(attempt(answer, reference, question=question))
    assert (finding.name, finding.effect) == ("sequence", "contradict")


@pytest.mark.parametrize(
    ("question", "reference", "answer"),
    [
        ("有丝分裂的步骤依次是？", STAGES, "前期，然后中期，再后期，最后末期"),
        ("有丝分裂有哪些时期？", STAGES, "末期、后期、中期、前期"),
        ("有丝分裂的步骤依次是？", STAGES, "末期、前期"),
        ("有丝分裂的步骤依次是？", STAGES, ""),
    ],
)
def test_the_right_order_no_order_or_missing_items_do_not(attempt, question, reference, answer):
    assert find(attempt(answer, reference, question=question)) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("有丝分裂有哪几个阶段？", "前期、后期、中期、末期"),
        ("有丝分裂的步骤依次是？", "末期之前是后期，后期之前是中期，最早是前期"),
    ],
)
def test_steps_alone_and_words_of_order_are_a_doubt(attempt, question, answer):
    (finding,) = find(attempt(answer, STAGES, question=question))
    assert finding.effect == "doubt"


def test_the_item_that_comes_too_early_is_named(attempt):
    points = ("前期", "中期", "后期", "末期")
    answer = "前期、后期、中期、末期"
    (finding,) = find(attempt(answer, STAGES, question="依次是？", points=points))
    assert finding.point == 2  # 后期 stands before 中期
