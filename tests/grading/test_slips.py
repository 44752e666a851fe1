from __future__ import annotations

import pytest

from tutor.grading.slips import is_slip


@pytest.mark.parametrize(
    ("form", "fill"),
    [
        ("westphalia", "westfalia"),
        ("recency", "recencey"),
        ("spaced repetition", "spaced repitition"),
        ("mitochondria", "mitocondria"),
        ("头脑风暴", "头脑风爆"),
        ("人类反馈强化学习", "人类反馈强化学系"),
        ("工作记忆", "工做记忆"),
        ("曹雪芹", "曹雪琴"),
    ],
)
def test_a_slip_is_told(form, fill):
    assert is_slip(form, fill)


@pytest.mark.parametrize(
    ("form", "fill"),
    [
        ("sft", "sfr"),
        ("affect", "effect"),
        ("ubiquitous", "ubiquity"),
        ("adsorption", "absorption"),
        ("hypothermia", "hyperthermia"),
        ("exothermic", "endothermic"),
        ("maltose", "maltase"),
        ("正态分布", "偏态分布"),
        ("有丝分裂", "无丝分裂"),
        ("线粒体内", "线粒体外"),
        ("间隔重复", "间断重复"),
        ("权利", "权力"),  # two characters: too little is left to tell
        ("栈", "栈"),
    ],
)
def test_another_word_is_no_slip(form, fill):
    assert not is_slip(form, fill)
