"""The words of the edge to chat models: a request, a reply, and the protocol between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

Check = Callable[[Mapping[str, Any]], object]
Role = Literal["system", "user", "assistant"]
Format = Literal["schema", "tool", "text"]
"""How the object was asked for: strict JSON schema, tool call, or JSON in the text."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation with a model."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A conversation that a model answers with one JSON object.

    `schema` is the JSON schema of that object and `name` what to call it; the messages too must
    say what it looks like, since a server may know nothing of schemas. `sample` tells apart
    requests that are otherwise the same: each may be answered differently. `check` raises
    `ReplyError` for an object that is not worth remembering; it makes no request another one.
    """

    messages: tuple[Message, ...]
    schema: Mapping[str, Any]
    name: str
    temperature: float = 0.0
    sample: int = 0
    check: Check | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a request cost, as the server counts them; 0 where it does not say.

    `cached` of the `input` tokens came from the server's cache of prefixes.
    """

    input: int = 0
    output: int = 0
    cached: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.input + other.input, self.output + other.output, self.cached + other.cached
        )


@dataclass(frozen=True, slots=True)
class ChatReply:
    """The object that a model answered, and what it took.

    `model` is the name that the server reports. `usage` and `attempts` count every request that
    was sent for it, failed ones included; `latency_ms` runs from the first of them to the reply,
    without waiting for a free place. From a cache or a recording (`remembered`) they are those
    of the time when it was made.
    """

    value: Mapping[str, Any]
    model: str
    usage: Usage
    format: Format
    attempts: int = 1
    latency_ms: float = 0.0
    remembered: bool = False


class ChatModel(Protocol):
    """Answers a request with a JSON object.

    Raises `ModelError`: a subclass of `ModelNotAskedError`, `ModelCallError` or `ReplyError`
    says which failure it was. The object has not been checked against the schema.
    """

    @property
    def name(self) -> str:
        """The model's name, as it is asked for."""
        ...

    @property
    def endpoint(self) -> str:
        """The server's base URL, without credentials."""
        ...

    async def ask(self, request: ChatRequest) -> ChatReply: ...
