"""A ledger in memory that may fail, and a day whose clock the test moves."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tutor.errors import StoreError
from tutor.spending import Call, Spent

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class FakeLedger:
    def __init__(self, **spent_before: Spent) -> None:
        self.calls: list[Call] = []
        self.days_read: list[date] = []
        self.broken = False
        self._before = {
            date.fromisoformat(day[1:].replace("_", "-")): s for day, s in spent_before.items()
        }

    def note(self, *calls: Call) -> None:
        if self.broken:
            raise StoreError("reviews.db: disk is full; make room")
        self.calls.extend(calls)

    def spent_on(self, day: date, currency: str | None = None) -> Spent:
        if self.broken:
            raise StoreError("reviews.db: disk is full; make room")
        self.days_read.append(day)
        spent = self._before.get(day, Spent())
        for call in self.calls:
            if call.at.date() == day:
                money = (call.money or 0.0) if call.currency == currency else 0.0
                spent += Spent(call.input_tokens + call.output_tokens, money)
        return spent


class FakeClock:
    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now
