"""Checks, once and for every door, what is submitted for grading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from tutor.errors import InvalidInputError, TooLargeError
from tutor.grading.grade import JudgeUse
from tutor.grading.item import Item, ItemKind, PointSpec

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_MOST_REFERENCES = 100
"""Limit on the references, and on the key points, of one item: each costs a comparison."""
_MOST_REVIEWS = 10_000
"""Most reviews in one page: they are held in memory, and their ids go into one query."""


def make_item(
    question: str,
    references: Sequence[str],
    *,
    key_points: Sequence[str | PointSpec] = (),
    kind: ItemKind = "free",
) -> Item:
    """Make an item out of a caller's arguments; key points given as text are required ones."""
    for name, texts in (("references", references), ("key_points", key_points)):
        if isinstance(texts, str):
            raise InvalidInputError(f"{name} is a single text; put it into a list")
    points = (PointSpec(point) if isinstance(point, str) else point for point in key_points)
    return Item(question, tuple(references), key_points=tuple(points), kind=kind)


def check_submission(item: Item, answer: str, limit: int) -> None:
    """Raise `InvalidInputError` when the item or the answer cannot be graded as it is.

    `limit` is the most characters that the answer and each text of the item may have; beyond
    it `TooLargeError` is raised. An empty answer is fine: it is a wrong one.
    """
    check_member("kind", item.kind, ItemKind)
    for name, parts in (("references", item.references), ("key_points", item.key_points)):
        if len(parts) > _MOST_REFERENCES:
            raise TooLargeError(
                f"{name} has {len(parts)} entries; the limit is {_MOST_REFERENCES}: send fewer"
            )
    if not item.references:
        raise InvalidInputError("references is empty; send at least one accepted answer")
    for name, text in _texts(item):
        check_text(name, text, limit)
        if not text.strip():
            raise InvalidInputError(f"{name} is empty; write it or leave it out")
    check_text("answer", answer, limit)


def check_text(name: str, text: str, limit: int) -> None:
    """Raise when a text is too long, or holds what no text holds: NUL or half a surrogate pair.

    Neither can be stored in every database nor sent as UTF-8.
    """
    if not isinstance(text, str):
        raise InvalidInputError(f"{name} is {type(text).__name__}, not text; send a string")
    if len(text) > limit:
        raise TooLargeError(
            f"{name} has {len(text)} characters; the limit is {limit}: shorten it, or raise "
            "TUTOR_MAX_ANSWER_CHARACTERS"
        )
    if found := _NO_TEXT.search(text):
        raise InvalidInputError(
            f"{name} holds U+{ord(found.group()):04X} at character {found.start() + 1}, which "
            "is no text; remove it"
        )


def check_member(name: str, value: object, literal: Any) -> None:
    """Raise unless `value` is one of the values of a `Literal` type."""
    allowed = get_args(literal)
    if value not in allowed:
        raise InvalidInputError(
            f"{name} is {value!r}; use {', '.join(allowed[:-1])} or {allowed[-1]}"
        )


def check_judge(judge: JudgeUse, *, configured: bool) -> None:
    """Raise unless the answer can be graded with that use of a judge."""
    check_member("judge", judge, JudgeUse)
    if judge == "always" and not configured:
        raise InvalidInputError(
            "judge is 'always', but no judge is configured; set TUTOR_JUDGE_MODEL (and "
            "OPENAI_BASE_URL for any server but OpenAI's), or use never or auto to grade locally"
        )


def check_page(limit: int) -> None:
    """Raise unless a page may have that many reviews."""
    if not 1 <= limit <= _MOST_REVIEWS:
        raise InvalidInputError(
            f"limit is {limit}; use 1 to {_MOST_REVIEWS}, and `before` for the next page"
        )


def _texts(item: Item) -> Iterator[tuple[str, str]]:
    yield "question", item.question
    for index, reference in enumerate(item.references):
        yield f"references[{index}]", reference
    for index, point in enumerate(item.key_points):
        yield f"key_points[{index}]", point.text
