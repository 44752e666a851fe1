"""The judge: asks a language model about one answer and takes as said only what it can show.

A judgement that fails is an error and never a finding: no failure makes a point missing, nor
covered. Of several judgements those that came decide, unless as many cannot be trusted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from typing import Any, TypeVar

from tutor.errors import ModelError, ModelNotAskedError, UntrustedReplyError
from tutor.grading.grade import Grade
from tutor.grading.item import Item
from tutor.grading.judging.bill import Bill
from tutor.grading.judging.judgement import Judged, Judgement
from tutor.grading.judging.proof import doubted, passages_of, prove, prove_again
from tutor.grading.judging.reply import RawPoint, parse, parse_again
from tutor.grading.judging.request import Asked, ask_again, judge_request
from tutor.grading.judging.scoring import Extras
from tutor.grading.judging.voting import stability, vote
from tutor.grading.strictness import Policy
from tutor.inference.chat import ChatModel, ChatRequest

Read = TypeVar("Read")
_SEVERAL = 0.7
"""Temperature of several judgements, which say nothing new if they are all the likeliest one."""


class Judge:
    """Asks `samples` judgements at once and has them vote.

    `secret` makes the tokens in the prompt, so that nobody can write them into an answer.
    `extras` says whether false claims beyond the key points are looked for. Raises `ValueError`
    when `samples` is less than 1.
    """

    def __init__(
        self, model: ChatModel, *, secret: bytes, samples: int = 1, extras: Extras = "count"
    ) -> None:
        if samples < 1:
            raise ValueError(f"{samples} judgements are no judgement; ask for at least 1")
        self._model = model
        self._secret = secret
        self.samples = samples
        self.extras: Extras = extras

    @property
    def name(self) -> str:
        """The model's name, as it is asked for."""
        return self._model.name

    @property
    def endpoint(self) -> str:
        """The server's base URL, without credentials."""
        return self._model.endpoint

    async def judge(self, item: Item, answer: str, local: Grade, policy: Policy) -> Judged:
        """Judge the key points of the local grade, in their order.

        Raises `ModelError` when no sample is valid, or no more than cannot be trusted: that of
        the first such sample, with the `spent` and `attempts` of all. Raises
        `ModelNotAskedError` when there are no key points.
        """
        if not local.key_points:
            raise ModelNotAskedError(
                f"{item.question[:40]!r} has no key points to judge; "
                "give a reference that says something in words"
            )
        asked = [
            judge_request(
                item,
                local.key_points,
                answer,
                policy=policy,
                extras=self.extras,
                secret=self._secret,
                sample=sample,
                temperature=_SEVERAL if self.samples > 1 else 0.0,
            )
            for sample in range(self.samples)
        ]
        bills = [Bill() for _ in asked]
        heard = await asyncio.gather(
            *(self._hear(each, item, answer, bill) for each, bill in zip(asked, bills, strict=True))
        )
        return _judged(asked[0], heard, bills)

    async def _hear(
        self, asked: Asked, item: Item, answer: str, bill: Bill
    ) -> Judgement | ModelError:
        """One judgement, or why there is none."""
        try:
            raw = await self._ask(
                asked.request, lambda value: parse(value, asked.ids, asked.decoy_id), bill
            )
        except ModelError as error:
            return error
        passages = passages_of(item, answer, asked.seen)
        judgement = prove(raw, passages)
        if places := doubted(raw, judgement):
            told = {asked.ids[place]: raw.points[place] for place in places}
            again = await self._hear_again(asked, told, bill)
            second = {
                place: again[asked.ids[place]] for place in places if asked.ids[place] in again
            }
            return prove_again(judgement, raw, second, passages)
        return judgement

    async def _hear_again(
        self, asked: Asked, told: Mapping[str, RawPoint], bill: Bill
    ) -> dict[str, RawPoint]:
        """What the judge says of points when asked for their quotes again.

        Nothing where that fails: the judgement stands, these points unproved, and says so.
        """
        try:
            return await self._ask(
                ask_again(asked, told), lambda value: parse_again(value, list(told)), bill
            )
        except ModelError:
            return {}

    async def _ask(
        self, request: ChatRequest, read: Callable[[Mapping[str, Any]], Read], bill: Bill
    ) -> Read:
        """What `read` makes of the reply; a reply that it refuses is not remembered."""
        try:
            reply = await self._model.ask(replace(request, check=read))
        except ModelError as error:
            bill.failures.append(error)
            raise
        bill.replies.append(reply)
        return read(reply.value)


def _judged(asked: Asked, heard: Sequence[Judgement | ModelError], bills: Sequence[Bill]) -> Judged:
    """What came of all samples, or the error that they come to."""
    valid = [each for each in heard if isinstance(each, Judgement)]
    total = Bill(
        replies=[reply for bill in bills for reply in bill.replies],
        failures=[failure for bill in bills for failure in bill.failures],
    )
    untrusted = [each for each in heard if isinstance(each, UntrustedReplyError)]
    if len(valid) <= len(untrusted):
        raise _charged(untrusted or heard, total)
    judgement = vote(valid)
    return Judged(
        judgement=judgement,
        stability=stability(judgement),
        samples=len(heard),
        valid=len(valid),
        model=total.replies[0].model,
        format=total.replies[0].format,
        usage=total.usage,
        attempts=total.attempts,
        latency_ms=max(bill.latency_ms for bill in bills),
        remembered=total.remembered,
        prompt=asked.prompt,
        prompt_hash=asked.prompt_hash,
        cut=asked.cut,
    )


def _charged(heard: Sequence[Judgement | ModelError], total: Bill) -> ModelError:
    """The first failure, with what all of them took; a copy, since others may wait for the same."""
    error = copy(next(each for each in heard if isinstance(each, ModelError)))
    error.spent, error.attempts = total.usage, total.attempts
    return error
