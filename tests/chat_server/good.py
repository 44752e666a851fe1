"""Behaviours of servers that work, each with the abilities that it has or lacks."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from fastapi import Response
from fastapi.responses import JSONResponse

Body = dict[str, Any]
Behaviour = Callable[[Body, Mapping[str, str]], Response | Awaitable[Response]]

USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


def reply(
    content: str | None,
    *,
    finish_reason: str = "stop",
    usage: Mapping[str, Any] | None = USAGE,
    model: str = "judge-2026",
    **message: Any,
) -> Response:
    """A chat completion with this content; further keywords go into its message."""
    said = {"role": "assistant", "content": content, **message}
    body: Body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": model,
        "choices": [{"index": 0, "message": said, "finish_reason": finish_reason}],
    }
    return JSONResponse(body if usage is None else {**body, "usage": usage})


def saying(content: str | None, **details: Any) -> Behaviour:
    """Answer with this text; keywords are those of `reply`."""
    return lambda body, headers: reply(content, **details)


def answering(value: Any | Callable[[Body], Any], **details: Any) -> Behaviour:
    """Answer with this value, or with what it makes of the request's body, as JSON text."""

    def answer(body: Body, headers: Mapping[str, str]) -> Response:
        chosen = value(body) if callable(value) else value
        return reply(json.dumps(chosen, ensure_ascii=False), **details)

    return answer


def calling_tool(value: Any | Callable[[Body], Any], **details: Any) -> Behaviour:
    """Answer with this value, or with what it makes of the body, as a call of the first tool."""

    def answer(body: Body, headers: Mapping[str, str]) -> Response:
        chosen = value(body) if callable(value) else value
        arguments = chosen if isinstance(chosen, str) else json.dumps(chosen, ensure_ascii=False)
        function = {"name": body["tools"][0]["function"]["name"], "arguments": arguments}
        call = {"id": "call-1", "type": "function", "function": function}
        options = {"finish_reason": "tool_calls", **details}
        return reply(None, tool_calls=[call], **options)

    return answer


def failing(status: int, body: Any = None, headers: Mapping[str, str] | None = None) -> Behaviour:
    """Answer with this status. A text as body is the message of an error object."""
    content = {"message": body or f"status {status}"} if not isinstance(body, dict) else body
    return lambda _, __: JSONResponse({"error": content}, status, headers)


def refusing_fields(*names: str, then: Behaviour, status: int = 400) -> Behaviour:
    """Refuse a request that has one of these fields, with an error that names it."""

    def answer(body: Body, headers: Mapping[str, str]) -> Response | Awaitable[Response]:
        for name in names:
            if name in body:
                return _unsupported(name, f"Unsupported parameter: '{name}'", status)
        return then(body, headers)

    return answer


def refusing_value(
    field: str, accepts: Callable[[Any], bool], then: Behaviour, status: int = 400
) -> Behaviour:
    """Refuse a request whose field has a value that is not accepted."""

    def answer(body: Body, headers: Mapping[str, str]) -> Response | Awaitable[Response]:
        if field in body and not accepts(body[field]):
            return _unsupported(field, f"Unsupported value for '{field}'", status)
        return then(body, headers)

    return answer


def plain(then: Behaviour) -> Behaviour:
    """A plain chat-completions server: it knows neither formats nor tools, and says so."""
    return refusing_fields("response_format", "tools", "tool_choice", then=then)


def _unsupported(field: str, message: str, status: int) -> Response:
    error = {"message": message, "type": "invalid_request_error", "param": field}
    return JSONResponse({"error": error}, status)
