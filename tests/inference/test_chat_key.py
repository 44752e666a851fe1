from __future__ import annotations

from dataclasses import replace

import pytest

from tests.inference.fake_chat import FakeChat, asking
from tutor.inference.chat import Message
from tutor.inference.chat_key import request_key

REQUEST = asking("奖励模型?", temperature=0.7, sample=1)
PARAMETERS = {"max_tokens": 1000, "extra": {"seed": 1, "top_p": 0.5}}


class Other(FakeChat):
    name = "other"


class Elsewhere(FakeChat):
    endpoint = "http://elsewhere.test/v1"


KEY = request_key(REQUEST, FakeChat(), PARAMETERS)


def test_it_is_the_same_in_every_run():
    assert KEY == "c9c66d251101c7c44183b4b1f78eb2450ba6d0170a408b0fbc46d15dee62d903"


def test_the_order_of_fields_is_no_matter():
    turned = {"extra": {"top_p": 0.5, "seed": 1}, "max_tokens": 1000}
    assert request_key(REQUEST, FakeChat(), turned) == KEY


def test_a_whole_number_is_the_same_temperature():
    same = [request_key(replace(REQUEST, temperature=t), FakeChat(), PARAMETERS) for t in (1, 1.0)]
    assert same[0] == same[1]


@pytest.mark.parametrize(
    ("request_", "model", "parameters"),
    [
        (REQUEST, Other(), PARAMETERS),
        (REQUEST, Elsewhere(), PARAMETERS),
        (REQUEST, FakeChat(), PARAMETERS | {"max_tokens": 1001}),
        (replace(REQUEST, sample=2), FakeChat(), PARAMETERS),
        (replace(REQUEST, temperature=0.0), FakeChat(), PARAMETERS),
        (replace(REQUEST, name="feedback"), FakeChat(), PARAMETERS),
        (replace(REQUEST, schema={"type": "array"}), FakeChat(), PARAMETERS),
        (replace(REQUEST, messages=(Message("system", "奖励模型?"),)), FakeChat(), PARAMETERS),
        (replace(REQUEST, messages=REQUEST.messages * 2), FakeChat(), PARAMETERS),
        (replace(REQUEST, messages=(Message("user", "奖励模型？"),)), FakeChat(), PARAMETERS),
        (replace(REQUEST, messages=(Message("user", "\ud83d"),)), FakeChat(), PARAMETERS),
    ],
)
def test_whatever_may_change_the_reply_changes_it(request_, model, parameters):
    assert request_key(request_, model, parameters) != KEY
