from __future__ import annotations

import asyncio
import gc
import threading
import time

from tests.inference.fake_ledger import NOON, FakeLedger
from tutor.inference.ledger_writer import LedgerWriter
from tutor.spending import Call


def call(number=0):
    return Call(NOON, f"model-{number}", "http://fake.test/v1", "ok", input_tokens=number)


def test_calls_are_written_in_order_and_in_another_thread():
    threads = set()

    class Threaded(FakeLedger):
        def note(self, *calls):
            threads.add(threading.get_ident())
            super().note(*calls)

    ledger = Threaded()

    async def story():
        writer = LedgerWriter(ledger)
        for number in range(100):
            writer.add(call(number))
            if number % 10 == 0:
                await asyncio.sleep(0)
        await writer.flush()
        return writer.unwritten

    assert asyncio.run(story()) == 0
    assert ledger.calls == [call(number) for number in range(100)]
    assert threading.get_ident() not in threads


def test_calls_that_come_during_a_write_are_written_together():
    batches = []

    class Slow(FakeLedger):
        def note(self, *calls):
            time.sleep(0.05)
            batches.append(len(calls))

    async def story():
        writer = LedgerWriter(Slow())
        for number in range(20):
            writer.add(call(number))
            await asyncio.sleep(0.001)
        await writer.flush()

    asyncio.run(story())
    assert sum(batches) == 20
    assert len(batches) <= 3


def test_a_slow_ledger_does_not_hold_up_the_loop():
    class Slow(FakeLedger):
        def note(self, *calls):
            time.sleep(0.1)
            super().note(*calls)

    async def story():
        writer = LedgerWriter(Slow())
        start = time.perf_counter()
        writer.add(call())
        for _ in range(10):
            await asyncio.sleep(0)
        took = time.perf_counter() - start
        await writer.flush()
        return took

    assert asyncio.run(story()) < 0.05


def test_what_a_broken_ledger_refused_is_kept_and_written_with_the_next():
    ledger = FakeLedger()

    async def story():
        writer = LedgerWriter(ledger)
        ledger.broken = True
        writer.add(call(1))
        writer.add(call(2))
        await writer.flush()
        seen = writer.unwritten, writer.trouble
        ledger.broken = False
        writer.add(call(3))
        await writer.flush()
        return seen, (writer.unwritten, writer.trouble)

    broken, mended = asyncio.run(story())
    assert broken == (2, "reviews.db: disk is full; make room")
    assert mended == (0, None)
    assert [one.input_tokens for one in ledger.calls] == [1, 2, 3]


def test_a_loop_that_ends_waits_until_all_is_written():
    class Slow(FakeLedger):
        def note(self, *calls):
            time.sleep(0.02)
            super().note(*calls)

    ledger = Slow()
    writer = LedgerWriter(ledger)

    async def add(numbers):
        for number in numbers:
            writer.add(call(number))

    asyncio.run(add([0, 1, 2]))
    assert writer.unwritten == 0
    asyncio.run(add([3, 4]))
    assert [one.input_tokens for one in ledger.calls] == [0, 1, 2, 3, 4]


def test_nothing_is_lost_or_written_twice_however_calls_and_threads_meet():
    class Uneven(FakeLedger):
        def note(self, *calls):
            time.sleep(len(calls) % 3 / 10_000)
            super().note(*calls)

    ledger = Uneven()
    writer = LedgerWriter(ledger)

    async def add():
        for number in range(1000):
            writer.add(call(number))
            await asyncio.sleep(number % 5 / 10_000)

    asyncio.run(add())
    assert [one.input_tokens for one in ledger.calls] == list(range(1000))


def test_a_bug_in_a_ledger_is_logged_and_does_not_end_the_writing(caplog):
    class Buggy(FakeLedger):
        fails = True

        def note(self, *calls):
            if self.fails:
                self.fails = False
                raise ZeroDivisionError
            super().note(*calls)

    ledger = Buggy()

    async def story():
        writer = LedgerWriter(ledger)
        writer.add(call(1))
        while writer.trouble is None:
            await asyncio.sleep(0.001)
        writer.add(call(2))
        await writer.flush()

    asyncio.run(story())
    assert [one.input_tokens for one in ledger.calls] == [1, 2]
    gc.collect()
    assert "ZeroDivisionError" in caplog.text
