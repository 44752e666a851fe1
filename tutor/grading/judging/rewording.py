"""Feedback in a model's words: optional, from the computed grade alone, checked before it is shown.

The model is shown the composed lines and nothing else: what they do not say it cannot tell.
Whatever it answers changes nothing but the wording, and where it fails, or a check does, the
composed feedback stays.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
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
        composed = grade.feedback
        lines = [line for _, line in _labelled(composed)]
        if grade.receipt.judge is None or sum(map(len, lines)) > LONGEST_WORDED:
            return grade
        started, bill = time.perf_counter(), Bill()
        worded = await self._worded(composed, bill)
        if worded and refusal(composed, worded, grade.key_points, grade.verdict):
            worded = None
        judge = with_bill(grade.receipt.judge, bill, self._prices)
        receipt = grade.receipt.model_copy(
            update={
                "judge": judge.model_copy(update={"feedback": "model" if worded else "composed"}),
                "elapsed_ms": grade.receipt.elapsed_ms + 1000 * (time.perf_counter() - started),
            }
        )
        return grade.model_copy(update={"feedback": worded or composed, "receipt": receipt})

    async def _worded(self, composed: Feedback, bill: Bill) -> Feedback | None:
        """What the model makes of feedback; None when it fails or answers something else."""
        try:
            reply = await self._model.ask(wording_request(composed, self._secret))
        except ModelError as error:
            bill.failures.append(error)
            return None
        bill.replies.append(reply)
        return read_wording(reply.value, composed.language)


def wording_request(composed: Feedback, secret: bytes) -> ChatRequest:
    """Ask for feedback in other words; the same feedback makes the same request."""
    prompt = bundled_prompt("feedback", composed.language)
    lines = "\n".join(f"{label}:\n{quoted(line)}" for label, line in _labelled(composed))
    nonce = Seal(secret, "feedback", lines).nonce(lines)
    values = {
        "opening": opening("FEEDBACK", nonce),
        "lines": lines,
        "closing": closing("FEEDBACK", nonce),
        "shape": json.dumps(_shape(composed), ensure_ascii=False),
    }
    return ChatRequest(
        messages=(
            Message("system", prompt.part("system")),
            Message("user", prompt.fill("user", values)),
        ),
        schema=_SCHEMA,
        name="feedback",
    )


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


def _labelled(feedback: Feedback) -> Iterator[tuple[str, str]]:
    """The lines by the names that the prompt gives them."""
    yield "summary", feedback.summary
    for name, lines in _lists(feedback).items():
        for number, line in enumerate(lines, start=1):
            yield f"{name} {number}", line
    if feedback.next_step:
        yield "next_step", feedback.next_step


def _lists(feedback: Feedback) -> dict[str, Sequence[str]]:
    return {"right": feedback.right, "missing": feedback.missing, "wrong": feedback.wrong}


def _shape(composed: Feedback) -> dict[str, Any]:
    """The object that is asked for, an ellipsis for every line."""
    lists = {name: ["…"] * len(lines) for name, lines in _lists(composed).items()}
    return {"summary": "…", **lists, "next_step": "…" if composed.next_step else ""}
