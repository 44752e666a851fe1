from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inference.fake_chat import FakeChat, asking, failing, replying
from tests.inference.virtual_time import now, run
from tutor.errors import (
    EmptyReplyError,
    MalformedReplyError,
    ModelAccessError,
    ModelBusyError,
    ModelError,
    ModelNotFoundError,
    ModelPausedError,
    ModelRequestError,
    ModelServerError,
    ModelTimeoutError,
    ModelUnreachableError,
    OverBudgetError,
    RefusedReplyError,
)
from tutor.inference.chat import Usage
from tutor.inference.patient import PatientChat

DOWN = failing(ModelServerError, spent=Usage(7, 0), attempts=1)
LEAST, MOST = lambda: 0.999999999, lambda: 0.0  # chance that shortens waits to half, or not


def patient(inner, chance=MOST, deadline=30.0):
    return PatientChat(inner, chance=chance, deadline=deadline)


def outcome(chat, times=1):
    """Ask so often, one after the other, and return what came, with the seconds that it took."""

    async def ask():
        came = []
        for _ in range(times):
            start = now()
            try:
                came.append((await chat.ask(asking()), now() - start))
            except ModelError as error:
                came.append((error, now() - start))
        return came

    return run(ask())


@pytest.mark.parametrize(
    "kind", [ModelBusyError, ModelServerError, ModelUnreachableError, ModelTimeoutError]
)
def test_what_may_pass_is_asked_again(kind):
    inner = FakeChat(failing(kind), replying())
    assert outcome(patient(inner))[0][0].value == {"points": []}
    assert len(inner.requests) == 2


@pytest.mark.parametrize(
    "kind",
    [
        ModelAccessError,
        ModelNotFoundError,
        ModelRequestError,
        EmptyReplyError,
        RefusedReplyError,
        MalformedReplyError,
        OverBudgetError,
    ],
)
def test_what_stays_is_not_asked_again(kind):
    inner = FakeChat(failing(kind, "no; do this"), replying())
    error, seconds = outcome(patient(inner))[0]
    assert (type(error), str(error), seconds) == (kind, "no; do this", 0.0)
    assert len(inner.requests) == 1


def test_waits_double_and_chance_takes_up_to_half_of_them():
    for chance, share in ((MOST, 1.0), (LEAST, 0.5)):
        inner = FakeChat(DOWN)
        outcome(patient(inner, chance))
        waits = [later - sooner for sooner, later in zip(inner.at, inner.at[1:], strict=False)]
        assert waits == pytest.approx([share * wait for wait in (0.5, 1, 2, 4)], abs=1e-6)


def test_five_attempts_are_all_and_the_error_says_so():
    error, seconds = outcome(patient(FakeChat(DOWN)))[0]
    assert seconds == pytest.approx(7.5)  # 0.5 + 1 + 2 + 4
    assert isinstance(error, ModelServerError)
    assert "down; start it" in str(error)
    assert "asked 5 times in 7.5 s" in str(error)


def test_a_busy_server_is_asked_as_long_as_the_deadline_allows():
    inner = FakeChat(failing(ModelBusyError))
    _, seconds = outcome(patient(inner))[0]
    # 0.5 + 1 + 2 + 4 + 8 + 8 = 23.5; eight more would be past 30
    assert (seconds, len(inner.requests)) == (pytest.approx(23.5), 7)


def test_a_server_that_says_when_is_asked_then():
    inner = FakeChat(failing(ModelBusyError, retry_after=12.0), replying())
    _, seconds = outcome(patient(inner))[0]
    assert seconds == pytest.approx(12.0)


def test_a_server_that_says_after_the_deadline_is_given_up_at_once():
    inner = FakeChat(failing(ModelBusyError, "busy; wait", retry_after=60.0))
    error, seconds = outcome(patient(inner))[0]
    assert (type(error), seconds, len(inner.requests)) == (ModelBusyError, 0.0, 1)
    assert "60 s" in str(error)


def test_a_server_that_always_says_at_once_is_not_asked_without_end():
    inner = FakeChat(failing(ModelBusyError, retry_after=0.0))
    outcome(patient(inner, LEAST))
    assert len(inner.requests) == 10


def test_an_attempt_is_cut_short_at_the_deadline_and_not_repeated():
    inner = FakeChat((31.0, replying()))
    error, seconds = outcome(patient(inner))[0]
    assert (type(error), seconds) == (ModelTimeoutError, pytest.approx(30.0))
    assert "30 s" in str(error)
    assert "TUTOR_JUDGE_TIMEOUT" in str(error)
    assert (inner.cancelled, len(inner.requests), error.attempts) == (1, 1, 1)


def test_the_deadline_covers_all_attempts_and_waits():
    inner = FakeChat((10.0, DOWN), (10.0, DOWN), (10.0, DOWN))
    error, seconds = outcome(patient(inner))[0]
    # 10 + 0.5 + 10 + 1 leave 8.5 s for the third
    assert seconds == pytest.approx(30.0)
    assert (error.attempts, error.spent) == (3, Usage(14, 0))
    assert isinstance(error.__cause__, ModelServerError)


def test_a_reply_within_the_deadline_counts_all_attempts():
    inner = FakeChat((1.0, DOWN), (2.0, replying(Usage(30, 10, 5), attempts=2)))
    reply, _ = outcome(patient(inner))[0]
    assert reply.usage == Usage(37, 10, 5)
    assert reply.attempts == 3
    assert reply.latency_ms == pytest.approx(3500)  # 1 s, a wait of half a second, 2 s


def test_an_error_that_stays_counts_the_attempts_before_it():
    stays = failing(MalformedReplyError, spent=Usage(30, 10), attempts=1)
    error, _ = outcome(patient(FakeChat(DOWN, stays)))[0]
    assert isinstance(error, MalformedReplyError)
    assert (error.spent, error.attempts) == (Usage(37, 10), 2)


def test_a_budget_that_ends_between_attempts_is_no_attempt():
    error, _ = outcome(patient(FakeChat(DOWN, failing(OverBudgetError))))[0]
    assert isinstance(error, OverBudgetError)
    assert (error.spent, error.attempts) == (Usage(7, 0), 1)


# Leaving alone a model that keeps failing.


def test_five_requests_that_failed_open_it_and_the_sixth_is_not_sent():
    inner = FakeChat(failing(ModelAccessError, "no key; set OPENAI_API_KEY"))
    came = outcome(patient(inner), times=6)
    assert [type(error) for error, _ in came] == [ModelAccessError] * 5 + [ModelPausedError]
    assert "no key; set OPENAI_API_KEY" in str(came[-1][0])
    assert len(inner.requests) == 5


def test_a_reply_that_cannot_be_used_never_opens_it():
    inner = FakeChat(failing(RefusedReplyError))
    assert {type(error) for error, _ in outcome(patient(inner), times=50)} == {RefusedReplyError}
    assert len(inner.requests) == 50


def test_one_attempt_tries_after_the_pause_while_others_are_turned_away():
    inner = FakeChat(*[failing(ModelAccessError)] * 5, (1.0, DOWN), (1.0, replying()))
    chat = patient(inner)

    async def story():
        async def ask():
            try:
                return (await chat.ask(asking())).model
            except ModelError as error:
                return error.type

        for _ in range(5):
            await ask()
        await asyncio.sleep(30)
        first = await asyncio.gather(*[ask() for _ in range(3)])
        await asyncio.sleep(60)
        second = await asyncio.gather(*[ask() for _ in range(3)])
        return first, second, await ask()

    first, second, third = run(story())
    assert first == ["model-server-error", "model-paused", "model-paused"]
    assert second == ["fake-1", "model-paused", "model-paused"]
    assert third == "fake-1"
    assert len(inner.requests) == 8  # the try that failed was not repeated


def test_who_is_waiting_when_it_opens_gives_up_after_one_more_attempt():
    inner = FakeChat(*[DOWN] * 3, *[failing(ModelAccessError)] * 5, DOWN)
    chat = patient(inner)

    async def story():
        return await asyncio.gather(*[chat.ask(asking()) for _ in range(8)], return_exceptions=True)

    errors = run(story())
    assert [type(error) for error in errors] == [ModelServerError] * 3 + [ModelAccessError] * 5
    assert [error.attempts for error in errors[:3]] == [2, 2, 2]  # and not five each
    assert len(inner.requests) == 11


def test_a_request_that_nobody_waits_for_leaves_the_try_to_another():
    inner = FakeChat(*[failing(ModelAccessError)] * 5, (9.0, replying()))
    chat = patient(inner)

    async def story():
        for _ in range(5):
            await asyncio.gather(chat.ask(asking()), return_exceptions=True)
        await asyncio.sleep(30)
        abandoned = asyncio.create_task(chat.ask(asking()))
        await asyncio.sleep(1)
        abandoned.cancel()
        await asyncio.gather(abandoned, return_exceptions=True)
        return await chat.ask(asking())

    assert run(story()).model == "fake-1"


ACTS = st.sampled_from(
    [
        replying(),
        failing(ModelServerError),
        failing(ModelTimeoutError),
        failing(ModelBusyError, retry_after=3.0),
        failing(ModelBusyError),
        failing(MalformedReplyError),
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 40), ACTS), min_size=1, max_size=8),
    st.floats(0, 0.999),
    st.floats(0.1, 60),
)
def test_no_script_takes_longer_than_the_deadline(script, chance, deadline):
    inner = FakeChat(*script)
    came, seconds = outcome(patient(inner, lambda: chance, deadline))[0]
    assert seconds <= deadline + 1e-3
    assert came.attempts == len(inner.requests)
