"""The settings of the judge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode

from tutor.spending import Budget, Prices


class JudgeSettings(BaseSettings):
    """What may be chosen about the judge; there is one as soon as `judge_model` is set.

    Its address and key are the `openai` client's own: `OPENAI_BASE_URL` and `OPENAI_API_KEY`.
    """

    judge_model: str | None = None
    """Name of the judge's model. Without one every grade is the local one."""
    judge_agreement: float = Field(default=0.95, gt=0, le=1)
    """`auto` asks the judge where local grades like this one agree with people less often."""
    judge_accuracy: float = Field(default=0.8, gt=0, lt=1)
    """How often the judge names the verdict that a person would; an assumption until measured."""
    on_judge_failure: Literal["local", "error"] = "local"
    """When the judge fails: keep the local grade and say so in it, or fail."""
    judge_samples: int = Field(default=1, ge=1, le=15)
    """Judgements per answer; each key point takes a strict majority of them."""
    judge_extras: Literal["ignore", "count"] = "count"
    """Whether wrong additions to an otherwise right answer cost marks."""
    judge_feedback: bool = False
    """Whether the judge's model words the feedback, which is checked before it is shown."""
    judge_timeout: float = Field(default=30.0, gt=0, le=3600)
    """Most seconds that one judgement may take, retries and waits between them included."""
    judge_max_tokens: int = Field(default=2048, ge=64)
    """Most tokens of one reply; a model that thinks aloud needs more."""
    judge_concurrency: int = Field(default=4, ge=1, le=1000)
    """Most requests under way at once."""
    judge_requests_per_minute: int | None = Field(default=None, ge=1)
    """Most requests a minute."""
    judge_tokens_per_minute: int | None = Field(default=None, ge=1)
    """Most tokens a minute, in and out."""
    judge_headers: Annotated[dict[str, str], NoDecode] = Field(default_factory=dict)
    """Headers to send with every request, as a JSON object."""
    judge_price_input: float | None = Field(default=None, ge=0)
    """Price of a million tokens in, in `judge_currency`."""
    judge_price_output: float | None = Field(default=None, ge=0)
    """Price of a million tokens out."""
    judge_price_cached: float | None = Field(default=None, ge=0)
    """Price of a million tokens in that the server had in its cache; that of others if unset."""
    judge_currency: str = Field(default="USD", min_length=1, max_length=8)
    """Currency of prices and budgets."""
    judge_budget_run_tokens: int | None = Field(default=None, ge=0)
    """Most tokens that one run of the program may spend on the judge."""
    judge_budget_run_money: float | None = Field(default=None, ge=0)
    """Most money that one run of the program may spend on the judge."""
    judge_budget_day_tokens: int | None = Field(default=None, ge=0)
    """Most tokens that all programs with this store may spend on a UTC day."""
    judge_budget_day_money: float | None = Field(default=None, ge=0)
    """Most money that all programs with this store may spend on a UTC day."""
    judge_cache: bool = True
    """Whether judgements are kept in the store and taken from there."""
    judge_record: Path | None = None
    """File to record every reply to, for `judge_replay`."""
    judge_replay: Path | None = None
    """File that replies are taken from instead of a server."""
    judge_secret: SecretStr | None = None
    """What marks in prompts are derived from, so that answers cannot forge them; one of the
    store's own by default."""

    @field_validator("judge_headers", mode="before")
    @classmethod
    def _as_object(cls, headers: Any) -> Any:
        if not isinstance(headers, str):
            return headers
        try:
            return json.loads(headers)
        except ValueError:
            raise ValueError('write a JSON object of texts, as in {"X-Team": "biology"}') from None

    @field_validator("judge_record", "judge_replay")
    @classmethod
    def _from_home(cls, path: Path | None) -> Path | None:
        return None if path is None else path.expanduser()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.judge_price_input is None) != (self.judge_price_output is None):
            raise ValueError("judge_price_input and judge_price_output belong together; set both")
        money = self.judge_budget_run_money, self.judge_budget_day_money
        if any(most is not None for most in money) and self.judge_price_input is None:
            raise ValueError(
                "a budget in money needs judge_price_input and judge_price_output; set them, or "
                "limit tokens"
            )
        if self.judge_record and self.judge_replay:
            raise ValueError("judge_record and judge_replay exclude each other; set one")
        return self

    @property
    def judge_prices(self) -> Prices | None:
        """What tokens cost, None where no price is set."""
        if self.judge_price_input is None or self.judge_price_output is None:
            return None
        return Prices(
            input=self.judge_price_input,
            output=self.judge_price_output,
            cached=self.judge_price_cached,
            currency=self.judge_currency,
        )

    @property
    def judge_budget(self) -> Budget:
        """The most that may be spent."""
        return Budget(
            run_tokens=self.judge_budget_run_tokens,
            run_money=self.judge_budget_run_money,
            day_tokens=self.judge_budget_day_tokens,
            day_money=self.judge_budget_day_money,
        )
