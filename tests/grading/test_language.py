from __future__ import annotations

import pytest

from tutor.grading.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("奖励模型", "zh"),
        ("獎勵模型", "zh"),
        ("用 PPO 优化 reward model 的 score", "zh"),
        ("the reward model ranks outputs", "en"),
        ("The word 对齐 means that a model follows what its users want it to do", "en"),
        ("PPO", "en"),
    ],
)
def test_language_of(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "42", "👍", "= 0.02"])
def test_a_text_without_words_has_the_default_language(text):
    assert language_of(text, "en") == "en"
    assert language_of(text, "zh") == "zh"
