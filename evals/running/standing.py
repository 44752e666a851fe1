"""Where a run stands: how many cases have no grade and why, and what it cost so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from evals.outcomes import BriefOutcome, Cost


class Spending(BaseModel):
    """What the outcomes of a run took of paid models.

    `asked` outcomes asked one; the reply to `remembered` of them had been paid for before, and
    their tokens are counted here while their money is not. `money` is by currency, and empty
    where no price is known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    asked: int = 0
    remembered: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    money: dict[str, float] = {}

    def __str__(self) -> str:
        """`81 asked a paid model, 9 of them remembered; 810 tokens in, 81 out; 0.0031 USD`."""
        money = [f"; {amount:,.4f} {currency}" for currency, amount in self.money.items()]
        return (
            f"{self.asked:,} asked a paid model, {self.remembered:,} of them remembered; "
            f"{self.input_tokens:,} tokens in, {self.output_tokens:,} out{''.join(money)}"
        )


def spending(outcomes: Iterable[BriefOutcome]) -> Spending | None:
    """What all outcomes together took; None where none asked a paid model."""
    found = Standing(outcomes).spending
    return found if found.asked else None


class Standing:
    """Counts outcomes as they come, after those that are there already."""

    def __init__(self, outcomes: Iterable[BriefOutcome] = ()) -> None:
        self.ungraded: Counter[str] = Counter()
        """By kind of failure."""
        self._costs = Counter[str]()
        self._money = dict[str, float]()
        for outcome in outcomes:
            self.count(outcome)

    def count(self, outcome: BriefOutcome) -> None:
        """Count one more."""
        if outcome.error is not None:
            self.ungraded[outcome.error] += 1
        if outcome.cost is not None:
            self._add(outcome.cost)

    @property
    def spending(self) -> Spending:
        """What it cost so far."""
        return Spending(**self._costs, money=self._money)

    def __str__(self) -> str:
        """`3 ungraded (model-timeout 2, reply-empty 1), 1,204 tokens, 0.0031 USD`."""
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in self.ungraded.most_common())
        tokens = self._costs["input_tokens"] + self._costs["output_tokens"]
        return ", ".join(
            [
                *([f"{self.ungraded.total():,} ungraded ({kinds})"] if kinds else []),
                *([f"{tokens:,} tokens"] if tokens else []),
                *(f"{amount:.4f} {currency}" for currency, amount in self._money.items()),
            ]
        )

    def _add(self, cost: Cost) -> None:
        self._costs["asked"] += 1
        self._costs["remembered"] += cost.remembered
        self._costs["input_tokens"] += cost.input_tokens
        self._costs["output_tokens"] += cost.output_tokens
        if cost.money is not None and cost.currency is not None:
            self._money[cost.currency] = self._money.get(cost.currency, 0.0) + cost.money
