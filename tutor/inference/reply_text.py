"""A reply as JSON text, to be kept in a cache or a recording, and back."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from pydantic import TypeAdapter

from tutor.inference.chat import ChatReply

_REPLY = TypeAdapter(ChatReply)


def reply_text(reply: ChatReply) -> str:
    """Return a reply as one line of JSON in ASCII, which `reply_from_text` reads."""
    fields = {
        "value": dict(reply.value),
        "model": reply.model,
        "usage": asdict(reply.usage),
        "format": reply.format,
        "attempts": reply.attempts,
        "latency_ms": reply.latency_ms,
    }
    return json.dumps(fields, separators=(",", ":"), ensure_ascii=True)


def reply_from_text(text: str) -> ChatReply:
    """Return the reply that a text holds, as a remembered one.

    Raises `ValueError` when the text is not what `reply_text` makes.
    """
    # Not `validate_json`: it refuses half an emoji, which a model may well write.
    return replace(_REPLY.validate_python(json.loads(text)), remembered=True)
