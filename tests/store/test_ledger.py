from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from tutor.errors import StoreError
from tutor.spending import Call, Spent
from tutor.store.counts import JudgeDay
from tutor.store.ledger import CallLedger
from tutor.store.reviews import ReviewStore

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOON.date()


@pytest.fixture
def ledger(store: ReviewStore) -> CallLedger:
    return CallLedger(store.database)


def call(**different: Any) -> Call:
    usual: dict[str, Any] = {
        "at": NOON,
        "model": "m",
        "endpoint": "http://localhost/v1",
        "outcome": "ok",
        "input_tokens": 100,
        "output_tokens": 10,
        "cached_tokens": 40,
        "latency_ms": 50.0,
    }
    return Call(**usual | different)


def test_a_day_without_calls_costs_nothing(ledger: CallLedger) -> None:
    assert ledger.spent_on(TODAY) == Spent()
    assert ledger.spent_on(TODAY, "EUR") == Spent()
    assert ledger.by_day() == []


def test_a_days_calls_are_added_up(ledger: CallLedger) -> None:
    ledger.note(call(money=0.25, currency="EUR"))
    ledger.note(call(money=0.5, currency="EUR", outcome="reply-truncated"))
    ledger.note(call(money=4.0, currency="CNY"))
    ledger.note(call())
    assert ledger.spent_on(TODAY) == Spent(440, 0.0)
    assert ledger.spent_on(TODAY, "EUR") == Spent(440, 0.75)
    assert ledger.spent_on(TODAY - timedelta(days=1), "EUR") == Spent()


def test_calls_that_are_noted_together_are_kept_together_or_not_at_all(ledger: CallLedger) -> None:
    ledger.note(call(money=0.25, currency="EUR"), call(outcome="model-busy"), call(model="n"))
    assert ledger.spent_on(TODAY, "EUR") == Spent(330, 0.25)
    with pytest.raises(StoreError):
        ledger.note(call(), call(input_tokens=None))
    assert ledger.spent_on(TODAY).tokens == 330


def test_a_day_is_a_utc_day(ledger: CallLedger) -> None:
    beijing = timezone(timedelta(hours=8))
    ledger.note(call(at=datetime(2026, 11, 25, 7, 59, 59, tzinfo=beijing)))  # 23:59:59 UTC
    ledger.note(call(at=datetime(2026, 11, 25, 8, 0, 0, tzinfo=beijing)))  # 00:00 UTC
    assert ledger.spent_on(date(2026, 11, 24)).tokens == 110
    assert ledger.spent_on(date(2026, 11, 25)).tokens == 110
    assert [day.day for day in ledger.by_day()] == [date(2026, 11, 25), date(2026, 11, 24)]


def test_days_and_models_are_told_apart(ledger: CallLedger) -> None:
    for different in (
        {"money": 0.25, "currency": "EUR", "latency_ms": 10.0},
        {"money": 0.5, "currency": "EUR", "latency_ms": 20.0, "attempts": 3},
        {"money": 1.0, "currency": "CNY", "latency_ms": 60.0},
        {"outcome": "model-timeout", "latency_ms": 30_000.0, "attempts": 1},
        {"outcome": "model-busy", "attempts": 4},
        {"outcome": "model-busy", "attempts": 4},
        {"model": "another", "outcome": "model-not-found"},
    ):
        ledger.note(call(**different))
    assert ledger.by_day() == [
        JudgeDay(
            day=TODAY, model="another", calls=1, failures={"model-not-found": 1}, attempts=1,
            input_tokens=100, output_tokens=10, cached_tokens=40, money={},
            latency_mean_ms=None, latency_p95_ms=None,
        ),
        JudgeDay(
            # latency of what was answered: (10 + 20 + 60) / 3
            day=TODAY, model="m", calls=6, failures={"model-busy": 2, "model-timeout": 1},
            attempts=1 + 3 + 1 + 1 + 4 + 4, input_tokens=600, output_tokens=60,
            cached_tokens=240, money={"CNY": 1.0, "EUR": 0.75},
            latency_mean_ms=30.0, latency_p95_ms=60.0,
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(("calls", "p95"), [(1, 1), (19, 19), (20, 19), (21, 20), (100, 95)])
def test_95_percent_of_the_replies_come_within_the_latency(
    ledger: CallLedger, calls: int, p95: int
) -> None:
    # Latencies 1 ... n: the least k with k / n >= .95.
    for n in range(calls, 0, -1):
        ledger.note(call(latency_ms=float(n)))
    assert ledger.by_day()[0].latency_p95_ms == p95


def test_threads_and_programs_share_a_ledger(ledger: CallLedger, url: str) -> None:
    with ReviewStore.open(url) as another, ThreadPoolExecutor(8) as pool:
        ledgers = [ledger, CallLedger(another.database)] * 40
        list(pool.map(lambda one: one.note(call()), ledgers))
    assert ledger.spent_on(TODAY).tokens == 80 * 110


def test_a_ledger_that_cannot_be_written_says_so(ledger: CallLedger, store: ReviewStore) -> None:
    with store.database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE judge_calls")
    with pytest.raises(StoreError, match="no such table: judge_calls"):
        ledger.note(call())
