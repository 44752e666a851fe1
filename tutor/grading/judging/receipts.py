"""Receipts of a judge: which model, how, at what cost, and what the local grade was."""

from __future__ import annotations

from tutor.errors import ModelError
from tutor.grading.grade import FirstGrade, Grade, JudgeReceipt, JudgeTokens
from tutor.grading.judging.bill import Bill
from tutor.grading.judging.judge import Judge
from tutor.grading.judging.judgement import Judged
from tutor.inference.chat import Usage
from tutor.inference.spent import spent_on
from tutor.spending import Prices

_NOTHING_SPENT = {"tokens": JudgeTokens(), "money": None, "latency_ms": 0.0, "attempts": 0}


def judged_by(judge: Judge, judged: Judged, local: Grade, prices: Prices | None) -> JudgeReceipt:
    """The receipt of a judgement; a remembered one costs no money now."""
    paid = Usage() if judged.remembered else judged.usage
    return JudgeReceipt(
        model=judged.model,
        endpoint=judge.endpoint,
        prompt=judged.prompt,
        prompt_hash=judged.prompt_hash,
        extras=judge.extras,
        samples=judged.samples,
        valid=judged.valid,
        stability=judged.stability,
        format=judged.format,
        tokens=_tokens(judged.usage),
        money=_money(paid, prices),
        currency=prices.currency if prices else None,
        latency_ms=judged.latency_ms,
        attempts=judged.attempts,
        remembered=judged.remembered,
        local=_first(local),
    )


def failed(judge: Judge, error: ModelError, local: Grade, prices: Prices | None) -> JudgeReceipt:
    """The receipt of a judge that failed, with what that cost."""
    usage = spent_on(error)
    return JudgeReceipt(
        model=judge.name,
        endpoint=judge.endpoint,
        extras=judge.extras,
        samples=judge.samples,
        tokens=_tokens(usage),
        money=_money(usage, prices),
        currency=prices.currency if prices else None,
        attempts=error.attempts,
        local=_first(local),
    )


def with_bill(receipt: JudgeReceipt, bill: Bill, prices: Prices | None) -> JudgeReceipt:
    """The receipt with what further requests took beside those of the judgement.

    As within one judgement, what was remembered counts only where no request was sent at all.
    """
    if not bill.attempts or (bill.remembered and not receipt.remembered):
        return receipt
    paid = _money(Usage() if bill.remembered else bill.usage, prices)
    if receipt.remembered and not bill.remembered:
        receipt = receipt.model_copy(update=_NOTHING_SPENT)
    return receipt.model_copy(
        update={
            "tokens": _sum(receipt.tokens, _tokens(bill.usage)),
            "money": None if paid is None else paid + (receipt.money or 0.0),
            "latency_ms": receipt.latency_ms + bill.latency_ms,
            "attempts": receipt.attempts + bill.attempts,
            "remembered": bill.remembered,
        }
    )


def _sum(first: JudgeTokens, second: JudgeTokens) -> JudgeTokens:
    return JudgeTokens(
        input=first.input + second.input,
        output=first.output + second.output,
        cached=first.cached + second.cached,
    )


def _tokens(usage: Usage) -> JudgeTokens:
    return JudgeTokens(input=usage.input, output=usage.output, cached=usage.cached)


def _money(usage: Usage, prices: Prices | None) -> float | None:
    if prices is None:
        return None
    return prices.of(
        input_tokens=usage.input, output_tokens=usage.output, cached_tokens=usage.cached
    )


def _first(local: Grade) -> FirstGrade:
    return FirstGrade(
        verdict=local.verdict,
        score=local.score,
        confidence=local.confidence,
        unsure=local.unsure,
    )
