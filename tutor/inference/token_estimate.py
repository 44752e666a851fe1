"""How many tokens a request may take, before the server has counted them."""

from __future__ import annotations

from tutor.inference.chat import ChatRequest

BYTES_PER_TOKEN = 3
"""English has about four bytes to a token, a Chinese character of three bytes is about one."""


def estimated_tokens(request: ChatRequest) -> int:
    """Return about how many tokens the messages of a request are; rather too many than too few."""
    size = sum(len(message.content.encode(errors="replace")) for message in request.messages)
    return size // BYTES_PER_TOKEN + 1
