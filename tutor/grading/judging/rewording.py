"""Feedback in a model's words: optional, from the computed grade alone, checked before it is shown.

The model is shown the composed lines and nothing else: what they do not say it cannot tell.
Whatever it answers changes nothing but the wording, and where it fails, or a check does, the
composed feedback stays.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from tutor.errors import ModelError
from tutor.grading.grade import Feedback, Grade, Language
from tutor.grading.judging.bill import Bill
from tutor.grading.judging.feedback_checks import refusal
from tutor.grading.judging.fencing import Seal, closing, opening, quoted
from tutor.grading.judging.prompt import bundled_prompt
from tutor.grading.judging.receipts import with_bill
from tutor.inference.chat import ChatModel, ChatRequest, Message
from tutor.spending import Prices

LONGEST_WORDED = 1_200
"""Characters of feedback up to which a model is asked; more would not fit into its reply."""
_TEXT = {"type": "string"}
_LIST = {"type": "array", "items": _TEXT}
_FIELDS = {"summary": _TEXT, "right": _LIST, "missing": _LIST, "wrong": _LIST, "next_step": _TEXT}
_SCHEMA = {
    "type": "object",
    "properties": _FIELDS,
    "required": list(_FIELDS),
    "additionalProperties": False,
}


class _Reply(BaseModel):
    model_config = ConfigDict(strict=True)

    summary: str
    right: list[str] = []
    missing: list[str] = []
    wrong: list[str] = []
    next_step: str = ""


class Rewording:
    """Has a model word the feedback of grades, in the language of the feedback.

    `secret` makes the tokens of the prompt's delimiters; `prices` is what its tokens cost.
    """

    def __init__(self, model: ChatModel, secret: bytes, prices: Prices | None = None) -> None:
        self._model = model
        self._secret = secret
        self._prices = prices

    async def reword(self, grade: Grade) -> Grade:
        """The grade with its feedback in the model's words, or in its own where those will not do.

        A grade that no judge took part in, or with long feedback, comes back as it is. Otherwise
        the judge's receipt has what this took and whose words the feedback is in. Raises
        `PromptError` when a prompt's file is damaged.
        """
        if grade.receipt.judge is None or _length(grade.feedback) > LONGEST_WORDED:
            return grade
        started, bill = time.perf_counter(), Bill()
        worded = await self._worded(grade, bill)
        judge = with_bill(grade.receipt.judge, bill, self._prices)
        receipt = grade.receipt.model_copy(
            update={
                "judge": judge.model_copy(update={"feedback": "model" if worded else "composed"}),
                "elapsed_ms": grade.receipt.elapsed_ms + 1000 * (time.perf_counter() - started),
            }
        )
        return grade.model_copy(update={"feedback": worded or grade.feedback, "receipt": receipt})

    async def _worded(self, grade: Grade, bill: Bill) -> Feedback | None:
        """What the model makes of the feedback; None when it fails, or may not be shown."""
        try:
            reply = await self._model.ask(wording_request(grade.feedback, self._secret))
        except ModelError as error:
            bill.failures.append(error)
            return None
        bill.replies.append(reply)
        worded = read_wording(reply.value, grade.feedback.language)
        if worded is None or worded == grade.feedback:
            return None
        refused = refusal(grade.feedback, worded, grade.key_points, grade.verdict)
        return None if refused else worded


def wording_request(composed: Feedback, secret: bytes) -> ChatRequest:
    """Ask for feedback in other words; the same feedback makes the same request."""
    prompt = bundled_prompt("feedback", composed.language)
    shown = _as_json(composed)
    nonce = Seal(secret, "feedback", shown).nonce(shown)
    values = {
        "opening": opening("FEEDBACK", nonce),
        "feedback": quoted(shown),
        "closing": closing("FEEDBACK", nonce),
    }
    return ChatRequest(
        messages=(
            Message("system", prompt.part("system")),
            Message("user", prompt.fill("user", values)),
        ),
        schema=_SCHEMA,
        name="feedback",
    )


def _as_json(feedback: Feedback) -> str:
    """The object that the reply is to be like, a line for each field."""
    fields = feedback.model_dump(mode="json", include=set(_FIELDS))
    lines = (
        f" {json.dumps(name)}: {json.dumps(fields[name], ensure_ascii=False)}" for name in _FIELDS
    )
    return "{\n" + ",\n".join(lines) + "\n}"


def read_wording(value: Mapping[str, Any], language: Language) -> Feedback | None:
    """Read a reply, without its empty lines; None when its fields are not what they should be."""
    try:
        reply = _Reply.model_validate(value)
    except ValidationError:
        return None
    return Feedback(
        language=language,
        summary=reply.summary.strip(),
        right=_filled(reply.right),
        missing=_filled(reply.missing),
        wrong=_filled(reply.wrong),
        next_step=reply.next_step.strip(),
    )


def _filled(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, lines)))


def _length(feedback: Feedback) -> int:
    lists = (*feedback.right, *feedback.missing, *feedback.wrong)
    return sum(map(len, (feedback.summary, *lists, feedback.next_step)))
