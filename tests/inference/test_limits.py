from __future__ import annotations

import asyncio
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inference.fake_chat import FakeChat, asking, failing, replying
from tests.inference.virtual_time import now, run
from tutor.errors import ModelPausedError, ModelServerError
from tutor.inference.chat import Usage
from tutor.inference.limits import LimitedChat


def limited(inner, concurrency=2, most_output=100, **limits):
    return LimitedChat(inner, concurrency=concurrency, most_output=most_output, **limits)


def ask_all(chat, requests):
    async def story():
        start = now()
        await asyncio.gather(*[chat.ask(one) for one in requests], return_exceptions=True)
        return now() - start

    return run(story())


def test_no_more_are_on_their_way_than_chosen():
    inner = FakeChat((1.0, replying()))
    # ten of a second each, two at a time
    assert ask_all(limited(inner), [asking()] * 10) == pytest.approx(5.0)
    assert inner.most_at_once == 2


def test_the_first_to_come_is_the_first_to_go():
    inner = FakeChat((1.0, replying()))
    requests = [asking(str(number)) for number in range(20)]
    ask_all(limited(inner), requests)
    assert inner.requests == requests


def test_requests_a_minute():
    inner = FakeChat()
    # ten at once, then one a second
    seconds = ask_all(limited(inner, concurrency=50, requests_per_minute=60), [asking()] * 25)
    assert seconds == pytest.approx(15.0, abs=1e-3)


def test_attempts_count_as_requests():
    inner = FakeChat(replying(attempts=3))
    # each takes three: of ten at once four go (the last into debt), then one in three seconds
    seconds = ask_all(limited(inner, concurrency=1, requests_per_minute=60), [asking()] * 6)
    assert seconds == pytest.approx(3 + 3, abs=1e-3)


def test_tokens_a_minute_are_charged_ahead_and_corrected():
    request = asking("x" * 297)  # 297 / 3 + 1 + 100 of reply = 200 tokens
    inner = FakeChat((1.0, replying(Usage(40, 10))))
    # 100 tokens a second, a thousand at once: five are charged, a sixth waits a second, until
    # the five give back 150 each
    seconds = ask_all(limited(inner, concurrency=50, tokens_per_minute=6000), [request] * 6)
    assert seconds == pytest.approx(2.0, abs=1e-3)


def test_a_server_that_does_not_count_tokens_is_charged_the_estimate():
    request = asking("x" * 297)
    inner = FakeChat(replying(Usage()))
    # a thousand at once, and 200 every two seconds after
    seconds = ask_all(limited(inner, concurrency=1, tokens_per_minute=6000), [request] * 8)
    assert seconds == pytest.approx(6.0, abs=1e-2)


def test_a_request_larger_than_a_minute_allows_is_not_stuck():
    request = asking("x" * 30_000)
    seconds = ask_all(limited(FakeChat(), tokens_per_minute=600), [request, request])
    assert seconds < 120


def test_a_failure_frees_its_place_and_gives_back_what_it_did_not_take():
    inner = FakeChat(failing(ModelServerError, attempts=1, spent=Usage(10, 0)))
    chat = limited(inner, concurrency=1, requests_per_minute=60, tokens_per_minute=60_000)
    # ten requests at once, then one a second; tokens are no matter
    assert ask_all(chat, [asking()] * 12) == pytest.approx(2.0, abs=1e-3)
    assert len(inner.requests) == 12


def test_what_was_not_sent_costs_nothing():
    inner = FakeChat(failing(ModelPausedError))
    chat = limited(inner, requests_per_minute=6, tokens_per_minute=600)
    assert ask_all(chat, [asking()] * 50) == 0.0


def test_who_is_cancelled_leaves_the_queue_and_nobody_is_stuck():
    inner = FakeChat((1.0, replying()))
    chat = limited(inner, concurrency=1)

    async def story():
        tasks = [asyncio.create_task(chat.ask(asking(str(number)))) for number in range(1000)]
        await asyncio.sleep(0.5)
        for task in tasks[:-1]:  # the first is on its way, the others wait
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return chat.waiting, [request.messages[0].content for request in inner.requests]

    assert run(story()) == (0, ["0", "999"])


def test_who_is_cancelled_in_its_turn_hands_the_place_on():
    class Cancelling(FakeChat):
        async def ask(self, request):
            reply = await super().ask(request)
            if len(self.requests) == 1:
                # The second gets the place as this returns, and is cancelled before it goes on.
                asyncio.get_running_loop().call_soon(tasks[1].cancel)
            return reply

    inner, tasks = Cancelling((1.0, replying())), []
    chat = limited(inner, concurrency=1)

    async def story():
        tasks.extend(asyncio.create_task(chat.ask(asking(text))) for text in "abc")
        await asyncio.gather(*tasks, return_exceptions=True)
        return [request.messages[0].content for request in inner.requests]

    assert run(story()) == ["a", "c"]


def test_it_may_go_on_in_another_event_loop():
    chat = limited(FakeChat((1.0, replying())), concurrency=1, requests_per_minute=60)
    for _ in range(3):
        ask_all(chat, [asking()] * 5)
    assert chat.waiting == 0


def test_thousands_that_wait_cost_little():
    chat = limited(FakeChat((0.001, replying())), concurrency=8, requests_per_minute=1e7)

    async def story():
        await asyncio.gather(*[chat.ask(asking()) for _ in range(5000)])

    tracemalloc.start()
    start = time.process_time()
    run(story())
    spent = time.process_time() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert spent < 5.0  # a quadratic queue would take minutes
    assert peak < 5000 * 8000


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 3), st.floats(0, 3), st.one_of(st.none(), st.floats(0, 4))),
        min_size=1,
        max_size=30,
    ),
    st.integers(1, 4),
)
def test_whatever_is_cancelled_whenever_every_place_is_free_again(visits, concurrency):
    inner = FakeChat(*[(seconds, replying()) for _, seconds, _ in visits])
    chat = limited(inner, concurrency=concurrency, requests_per_minute=120)

    async def visit(pause, patience):
        await asyncio.sleep(pause)
        async with asyncio.timeout(patience):
            await chat.ask(asking())

    async def story():
        await asyncio.gather(
            *[visit(pause, patience) for pause, _, patience in visits], return_exceptions=True
        )
        assert (inner.running, chat.waiting) == (0, 0)
        before = len(inner.requests)
        await asyncio.gather(*[chat.ask(asking()) for _ in range(concurrency)])
        return len(inner.requests) - before

    assert run(story()) == concurrency
    assert inner.most_at_once <= concurrency
