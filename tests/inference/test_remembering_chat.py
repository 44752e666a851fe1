from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.inference.fake_chat import FakeChat, asking, failing, replying
from tests.inference.virtual_time import run
from tutor.errors import MalformedReplyError, ModelServerError, StoreError
from tutor.inference.remembering_chat import RememberingChat


class FakeMemory(dict):
    """A dictionary that may fail."""

    broken = False

    def get(self, key):
        self._check()
        return super().get(key)

    def put(self, key, text):
        self._check()
        self.setdefault(key, text)

    def _check(self):
        if self.broken:
            raise StoreError("reviews.db: locked; try again")


def remembering(inner, memory=None, parameters=None):
    return RememberingChat(inner, FakeMemory() if memory is None else memory, parameters or {})


def together(chat, *requests):
    async def story():
        return await asyncio.gather(*[chat.ask(one) for one in requests], return_exceptions=True)

    return run(story())


def test_an_equal_request_is_asked_once_and_gets_the_same_reply():
    inner = FakeChat(replying(attempts=2, latency_ms=1500.0))
    chat = remembering(inner)
    (first,), (second,) = together(chat, asking()), together(chat, asking())
    assert not first.remembered
    assert second == replace(first, remembered=True)
    assert len(inner.requests) == 1


def test_another_sample_is_another_request():
    inner = FakeChat()
    together(remembering(inner), *[asking(sample=sample) for sample in range(3)])
    assert len(inner.requests) == 3


def test_other_parameters_are_another_request():
    inner, memory = FakeChat(), FakeMemory()
    for most in (100, 200, 100):
        together(remembering(inner, memory, {"max_tokens": most}), asking())
    assert len(inner.requests) == 2


def test_a_failure_is_not_remembered():
    inner = FakeChat(failing(ModelServerError), replying())
    chat = remembering(inner)
    assert isinstance(together(chat, asking())[0], ModelServerError)
    assert together(chat, asking())[0].value == {"points": []}


# Equal requests at the same time.


def test_of_equal_requests_at_once_one_is_asked():
    inner = FakeChat((1.0, replying()))
    replies = together(remembering(inner), *[asking()] * 20)
    assert len(inner.requests) == 1
    assert [reply.remembered for reply in replies] == [False] + [True] * 19


def test_they_fail_together():
    inner = FakeChat((1.0, failing(ModelServerError)))
    errors = together(remembering(inner), *[asking()] * 3)
    assert {type(error) for error in errors} == {ModelServerError}
    assert len(inner.requests) == 1


@pytest.mark.parametrize("leaving", [0, 1])
def test_one_that_leaves_takes_nothing_from_the_others(leaving):
    inner = FakeChat((2.0, replying()))
    chat = remembering(inner)

    async def story():
        tasks = [asyncio.create_task(chat.ask(asking())) for _ in range(3)]
        await asyncio.sleep(1)
        tasks[leaving].cancel()
        return await asyncio.gather(*tasks, return_exceptions=True)

    came = [type(one).__name__ for one in run(story())]
    assert came.count("ChatReply") == 2
    assert (len(inner.requests), inner.cancelled) == (1, 0)


def test_when_all_leave_it_is_called_off_and_a_new_one_is_asked():
    inner = FakeChat((2.0, replying()))
    chat = remembering(inner)

    async def story():
        tasks = [asyncio.create_task(chat.ask(asking())) for _ in range(3)]
        await asyncio.sleep(1)
        for task in tasks:
            task.cancel()
        await asyncio.sleep(0)
        return await chat.ask(asking())

    assert run(story()).model == "fake-1"
    assert (len(inner.requests), inner.cancelled) == (2, 1)


# A memory that fails.


def test_a_broken_memory_is_done_without_and_says_so():
    inner, memory = FakeChat(), FakeMemory()
    chat = remembering(inner, memory)
    memory.broken = True
    assert [type(one).__name__ for one in together(chat, asking())] == ["ChatReply"]
    assert chat.trouble == "reviews.db: locked; try again"
    memory.broken = False
    together(chat, asking())
    assert chat.trouble is None


def test_a_damaged_reply_is_asked_for_again():
    inner, memory = FakeChat(), FakeMemory()
    chat = remembering(inner, memory)
    together(chat, asking())
    (key,) = memory
    memory[key] = memory[key][:-5]
    assert together(chat, asking())[0].remembered is False
    assert key in chat.trouble


def test_a_reply_that_its_request_refuses_is_not_remembered():
    def refuse(value):
        raise MalformedReplyError("no points; ask again")

    inner = FakeChat()
    chat = remembering(inner)
    together(chat, replace(asking(), check=refuse))
    together(chat, replace(asking(), check=refuse))
    assert len(inner.requests) == 2
    together(chat, replace(asking(), check=dict))  # one that takes it
    together(chat, asking())
    assert len(inner.requests) == 3
