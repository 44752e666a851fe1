from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inference.fake_chat import FakeChat, asking, failing, replying
from tests.inference.fake_ledger import NOON, FakeClock, FakeLedger
from tests.inference.virtual_time import now, run
from tutor.errors import ModelError, ModelServerError, OverBudgetError
from tutor.inference.chat import Usage
from tutor.inference.meter import Meter
from tutor.inference.metered import MeteredChat
from tutor.spending import Budget, Prices, Spent

PRICES = Prices(input=1.0, output=10.0, currency="EUR")  # 30 in, 10 out: 130 / 1e6
REQUEST = asking("x" * 87)  # 87 / 3 + 1 = 30 tokens, and up to 100 of reply: 130


def metered(budget=None, *, inner=None, ledger=None, clock=None, prices=None):
    meter = Meter(
        FakeLedger() if ledger is None else ledger,
        clock=clock or FakeClock(),
        most_output=100,
        budget=budget,
        prices=prices,
    )
    return MeteredChat(inner or FakeChat(), meter), meter


def ask(chat, times=1):
    """Ask so often, one after the other, and return `ok` or the failure of each."""

    async def story():
        came = []
        for _ in range(times):
            try:
                await chat.ask(REQUEST)
                came.append("ok")
            except ModelError as error:
                came.append(error)
        return came

    return run(story())


def test_without_a_budget_nothing_is_refused_and_no_day_is_read():
    ledger = FakeLedger()
    chat, meter = metered(ledger=ledger)
    assert ask(chat, 100) == ["ok"] * 100
    assert meter.spent == Spent(4000)
    assert ledger.days_read == []


@pytest.mark.parametrize(
    ("budget", "setting", "spent"),
    [
        (Budget(run_tokens=100), "TUTOR_JUDGE_BUDGET_RUN_TOKENS", "120"),
        (Budget(day_tokens=100), "TUTOR_JUDGE_BUDGET_DAY_TOKENS", "120"),
        (Budget(run_money=3e-4), "TUTOR_JUDGE_BUDGET_RUN_MONEY", "0.00039"),
        (Budget(day_money=3e-4), "TUTOR_JUDGE_BUDGET_DAY_MONEY", "0.00039"),
    ],
)
def test_each_budget_ends_and_says_which_and_how_to_go_on(budget, setting, spent):
    chat, _ = metered(budget, prices=PRICES)
    *came, error = ask(chat, 4)  # 40 tokens each: the third goes over 100
    assert came == ["ok"] * 3
    assert isinstance(error, OverBudgetError)
    assert setting in str(error)
    assert spent in str(error)
    assert "\n" not in str(error)


def test_the_message_says_when_it_opens_again():
    chat, _ = metered(Budget(day_tokens=1))
    assert "2026-11-25 00:00 UTC" in str(ask(chat, 2)[1])
    chat, _ = metered(Budget(run_tokens=1))
    assert "next run" in str(ask(chat, 2)[1])


def test_the_day_counts_what_other_runs_spent_on_it():
    ledger = FakeLedger(_2026_11_24=Spent(1000), _2026_11_23=Spent(99_999))
    chat, _ = metered(Budget(day_tokens=1070), ledger=ledger)
    came = ask(chat, 3)  # 1000 + 40 + 40 are over
    assert came[:2] == ["ok", "ok"]
    assert isinstance(came[2], OverBudgetError)
    assert "1,080" in str(came[2])
    assert ledger.days_read == [date(2026, 11, 24)]


def test_the_next_day_begins_anew_and_the_run_goes_on():
    clock = FakeClock()
    chat, meter = metered(Budget(day_tokens=70), clock=clock)
    assert [type(one) for one in ask(chat, 3)] == [str, str, OverBudgetError]
    clock.now = NOON + timedelta(days=1)
    assert [type(one) for one in ask(chat, 3)] == [str, str, OverBudgetError]
    assert meter.spent == Spent(160)


def test_the_day_is_that_of_utc():
    ledger = FakeLedger(_2026_11_23=Spent(1000))
    early = datetime.fromisoformat("2026-11-24T01:00:00+08:00")  # 17:00 of the 23rd in UTC
    chat, _ = metered(Budget(day_tokens=1000), ledger=ledger, clock=FakeClock(early))
    assert isinstance(ask(chat)[0], OverBudgetError)


def test_a_day_that_cannot_be_read_is_not_spent_on():
    ledger = FakeLedger()
    ledger.broken = True
    inner = FakeChat()
    chat, _ = metered(Budget(day_tokens=1000), ledger=ledger, inner=inner)
    error = ask(chat)[0]
    assert isinstance(error, OverBudgetError)
    assert "disk is full" in str(error)
    assert inner.requests == []
    ledger.broken = False
    assert ask(chat) == ["ok"]


def test_what_others_spend_meanwhile_is_seen_within_a_minute():
    ledger, clock = FakeLedger(), FakeClock()
    chat, _ = metered(Budget(day_tokens=1000), ledger=ledger, clock=clock)
    another, _ = metered(ledger=ledger, clock=clock)
    assert ask(chat, 5) == ["ok"] * 5
    assert ask(another, 20) == ["ok"] * 20  # 800 tokens, with the 200 of before a thousand
    clock.now += timedelta(seconds=59)
    assert ask(chat) == ["ok"]
    clock.now += timedelta(seconds=1)
    (error,) = ask(chat)
    assert isinstance(error, OverBudgetError)
    assert "1,040" in str(error)
    assert len(ledger.days_read) == 2


def test_what_is_known_of_a_day_serves_while_the_ledger_fails():
    ledger, clock = FakeLedger(_2026_11_24=Spent(880)), FakeClock()
    chat, meter = metered(Budget(day_tokens=1000), ledger=ledger, clock=clock)
    assert ask(chat) == ["ok"]
    ledger.broken = True
    clock.now += timedelta(minutes=1)
    assert [type(one) for one in ask(chat, 3)] == [str, str, OverBudgetError]
    assert meter.unwritten == 2
    ledger.broken = False
    clock.now += timedelta(minutes=1)
    assert isinstance(ask(chat)[0], OverBudgetError)
    assert meter.unwritten == 0


def test_a_hundred_at_once_go_over_by_no_more_than_one():
    inner = FakeChat((1.0, replying(Usage(30, 100))))  # as much as was reserved
    chat, meter = metered(Budget(run_tokens=1000), inner=inner)

    async def story():
        return await asyncio.gather(
            *[chat.ask(REQUEST) for _ in range(100)], return_exceptions=True
        )

    came = run(story())
    assert meter.spent.tokens == 8 * 130  # seven are 910, the eighth goes over
    assert sum(isinstance(one, OverBudgetError) for one in came) == 92


def test_what_may_still_be_left_is_waited_for_and_not_refused():
    inner = FakeChat((1.0, replying(Usage(30, 10))))
    chat, meter = metered(Budget(run_tokens=300), inner=inner)

    async def story():
        came = await asyncio.gather(*[chat.ask(REQUEST) for _ in range(7)])
        return came, now() - 1000

    # Three reserve 390. As they come back with 40 each there is room for others: all seven
    # come to 280, under 300.
    came, seconds = run(story())
    assert len(came) == 7
    assert meter.spent == Spent(280)
    assert inner.most_at_once == 3
    assert seconds < 7


def test_a_failure_lets_go_of_what_it_reserved():
    inner = FakeChat(failing(ModelServerError))
    chat, meter = metered(Budget(run_tokens=200), inner=inner)
    assert {type(one) for one in ask(chat, 50)} == {ModelServerError}
    assert meter.spent == Spent()


def test_a_waiter_that_is_cancelled_holds_nothing():
    inner = FakeChat((5.0, replying()))
    chat, _ = metered(Budget(run_tokens=100), inner=inner)

    async def story():
        tasks = [asyncio.create_task(chat.ask(REQUEST)) for _ in range(3)]
        await asyncio.sleep(1)
        for task in tasks[:2]:  # one on its way, one that waits for it
            task.cancel()
        return await asyncio.gather(*tasks, return_exceptions=True)

    # The cancelled request counts its 30 tokens of prompt, so 70 are left for the third.
    assert [type(one).__name__ for one in run(story())] == ["CancelledError"] * 2 + ["ChatReply"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 5), st.integers(0, 30), st.integers(0, 100), st.booleans()),
        min_size=1,
        max_size=40,
    ),
    st.integers(0, 2000),
)
def test_no_run_goes_over_by_more_than_one_request(script, limit):
    acts = [
        (seconds, failing(ModelServerError, spent=Usage(i, o)) if fails else replying(Usage(i, o)))
        for seconds, i, o, fails in script
    ]
    ledger = FakeLedger()
    chat, meter = metered(Budget(run_tokens=limit), inner=FakeChat(*acts), ledger=ledger)

    async def story():
        await asyncio.gather(*[chat.ask(REQUEST) for _ in script], return_exceptions=True)
        await meter.flush()

    run(story())
    assert meter.spent.tokens < limit + 130
    noted = sum(call.input_tokens + call.output_tokens for call in ledger.calls)
    assert noted == meter.spent.tokens
