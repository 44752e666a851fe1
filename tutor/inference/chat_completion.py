"""The object in the body of a chat completion, or the named error of a body without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tutor.errors import (
    EmptyReplyError,
    FilteredReplyError,
    MalformedReplyError,
    ModelError,
    ModelNotFoundError,
    RefusedReplyError,
    TruncatedReplyError,
)
from tutor.inference.chat import Usage
from tutor.inference.chat_address import ChatAddress
from tutor.inference.chat_failure import failed_status, read_json
from tutor.inference.chat_http import MOST_BYTES, HttpReply
from tutor.inference.json_text import last_object

AGAIN = "ask again, or choose another model"


def read_completion(reply: HttpReply, address: ChatAddress) -> Mapping[str, Any]:
    """The body of a good status.

    Raises `MalformedReplyError`, `ModelNotFoundError`, or the error of a failure that a proxy
    reports under a good status.
    """
    if reply.is_cut:
        size = f"the reply is longer than {MOST_BYTES >> 20} MB"
        raise MalformedReplyError(address.line(size, "check that this is a chat endpoint"))
    body = read_json(reply.body)
    if isinstance(body, Mapping):
        if body.get("error") and not body.get("choices"):
            raise failed_status(replace(reply, status=_told_status(body)), address)
        return body
    kind = reply.headers.get("content-type", "nothing").partition(";")[0]
    if not kind.endswith("json"):
        raise ModelNotFoundError(
            address.line(
                f"the address answers with {kind}, as no chat endpoint does",
                "check OPENAI_BASE_URL, which usually ends in /v1",
            )
        )
    raise MalformedReplyError(address.line("the reply is no JSON", "try again", _text(reply.body)))


def read_usage(body: Mapping[str, Any]) -> Usage:
    """The tokens that a completion cost; 0 where it does not say."""
    usage = _mapping(body.get("usage"))
    details = _mapping(usage.get("prompt_tokens_details"))
    return Usage(
        _count(usage.get("prompt_tokens")),
        _count(usage.get("completion_tokens")),
        _count(details.get("cached_tokens")),
    )


def read_object(body: Mapping[str, Any], tool: str, address: ChatAddress) -> dict[str, Any]:
    """The object that the model wrote, as its text or as a call of the tool of that name.

    Raises the `ReplyError` that says why there is none. A reply that was cut off holds none,
    even where an object in it is whole: the one that was meant may have come after it.
    """
    choices = body.get("choices")
    choice = _mapping(choices[0]) if isinstance(choices, list) and choices else {}
    message = _mapping(choice.get("message"))
    text = _content(message.get("content"))
    if (stopped := _stopped(choice.get("finish_reason"), message, address)) is not None:
        raise stopped
    if (called := _called(message)) is not None:
        return called
    if not text.strip():
        raise EmptyReplyError(address.line("the reply is empty", AGAIN))
    if (value := last_object(text)) is None:
        raise MalformedReplyError(address.line("no JSON object in the reply", AGAIN, text))
    return _unwrapped(value, tool)


def _stopped(reason: object, message: Mapping[str, Any], address: ChatAddress) -> ModelError | None:
    if reason == "content_filter":
        return FilteredReplyError(
            address.line("its content filter withheld the reply", "grade this card without it")
        )
    if isinstance(refusal := message.get("refusal"), str) and refusal.strip():
        return RefusedReplyError(address.line("the model declined", AGAIN, refusal))
    if reason == "length":
        return TruncatedReplyError(
            address.line("the reply was cut off at its limit", "raise TUTOR_JUDGE_MAX_TOKENS")
        )
    return None


def _called(message: Mapping[str, Any]) -> dict[str, Any] | None:
    """The arguments of the last call that has readable ones."""
    calls = message.get("tool_calls")
    functions = (
        [_mapping(call).get("function") for call in calls] if isinstance(calls, list) else []
    )
    for function in reversed([message.get("function_call"), *functions]):
        if (value := _arguments(_mapping(function).get("arguments"))) is not None:
            return value
    return None


def _arguments(arguments: object) -> dict[str, Any] | None:
    if isinstance(arguments, str):
        return last_object(arguments)
    return arguments if isinstance(arguments, dict) else None


def _unwrapped(value: dict[str, Any], tool: str) -> dict[str, Any]:
    """The arguments of a call that a model wrote into its text, else the value itself."""
    if value.get("name") == tool:
        for key in ("arguments", "parameters"):
            if (inner := _arguments(value.get(key))) is not None:
                return inner
    return value


def _content(content: object) -> str:
    """A text, or the texts of a list of parts."""
    if isinstance(content, list):
        texts = (_mapping(part).get("text") for part in content)
        return "".join(text for text in texts if isinstance(text, str))
    return content if isinstance(content, str) else ""


def _told_status(body: Mapping[str, Any]) -> int:
    code = _mapping(body["error"]).get("code")
    return code if isinstance(code, int) and 400 <= code < 600 else 500


def _text(body: bytes) -> str:
    return body[:1000].decode("utf-8", "replace")


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _count(value: object) -> int:
    return value if isinstance(value, int) and value >= 0 else 0
