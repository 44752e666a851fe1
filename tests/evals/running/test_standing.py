from __future__ import annotations

from evals.outcomes import Cost, Failure, brief
from evals.running.standing import Spending, Standing, spending

TIMEOUT, EMPTY = (Failure(type=t, detail="x") for t in ("model-timeout", "reply-empty"))


def made(make_outcomes, machine, cost=None):
    (outcome,) = make_outcomes([("q", "correct", machine)])
    return brief(outcome.model_copy(update={"cost": cost}))


def test_nothing_is_said_where_all_are_graded_for_nothing(make_outcomes):
    assert str(Standing([made(make_outcomes, "correct")])) == ""
    assert spending([made(make_outcomes, "correct")]) is None


def test_failures_are_counted_by_kind_and_costs_added_up(make_outcomes):
    standing = Standing([made(make_outcomes, EMPTY, Cost(1000, 100, 0.5, "USD"))])
    for machine, cost in (
        (TIMEOUT, Cost(100)),
        (TIMEOUT, None),
        ("correct", Cost(3, 1, 0.25, "USD")),
        ("correct", Cost(3, 1, 0.0, "EUR", remembered=True)),
    ):
        standing.count(made(make_outcomes, machine, cost))
    assert str(standing) == (
        "3 ungraded (model-timeout 2, reply-empty 1), 1,208 tokens, 0.7500 USD, 0.0000 EUR"
    )
    assert standing.spending == Spending(
        asked=4, remembered=1, input_tokens=1106, output_tokens=102, money={"USD": 0.75, "EUR": 0.0}
    )
