"""Grading a stream of JSON Lines: a line in, a line out, in the same order.

A line that cannot be graded becomes an error line with its number and never stops the rest.
Lines for a judge are under way at the same time, so many and no more of them are in memory;
without one only one line is.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from tutor.begun import Begun
from tutor.errors import InvalidInputError, TooLargeError, TutorError
from tutor.grading.grade import Grade
from tutor.grading.item import Item, ItemKind, PointSpec

LINE_LIMIT = 4 * 1024 * 1024
"""Bytes that one line may have; a longer one is skipped to its end and reported."""
_KINDS: dict[str, ItemKind] = {"free": "free", "cloze": "cloze"}
LineId = str | int | float | None


class Grading(Protocol):
    """Grades one answer in two steps, so that others can begin while a judge is waited for.

    Both raise `TutorError` when they cannot.
    """

    def begin(self, item: Item, answer: str) -> Begun:
        """Grade locally, and ask the judge if it is wanted."""
        ...

    def finish(self, begun: Begun) -> Grade:
        """The grade that stands; waits for the judge. Called in the order of the lines."""
        ...


@dataclass(frozen=True, slots=True)
class Graded:
    """One line of output; `failed` when it holds an error instead of a grade."""

    line: dict[str, Any]
    failed: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is being graded, or why it cannot be."""

    number: int
    id: LineId
    begun: Begun | TutorError


def grade_lines(stream: BinaryIO, grading: Grading, write: Callable[[Graded], None]) -> None:
    """Grade every line of `stream`, one after another; blank lines are left out."""
    for number, raw in numbered_lines(stream):
        write(_finished(_begun(raw, number, grading), grading))


def grade_lines_at_once(
    stream: BinaryIO, grading: Grading, write: Callable[[Graded], None], room: int
) -> None:
    """Do the same with up to `room` lines under way.

    Each is written as soon as it and all before it are done, also while the stream is silent.
    What stops this stops the judge for all of them.
    """
    under_way: deque[tuple[_Line, Future[None]]] = deque()
    # One thread: it writes in the order of the lines.
    writer = ThreadPoolExecutor(1, thread_name_prefix="tutor-batch")

    def finish(line: _Line) -> None:
        write(_finished(line, grading))

    try:
        for number, raw in numbered_lines(stream):
            line = _begun(raw, number, grading)
            under_way.append((line, writer.submit(finish, line)))
            while under_way and (len(under_way) >= room or under_way[0][1].done()):
                under_way.popleft()[1].result()
        for _, done in under_way:
            done.result()
    finally:
        _stop(under_way)
        writer.shutdown(cancel_futures=True)


def _stop(under_way: Iterable[tuple[_Line, Future[None]]]) -> None:
    for line, _ in under_way:
        if isinstance(line.begun, Begun) and line.begun.judged:
            line.begun.judged.cancel()


def numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers from 1; too long ones are cut."""
    for number, raw in enumerate(_raw_lines(stream), 1):
        content = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if content.strip():
            yield number, content


def _raw_lines(stream: BinaryIO) -> Iterable[bytes]:
    while line := stream.readline(LINE_LIMIT + 1):
        if len(line) > LINE_LIMIT and not line.endswith(b"\n"):
            _skip_line(stream)
        yield line


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(LINE_LIMIT)) and not rest.endswith(b"\n"):
        pass


def _begun(raw: bytes, number: int, grading: Grading) -> _Line:
    line_id: LineId = None
    try:
        record = record_of(raw)
        line_id = _id(record)
        return _Line(number, line_id, grading.begin(*answered(record)))
    except TutorError as error:
        return _Line(number, line_id, error)


def _finished(line: _Line, grading: Grading) -> Graded:
    if isinstance(line.begun, TutorError):
        return _failed(line, line.begun)
    try:
        grade = grading.finish(line.begun)
    except TutorError as error:
        return _failed(line, error)
    return Graded({"id": line.id, **grade.model_dump(mode="json")}, failed=False)


def _failed(line: _Line, error: TutorError) -> Graded:
    failure = {"type": error.type, "detail": f"line {line.number}: {error}"}
    return Graded({"id": line.id, "error": failure}, failed=True)


def record_of(raw: bytes) -> dict[str, Any]:
    """The JSON object on a line; raises `InvalidInputError` when there is none."""
    if len(raw) > LINE_LIMIT:
        raise TooLargeError(f"the line is longer than {LINE_LIMIT} bytes; shorten it")
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        message = f"byte {error.start + 1} is not UTF-8; convert the file to UTF-8"
        raise InvalidInputError(message) from error
    except json.JSONDecodeError as error:
        message = f"not JSON at column {error.colno}: {error.msg}; write one JSON object a line"
        raise InvalidInputError(message) from error
    except (ValueError, RecursionError) as error:
        raise InvalidInputError(
            "not JSON that can be read: a number or a nesting is too"
            " large; write one JSON object a line"
        ) from error
    if not isinstance(value, dict):
        raise InvalidInputError(f"{_kind(value)} is not an object; write one JSON object a line")
    return value


def _no_constant(name: str) -> None:
    raise InvalidInputError(f"{name} is not JSON; use a number or null")


def _id(record: dict[str, Any]) -> LineId:
    if "id" not in record:
        raise InvalidInputError('"id" is missing; give each line a string or a number')
    value = record["id"]
    if isinstance(value, str) or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    raise InvalidInputError(f'"id" is {_kind(value)}; give each line a string or a number')


def answered(record: dict[str, Any]) -> tuple[Item, str]:
    """The item and the answer in a record; raises `InvalidInputError`."""
    return _item(record), _string(record, "answer")


def _item(record: dict[str, Any]) -> Item:
    kind = record.get("kind") or "free"
    if not isinstance(kind, str) or kind not in _KINDS:
        raise InvalidInputError(f'"kind" is {json.dumps(kind)[:40]}; use "free" or "cloze"')
    return Item(
        question=_string(record, "question"),
        references=tuple(_references(record)),
        key_points=tuple(_point(point) for point in _list(record, "key_points")),
        kind=_KINDS[kind],
    )


def _string(record: dict[str, Any], name: str) -> str:
    if name not in record:
        raise InvalidInputError(f'"{name}" is missing; add it as a string')
    value = record[name]
    if not isinstance(value, str):
        raise InvalidInputError(f'"{name}" is {_kind(value)}; it must be a string')
    return value


def _references(record: dict[str, Any]) -> list[str]:
    if "references" not in record:
        raise InvalidInputError('"references" is missing; add it as a list of strings')
    values = _list(record, "references")
    for value in values:
        if not isinstance(value, str):
            raise InvalidInputError(f'"references" holds {_kind(value)}; use strings only')
    return values


def _list(record: dict[str, Any], name: str) -> list[Any]:
    value = record.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise InvalidInputError(f'"{name}" is {_kind(value)}; it must be a list')
    return value


def _point(value: Any) -> PointSpec:
    match value:
        case str():
            return PointSpec(value)
        case {"text": str(text), "required": bool(required)}:
            return PointSpec(text, required)
        case {"text": str(text)} if "required" not in value:
            return PointSpec(text)
    raise InvalidInputError(
        f'"key_points" holds {_kind(value)}; use strings or {{"text": string, "required": bool}}'
    )


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
        case _:
            return "an object"
