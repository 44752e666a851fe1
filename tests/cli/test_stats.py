"""What `tutor stats` says of the judge; the table of decks is tested beside the reviews."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tutor.spending import Call
from tutor.store.reviews import ReviewStore

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def called(home):
    """Four calls of one model, two of which failed, and a call of one without a price."""
    usual = {"at": NOON, "model": "m", "endpoint": "e", "outcome": "ok"}
    tokens = {"input_tokens": 800, "output_tokens": 50, "cached_tokens": 300}
    calls = [
        Call(**usual, **tokens, money=0.0001, currency="EUR", latency_ms=100.4),
        Call(**usual, **tokens, money=0.0002, currency="EUR", latency_ms=300.0),
        Call(**usual | {"outcome": "model-busy"}, attempts=4),
        Call(**usual | {"outcome": "model-timeout"}),
        Call(**usual | {"model": "dead\x1b[31m\nmodel", "outcome": "model-not-found"}),
    ]
    with ReviewStore.open(f"sqlite:///{home}/store/reviews.db") as store:
        for call in calls:
            store.calls.note(call)


def test_the_judge_is_a_second_table(call, called, deck):
    call("selftest", deck, stdin=b"right\n\nq\n")
    lines = call("stats").out.splitlines()
    decks, judge = lines[: lines.index("")], lines[lines.index("Judge, by UTC day:") :]
    assert len(decks) == 2
    assert judge[1].split() == [
        "day", "model", "calls", "failed", "requests", "tokens", "in", "tokens", "out", "cached",
        "money", "mean", "ms", "95", "%", "ms",
    ]  # fmt: skip
    # (100.4 + 300) / 2 = 200.2 ms; 2 calls x 800 tokens; 1 + 1 + 4 + 1 requests
    assert judge[3].split() == [
        "2026-11-24", "m", "4", "2", "7", "1600", "100", "600", "0.0003", "EUR", "200", "300",
    ]  # fmt: skip
    assert judge[-1] == "  failed on 2026-11-24 with m: model-busy 1, model-timeout 1"


def test_the_judge_is_shown_before_there_are_reviews(call, called):
    lines = call("stats").out.splitlines()
    assert lines[0].startswith("No reviews yet")
    assert lines[2] == "Judge, by UTC day:"


def test_without_calls_there_is_no_second_table(call, deck):
    call("selftest", deck, stdin=b"right\n\nq\n")
    assert "Judge" not in call("stats").out
    assert call("stats", "--judge").out == "The judge has not been asked yet.\n"
    assert call("stats", "--judge", "--json").out == "[]\n"


def test_the_judge_alone(call, called):
    assert call("stats", "--judge").out.startswith("Judge, by UTC day:\n")
    by_model = {day["model"]: day for day in json.loads(call("stats", "--judge", "--json").out)}
    assert by_model["m"] == {
        "day": "2026-11-24", "model": "m", "calls": 4,
        "failures": {"model-busy": 1, "model-timeout": 1}, "attempts": 7,
        "input_tokens": 1600, "output_tokens": 100, "cached_tokens": 600,
        "money": {"EUR": pytest.approx(0.0003)}, "latency_mean_ms": pytest.approx(200.2),
        "latency_p95_ms": 300.0,
    }  # fmt: skip
    assert by_model["dead\x1b[31m\nmodel"]["latency_mean_ms"] is None


def test_the_array_of_decks_says_nothing_of_the_judge(call, called):
    assert json.loads(call("stats", "--json").out) == []


def test_a_models_name_cannot_act_on_the_terminal(call, called):
    out = call("stats").out
    assert "\x1b" not in out
    assert "dead␛[31m model" in out
