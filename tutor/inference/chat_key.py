"""The key of a request: equal for requests that may share a reply, and for no others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from tutor.inference.chat import ChatModel, ChatRequest


def request_key(request: ChatRequest, model: ChatModel, parameters: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a request, as 64 hexadecimal digits.

    `parameters` are those that the model adds to every request, such as the length limit of a
    reply; they, and the schema, are JSON. The same on every machine and in every run.
    """
    content = {
        "model": model.name,
        "endpoint": model.endpoint,
        "messages": [[message.role, message.content] for message in request.messages],
        "schema": dict(request.schema),
        "name": request.name,
        "temperature": float(request.temperature),
        "parameters": dict(parameters),
        "sample": request.sample,
    }
    # Escaped to ASCII: a lone surrogate in an answer has no other bytes.
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
