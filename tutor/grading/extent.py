"""Extent: how much text one grade reads, so that its time is bounded whatever is sent."""

from __future__ import annotations

from tutor.errors import TooLargeError
from tutor.grading.item import Item

LONGEST_ANSWER = 20_000
"""Characters of an answer that are read, the first ones; a page has some two thousand."""
LONGEST_ITEM = 40_000
"""Most characters of question, references and key points together: the answer is laid beside
each of them, clause by clause."""


def read_part(answer: str) -> str:
    """The part of an answer that is read: all of it up to 20,000 characters."""
    return answer[:LONGEST_ANSWER]


def check_extent(item: Item) -> None:
    """Raise `TooLargeError` when the texts of an item are more than the local grader takes."""
    points = (point.text for point in item.key_points)
    size = sum(map(len, (item.question, *item.references, *points)))
    if size > LONGEST_ITEM:
        raise TooLargeError(
            f"question, references and key points of {item.question[:40]!r} have {size} "
            f"characters together; the local grader takes {LONGEST_ITEM}: shorten them"
        )
