from __future__ import annotations

from tests.inference.fake_chat import SCHEMA, asking
from tutor.inference.chat import ChatRequest, Message
from tutor.inference.token_estimate import estimated_tokens


def test_a_chinese_character_is_a_token_and_three_letters_are_one():
    assert estimated_tokens(asking("奖励模型" * 10)) == 41
    assert estimated_tokens(asking("abc" * 10)) == 11


def test_all_messages_count():
    two = ChatRequest((Message("system", "abc"), Message("user", "abcdef")), SCHEMA, "judgement")
    assert estimated_tokens(two) == 4


def test_half_a_character_is_no_failure():
    assert estimated_tokens(asking("\ud83d")) >= 1
