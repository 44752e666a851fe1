from __future__ import annotations

import asyncio

import pytest

from tests.inference.fake_chat import FakeChat, asking, failing, replying
from tests.inference.fake_ledger import NOON, FakeClock, FakeLedger
from tests.inference.virtual_time import run
from tutor.errors import (
    MalformedReplyError,
    ModelError,
    ModelPausedError,
    ModelTimeoutError,
    ModelUnreachableError,
)
from tutor.inference.chat import Usage
from tutor.inference.meter import Meter
from tutor.inference.metered import MeteredChat
from tutor.spending import Call, Prices

REQUEST = asking("x" * 87)  # 30 tokens


def calls_of(*script, prices=None, patience=None):
    """Ask once, and return the calls in the ledger."""
    ledger = FakeLedger()

    async def story():
        meter = Meter(ledger, clock=FakeClock(), most_output=100, prices=prices)
        try:
            async with asyncio.timeout(patience):
                await MeteredChat(FakeChat(*script), meter).ask(REQUEST)
        except (ModelError, TimeoutError):
            pass
        await meter.flush()

    run(story())
    return ledger.calls


def call(**fields):
    return Call(**{"at": NOON, "model": "fake", "endpoint": "http://fake.test/v1"} | fields)


def test_a_reply_is_noted_with_what_it_took():
    reply = replying(Usage(30, 10, 20), attempts=2, latency_ms=1500.0)
    assert calls_of(reply, prices=Prices(1.0, 10.0, "EUR", cached=0.5)) == [
        call(
            model="fake-1",
            outcome="ok",
            input_tokens=30,
            output_tokens=10,
            cached_tokens=20,
            money=pytest.approx(120e-6),  # 10 x 1 + 20 x 0.5 + 10 x 10, per million
            currency="EUR",
            latency_ms=1500.0,
            attempts=2,
        )
    ]


def test_without_prices_no_money_is_noted():
    (noted,) = calls_of(replying())
    assert (noted.money, noted.currency) == (None, None)


def test_a_failure_is_noted_by_name_with_what_it_took():
    error = failing(MalformedReplyError, spent=Usage(30, 9), attempts=3)
    assert calls_of((2.0, error)) == [
        call(
            outcome="reply-malformed",
            input_tokens=30,
            output_tokens=9,
            latency_ms=pytest.approx(2000),
            attempts=3,
        )
    ]


def test_what_never_reached_the_server_costs_nothing():
    (noted,) = calls_of(failing(ModelUnreachableError))
    assert (noted.outcome, noted.input_tokens, noted.attempts) == ("model-unreachable", 0, 1)


def test_what_was_not_sent_is_no_call():
    assert calls_of(failing(ModelPausedError)) == []


@pytest.mark.parametrize(
    ("act", "patience"), [(failing(ModelTimeoutError), None), ((9.0, replying()), 4.0)]
)
def test_what_was_given_up_counts_its_messages(act, patience):
    (noted,) = calls_of(act, patience=patience)
    assert (noted.outcome, noted.input_tokens, noted.output_tokens) == ("model-timeout", 30, 0)
    assert noted.latency_ms == pytest.approx(4000 if patience else 0)


def test_a_ledger_that_fails_costs_nobody_a_reply():
    ledger = FakeLedger()
    ledger.broken = True

    async def story():
        meter = Meter(ledger, clock=FakeClock(), most_output=100)
        reply = await MeteredChat(FakeChat(), meter).ask(REQUEST)
        await meter.flush()
        return reply.model, meter.unwritten, meter.trouble, meter.spent.tokens

    assert run(story()) == ("fake-1", 1, "reviews.db: disk is full; make room", 40)


def test_a_bug_is_raised_as_it_is_and_holds_nothing():
    class Buggy(FakeChat):
        async def ask(self, request):
            raise ZeroDivisionError

    async def story():
        meter = Meter(FakeLedger(), clock=FakeClock(), most_output=100)
        with pytest.raises(ZeroDivisionError):
            await MeteredChat(Buggy(), meter).ask(REQUEST)
        return meter.spent.tokens

    assert run(story()) == 0
