"""How a chat endpoint is asked for an object: what it can do, and what its refusals teach.

Three formats, the best first: strict JSON schema, tool call, JSON in the text. A server that
refuses one says so before its model runs, so that finding out is cheap. Every step goes
downward, and what a server once refused is not asked of it again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from tutor.inference.chat import ChatRequest, Format, Message
from tutor.inference.json_text import encodable

FORMATS: tuple[Format, ...] = ("schema", "tool", "text")
LENGTHS = ("max_tokens", "max_completion_tokens", None)

_LENGTH_NAMES = re.compile(r"max_(?:completion_|new_)?tokens")
# Said by servers that have never heard of a field, rather than of a value in it.
_UNKNOWN = re.compile(
    r"extra_forbidden|extra (?:inputs|fields)|unrecogni[sz]ed|unknown|unexpected|not permitted"
    r"|unsupported (?:parameter|field|argument)|not allowed",
    re.IGNORECASE,
)
_FORMAT_WORDS = re.compile(
    r"response_?format|response format|json_?schema|json_?object|schema|structured|grammar|guided",
    re.IGNORECASE,
)
_FORMAT_VALUES = re.compile(
    r"json_?schema|json_?object|\btype\b|schema|structured|strict|grammar|guided", re.IGNORECASE
)
_TOOL_WORDS = re.compile(r"tool|function", re.IGNORECASE)
# Said by chat templates that know a user and an assistant only.
_NO_SYSTEM = re.compile(
    r"system (?:role|message|prompt)|role.{0,20}\bsystem\b|roles? must alternate", re.IGNORECASE
)
_TOO_LONG = re.compile(
    r"context[ _](?:length|window|size)|too (?:large|long|many tokens)|exceed", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How to ask: the format and the parameters, as far down as the server has made us go."""

    format: Format = "schema"
    tool_choice: Literal["named", "auto"] = "named"
    length: str | None = LENGTHS[0]
    """Name of the parameter that limits the length; None sends none."""
    temperature: bool = True
    system: bool = True
    """Whether there may be a system turn; else its words begin the first turn of the user."""

    def fields(self, request: ChatRequest, model: str, max_tokens: int) -> dict[str, Any]:
        """The body of the request."""
        turns = request.messages if self.system else _without_system(request.messages)
        messages = [{"role": turn.role, "content": encodable(turn.content)} for turn in turns]
        body: dict[str, Any] = {"model": model, "messages": messages}
        if self.length is not None:
            body[self.length] = max_tokens
        if self.temperature:
            body["temperature"] = request.temperature
        return body | self._format_fields(request)

    def _format_fields(self, request: ChatRequest) -> dict[str, Any]:
        match self.format:
            case "schema":
                schema = {"name": request.name, "schema": request.schema, "strict": True}
                return {"response_format": {"type": "json_schema", "json_schema": schema}}
            case "tool":
                function = {"name": request.name, "parameters": request.schema}
                named = {"type": "function", "function": {"name": request.name}}
                choice = named if self.tool_choice == "named" else "auto"
                tools = [{"type": "function", "function": function}]
                return {"tools": tools, "tool_choice": choice}
            case "text":
                return {}

    def below(self) -> Manner | None:
        """The same with the next format; None below the text."""
        step = FORMATS.index(self.format) + 1
        return replace(self, format=FORMATS[step]) if step < len(FORMATS) else None

    def lower_of(self, other: Manner) -> Manner:
        """What both have learned."""
        return Manner(
            max(self.format, other.format, key=FORMATS.index),
            "auto" if "auto" in (self.tool_choice, other.tool_choice) else "named",
            max(self.length, other.length, key=LENGTHS.index),
            self.temperature and other.temperature,
            self.system and other.system,
        )


def _without_system(turns: Sequence[Message]) -> list[Message]:
    """The same turns with what the system says put before what the user says first."""
    said = "\n\n".join(turn.content for turn in turns if turn.role == "system")
    others = [turn for turn in turns if turn.role != "system"]
    first = replace(others[0], content=f"{said}\n\n{others[0].content}")
    return [first, *others[1:]]


def after_refusal(manner: Manner, said: str, field: str | None) -> Manner | None:
    """How to ask once the server has refused with these words, about this field if it says one.

    None when it is about nothing that could be asked otherwise: what the words do not name is
    taken for a fault of the request.
    """
    about = field or said
    if manner.format == "schema" and _FORMAT_WORDS.search(about):
        knows = _FORMAT_VALUES.search(said) and not _UNKNOWN.search(said)
        return replace(manner, format="tool" if knows else "text")
    if manner.format == "tool" and _TOOL_WORDS.search(about):
        if manner.tool_choice == "named" and "tool_choice" in about:
            return replace(manner, tool_choice="auto")
        return replace(manner, format="text")
    if manner.system and _NO_SYSTEM.search(said):
        return replace(manner, system=False)
    return _with_other_parameters(manner, about)


def is_too_long(said: str) -> bool:
    """Whether a refusal is about the length of the chat, which no format makes shorter."""
    return _TOO_LONG.search(said) is not None


def _with_other_parameters(manner: Manner, about: str) -> Manner | None:
    if manner.temperature and "temperature" in about:
        return replace(manner, temperature=False)
    if manner.length is not None and _LENGTH_NAMES.search(about):
        return replace(manner, length=LENGTHS[LENGTHS.index(manner.length) + 1])
    return None


def refused_words(body: Any) -> tuple[str, str | None]:
    """What an error's body says, and the field that it names, if it does.

    Knows OpenAI's `error.message` and `error.param` and FastAPI's `detail`, a text or a list
    with the place of each fault.
    """
    if not isinstance(body, Mapping):
        return (body, None) if isinstance(body, str) else ("", None)
    error = body.get("error", body)
    if isinstance(error, str):
        return error, None
    if not isinstance(error, Mapping):
        return "", None
    message = error.get("message") or error.get("detail") or ""
    if isinstance(message, list):
        return _faults(message)
    field = error.get("param")
    return str(message), field.partition(".")[0] if isinstance(field, str) and field else None


def _faults(details: list[Any]) -> tuple[str, str | None]:
    faults = [fault for fault in details if isinstance(fault, Mapping)]
    places = [[str(part) for part in fault.get("loc", ()) if part != "body"] for fault in faults]
    said = "; ".join(
        f"{fault.get('type', '')} {'.'.join(place)}: {fault.get('msg', '')}"
        for fault, place in zip(faults, places, strict=True)
    )
    return said, next((place[0] for place in places if place), None)
