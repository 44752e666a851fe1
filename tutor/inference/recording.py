"""The file of a recording: what a model was asked, by key, and what came of it.

JSON Lines in ASCII. The first line is the header: format version, the secret that the prompts
were made with, model, endpoint and parameters. Each further line is `{"key", "reply"}`, or
`{"key", "error", "detail"}` for a failure, so that a replay fails where the recorded run did.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from tutor.errors import ModelError, SettingsError
from tutor.inference.chat import ChatReply
from tutor.inference.reply_text import reply_from_text, reply_text

Line = TypeVar("Line")


@checked(frozen=True)
class Header:
    """What every key of a recording depends on; `secret` is hexadecimal."""

    tutor_recording: Literal[1]
    secret: str = field(repr=False)
    model: str
    endpoint: str
    parameters: dict[str, Any]


@checked(frozen=True)
class _Entry:
    key: str
    reply: dict[str, Any] | None = None
    error: str | None = None
    detail: str = ""


_HEADER = TypeAdapter(Header)
_ENTRY = TypeAdapter(_Entry)


@dataclass(frozen=True, slots=True)
class Recording:
    """What a file holds: the first reply of each key, and failures of keys without any."""

    header: Header
    replies: Mapping[str, ChatReply]
    failures: Mapping[str, ModelError]


def read_recording(path: Path) -> Recording:
    """Read a recording; a last line that a killed run left unfinished is passed over.

    Raises `SettingsError`, naming file and line, for a file that is none or is damaged.
    """
    lines = enumerate(_content(path).split(b"\n")[:-1], start=1)
    number, first = next(lines, (1, b""))
    header = _parsed(_HEADER, path, number, first)
    replies: dict[str, ChatReply] = {}
    failures: dict[str, ModelError] = {}
    for number, line in lines:
        entry = _parsed(_ENTRY, path, number, line)
        if entry.error is not None:
            failures.setdefault(entry.key, _failure(entry.error, entry.detail))
        else:
            replies.setdefault(entry.key, _reply(entry, path, number))
    return Recording(header, replies, failures)


class Recorder:
    """Adds to the file of a recording; what is added is in the file when a method returns."""

    def __init__(self, path: Path, recording: Recording) -> None:
        self.path = path
        self.header = recording.header
        self._replied = set(recording.replies)
        self._failed = set(recording.failures)

    def add_reply(self, key: str, reply: ChatReply) -> None:
        """Add the reply to a key that has none. Raises `OSError`."""
        if key not in self._replied:
            self._add({"key": key, "reply": json.loads(reply_text(reply))})
            self._replied.add(key)

    def add_failure(self, key: str, error: ModelError) -> None:
        """Add the failure of a key that has neither reply nor failure. Raises `OSError`."""
        if key not in self._replied and key not in self._failed:
            self._add({"key": key, "error": error.type, "detail": str(error)})
            self._failed.add(key)

    def _add(self, entry: Mapping[str, Any]) -> None:
        _append(self.path, _line(entry))


def open_recording(
    path: Path, *, secret: bytes, model: str, endpoint: str, parameters: Mapping[str, Any]
) -> Recorder:
    """Begin a recording in a new or empty file, or go on with the one that a file holds.

    The prompts must be made with the secret in the header of what is returned: that of the file
    when there is one, else `secret`. Raises `SettingsError` for a file that is no recording, is
    one of another model, or cannot be written.
    """
    header = Header(1, secret.hex(), model, endpoint, dict(parameters))
    try:
        recording = _begun(path, header)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be recorded to: {error.strerror}") from error
    stored = recording.header
    if (stored.model, stored.endpoint, stored.parameters) != (model, endpoint, header.parameters):
        raise SettingsError(
            f"{path}: records {stored.model} at {stored.endpoint} with {stored.parameters}, not "
            f"{model} at {endpoint} with {header.parameters}; record to another file"
        )
    return Recorder(path, recording)


def _begun(path: Path, header: Header) -> Recording:
    if not path.exists() or path.stat().st_size == 0:
        _append(path, _line(_HEADER.dump_python(header)))
    recording = read_recording(path)
    # Only now: a file that is no recording was not touched.
    content = path.read_bytes()
    os.truncate(path, content.rfind(b"\n") + 1)
    return recording


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: the recording cannot be read: {error.strerror}") from error


def _parsed(kind: TypeAdapter[Line], path: Path, number: int, line: bytes) -> Line:
    try:
        return kind.validate_json(line)
    except ValidationError as error:
        what = "the header of a recording" if kind is _HEADER else "an entry of a recording"
        raise _damaged(path, number, f"not {what}: {error.errors()[0]['msg']}") from error


def _reply(entry: _Entry, path: Path, number: int) -> ChatReply:
    try:
        return reply_from_text(json.dumps(entry.reply))
    except ValueError as error:
        raise _damaged(path, number, "not the reply of a model") from error


def _damaged(path: Path, number: int, what: str) -> SettingsError:
    return SettingsError(f"{path}:{number}: {what}; remove the line, or record again")


def _failure(type_: str, detail: str) -> ModelError:
    return _failures().get(type_, ModelError)(detail)


def _failures() -> dict[str, type[ModelError]]:
    kinds = [ModelError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    return {kind.type: kind for kind in kinds}


def _line(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True).encode("ascii") + b"\n"


def _append(path: Path, line: bytes) -> None:
    # One write to the end, so that a killed run leaves at most one line unfinished.
    with path.open("ab", buffering=0) as file:
        file.write(line)
