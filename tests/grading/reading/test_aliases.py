from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.reading.aliases import declared_aliases
from tutor.grading.reading.text import read


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("我们采用监督微调（SFT）", [("监督微调", "SFT")]),
        (
            "1) 监督微调（SFT）；2) 奖励模型训练（RM）",
            [("监督微调", "SFT"), ("奖励模型训练", "RM")],
        ),
        ("缓解公共数据集上的性能退化（alignment tax）", [("性能退化", "alignment tax")]),
        ("Key-Value (KV) cache", [("Key-Value", "KV")]),
        (
            "uses reinforcement learning from human feedback (RLHF)",
            [("reinforcement learning from human feedback", "RLHF")],
        ),
        (
            "RLHF (reinforcement learning from human feedback)",
            [("RLHF", "reinforcement learning from human feedback")],
        ),
        ("PPO（近端策略优化）", [("PPO", "近端策略优化")]),
        ("标准化（又称归一化）", [("标准化", "归一化")]),
        ("包括：[有帮助]（helpful）", [("有帮助", "helpful")]),
        (
            "让模型更有帮助、诚实、无害（helpful, honest, harmless）",
            [("有帮助", "helpful"), ("诚实", "honest"), ("无害", "harmless")],
        ),
    ],
)
def test_a_translation_or_an_abbreviation_is_an_alias(text, pairs):
    assert list(declared_aliases(read(text))) == pairs


@pytest.mark.parametrize(
    "text",
    [
        "其他语言的指令（如法语、西班牙语）",
        "生成占主导地位（57%）",
        "Likert 量表评分（1-7分）",
        "用户提交的提示（早期 InstructGPT 版本）",
        "只使用 Playground 数据（有明确告知）",
        "优先考虑真实性（in the final evaluation）",
        "the model (a big one) learns",
        "Mitochondria (the powerhouse of the cell)",
        "三个维度（helpful, honest, harmless）",
        "f(x)",
        "（SFT）",
        "监督微调（）",
    ],
)
def test_an_explanation_an_example_or_a_figure_is_not(text):
    assert declared_aliases(read(text)) == ()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="微调的、，,（）()SFT ab-.又称如", max_size=30))
def test_both_names_are_words_of_the_text(text):
    for term, alias in declared_aliases(read(text)):
        assert term != "" != alias
        assert term in text
        assert alias in text
