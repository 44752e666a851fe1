"""What a grader of the user's own may return, read and checked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

from evals.cases import SCORE_OF, VERDICTS, Cuts
from evals.outcomes import Cost
from tutor.errors import EmptyReplyError
from tutor.grading.grade import Verdict

_COST = ("input_tokens", "output_tokens", "money", "currency")
_FIELDS = ("verdict", "score", "confidence", "unsure", *_COST)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a grader said: `score` and `confidence` in [0, 1]."""

    verdict: Verdict
    score: float
    confidence: float | None = None
    unsure: bool = False
    cost: Cost | None = None


def stated(returned: object, cuts: Cuts) -> Stated:
    """Read a score, a verdict or a dict; a missing score or verdict follows from the other.

    Raises `EmptyReplyError` for None, and `ValueError`, saying what it got and what to return
    instead, for anything else.
    """
    if returned is None:
        raise EmptyReplyError("the grader returned None: it could not grade this answer")
    if isinstance(returned, Mapping):
        return _of_fields(returned, cuts)
    return Stated(*_both(returned, cuts))


def _of_fields(fields: Mapping[Any, Any], cuts: Cuts) -> Stated:
    unknown = [name for name in fields if name not in _FIELDS]
    if unknown:
        raise ValueError(f"a dict with {unknown[0]!r}; use of {', '.join(_FIELDS)}")
    given = {name: value for name, value in fields.items() if value is not None}
    if "verdict" not in given and "score" not in given:
        raise ValueError(f"{fields!r}; give it a verdict, a score, or both")
    if "unsure" in given and "confidence" not in given:
        raise ValueError(f"{fields!r}; unsure counts only beside a confidence")
    verdict, score = _both(given.get("verdict", given.get("score")), cuts)
    return Stated(
        verdict=verdict,
        score=_unit("score", given["score"]) if "score" in given else score,
        confidence=_unit("confidence", given["confidence"]) if "confidence" in given else None,
        unsure=bool(given.get("unsure", False)),
        cost=_cost(given),
    )


def _both(said: object, cuts: Cuts) -> tuple[Verdict, float]:
    # A numpy bool is no bool, and no number either.
    if isinstance(said, bool) or type(said).__name__ == "bool":
        said = "correct" if said else "incorrect"
    if isinstance(said, str):
        for verdict in VERDICTS:
            if said.strip().lower() == verdict:
                return verdict, SCORE_OF[verdict]
        raise ValueError(f"{said!r}; a verdict is one of {', '.join(VERDICTS)}")
    score = _unit("score", said)
    return cuts.verdict(score), score


def _unit(name: str, value: object) -> float:
    if not isinstance(value, Real):
        raise ValueError(f"{value!r}; a {name} is a number from 0 to 1")
    if not 0.0 <= float(value) <= 1.0:
        raise ValueError(f"a {name} of {float(value):g}; divide by the most there is: 0 to 1")
    return float(value)


def _cost(given: Mapping[Any, Any]) -> Cost | None:
    if not any(name in given for name in _COST):
        return None
    money = _amount("money", given["money"]) if "money" in given else None
    return Cost(
        input_tokens=int(_amount("input_tokens", given.get("input_tokens", 0))),
        output_tokens=int(_amount("output_tokens", given.get("output_tokens", 0))),
        money=money,
        currency=str(given.get("currency", "USD")) if money is not None else None,
    )


def _amount(name: str, value: object) -> float:
    if not isinstance(value, Real) or not 0.0 <= float(value) < math.inf:
        raise ValueError(f"{value!r} as {name}; it is a number from 0 up")
    return float(value)
