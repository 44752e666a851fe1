from __future__ import annotations

from datetime import UTC, datetime

from tutor.spending import Call
from tutor.store.reviews import ReviewStore


def test_usage_is_by_day_and_model(client, database):
    assert client.get("/v1/judge/usage").json() == {"days": []}
    with ReviewStore.open(f"sqlite:///{database}") as store:
        for day, outcome in ((23, "ok"), (24, "ok"), (24, "reply-refused")):
            at = datetime(2026, 11, day, 12, tzinfo=UTC)
            store.calls.note(
                Call(at, "m", "e", outcome, 70, 7, 0, money=0.5, currency="CNY", latency_ms=9.0)
            )
    latest, before = client.get("/v1/judge/usage").json()["days"]
    assert latest == {
        "day": "2026-11-24", "model": "m", "calls": 2, "failures": {"reply-refused": 1},
        "attempts": 2, "input_tokens": 140, "output_tokens": 14, "cached_tokens": 0,
        "money": {"CNY": 1.0}, "latency_mean_ms": 9.0, "latency_p95_ms": 9.0,
    }  # fmt: skip
    assert (before["day"], before["failures"]) == ("2026-11-23", {})
