"""Sums the judge's calls by day and model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, case, func, select

from tutor.store.counts import JudgeDay
from tutor.store.schema import judge_calls

_Group = tuple[date, str]

_day, _model = judge_calls.c.day, judge_calls.c.model
_TOTALS = (
    select(
        _day,
        _model,
        func.count().label("calls"),
        *(
            func.sum(column).label(column.name)
            for column in (
                judge_calls.c.attempts,
                judge_calls.c.input_tokens,
                judge_calls.c.output_tokens,
                judge_calls.c.cached_tokens,
            )
        ),
    )
    .group_by(_day, _model)
    .order_by(_day.desc(), _model)
)
_FAILURES = (
    select(_day, _model, judge_calls.c.outcome, func.count())
    .where(judge_calls.c.outcome != "ok")
    .group_by(_day, _model, judge_calls.c.outcome)
    .order_by(func.count().desc(), judge_calls.c.outcome)
)
_MONEY = (
    select(_day, _model, judge_calls.c.currency, func.sum(judge_calls.c.money))
    .where(judge_calls.c.currency.is_not(None))
    .group_by(_day, _model, judge_calls.c.currency)
    .order_by(judge_calls.c.currency)
)
_ranked = (
    select(
        _day,
        _model,
        judge_calls.c.latency_ms,
        func.row_number()
        .over(partition_by=[_day, _model], order_by=judge_calls.c.latency_ms)
        .label("rank"),
        func.count().over(partition_by=[_day, _model]).label("of"),
    )
    .where(judge_calls.c.outcome == "ok")
    .subquery()
)
# The nearest-rank percentile: the least value with 95 % of all at or below it.
_within_95 = case((_ranked.c.rank * 100 >= _ranked.c.of * 95, _ranked.c.latency_ms))
_LATENCIES = select(
    _ranked.c.day,
    _ranked.c.model,
    func.avg(_ranked.c.latency_ms).label("mean"),
    func.min(_within_95).label("p95"),
).group_by(_ranked.c.day, _ranked.c.model)


def judge_days(connection: Connection) -> list[JudgeDay]:
    """Return the sums by UTC day and model, the latest day first."""
    failures = _by_group(connection.execute(_FAILURES))
    money = _by_group(connection.execute(_MONEY))
    latencies = {(row.day, row.model): row for row in connection.execute(_LATENCIES)}
    return [
        _judge_day(row, failures[row.day, row.model], money[row.day, row.model], latencies)
        for row in connection.execute(_TOTALS)
    ]


def _judge_day(
    total: Row[Any],
    failures: dict[str, Any],
    money: dict[str, Any],
    latencies: Mapping[_Group, Row[date, str, Any, Any]],
) -> JudgeDay:
    latency = latencies.get((total.day, total.model))
    return JudgeDay(
        **total._mapping,
        failures=failures,
        money=money,
        latency_mean_ms=latency and latency.mean,
        latency_p95_ms=latency and latency.p95,
    )


def _by_group(rows: Iterable[Row[date, str, Any, Any]]) -> dict[_Group, dict[str, Any]]:
    grouped: dict[_Group, dict[str, Any]] = defaultdict(dict)
    for day, model, name, value in rows:
        grouped[day, model][name] = value
    return grouped
