from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tutor.inference.chat import ChatReply, Usage
from tutor.inference.reply_text import reply_from_text, reply_text

# Lone surrogates too: JSON from a model may hold half an emoji.
TEXT = st.text(st.characters() | st.characters(categories=["Cs"]), max_size=10)
NUMBER = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUE = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=10,
)
REPLY = st.builds(
    ChatReply,
    value=st.dictionaries(TEXT, VALUE, max_size=4),
    model=st.text(max_size=10),
    usage=st.builds(Usage, *[st.integers(0, 10**9)] * 3),
    format=st.sampled_from(["schema", "tool", "text"]),
    attempts=st.integers(1, 20),
    latency_ms=st.floats(0, 1e6),
)


@settings(max_examples=150, deadline=None)
@given(REPLY)
@example(ChatReply({"\ud83d": ["\ud83d"]}, "m", Usage(), "text"))
def test_a_reply_comes_back_as_it_was_but_remembered(reply):
    text = reply_text(reply)
    assert reply_from_text(text) == replace(reply, remembered=True)
    assert "\n" not in text
    text.encode("ascii")


@pytest.mark.parametrize(
    "text", ["", "{", "null", "[]", '{"value": {}}', '{"value": 1, "model": 2}']
)
def test_another_text_is_refused(text):
    with pytest.raises(ValueError, match=r"ChatReply|Expecting"):
        reply_from_text(text)
