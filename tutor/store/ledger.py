"""The ledger: every time that the judge's model was asked, and what it cost."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, date
from typing import Any

from sqlalchemy import case, func, insert, select

from tutor.spending import Call, Spent
from tutor.store.counts import JudgeDay
from tutor.store.database import Database
from tutor.store.judge_days import judge_days
from tutor.store.schema import judge_calls

_ADD = insert(judge_calls)


class CallLedger:
    """Calls in a database; a `tutor.spending.Ledger`.

    Every method may be called from several threads at once, and raises `StoreError` when the
    database fails.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, *calls: Call) -> None:
        """Add calls in one transaction, all or none; returns when they are committed."""
        with self._database.writing() as connection:
            connection.execute(_ADD, [_row(call) for call in calls])

    def spent_on(self, day: date, currency: str | None = None) -> Spent:
        """Return what the calls of a UTC day cost: all tokens, money in `currency` alone."""
        tokens = judge_calls.c.input_tokens + judge_calls.c.output_tokens
        money = case((judge_calls.c.currency == currency, judge_calls.c.money), else_=0.0)
        query = select(
            func.coalesce(func.sum(tokens), 0), func.coalesce(func.sum(money), 0.0)
        ).where(judge_calls.c.day == day)
        with self._database.reading() as connection:
            return Spent(*connection.execute(query).one())

    def by_day(self) -> list[JudgeDay]:
        """Sum the calls by UTC day and model, the latest day first."""
        with self._database.reading() as connection:
            return judge_days(connection)


def _row(call: Call) -> dict[str, Any]:
    values = asdict(call)
    at = values.pop("at")
    return values | {"created_at": at, "day": at.astimezone(UTC).date()}
