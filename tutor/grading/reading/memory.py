"""Memory of what was read lately, bounded by characters rather than by texts.

One answer may be a thousand times as long as another, so a number of texts bounds nothing: a
client that sends thousands of long answers would fill the memory of a server.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

_Asked = TypeVarTuple("_Asked")
_Found = TypeVar("_Found")

MANY = 200_000
"""Characters: some hundred cards with the answers to them."""
FEW = 50_000
"""For what is asked for again only while the same card, or the same answer, is looked at."""


def characters_of(text: str) -> int:
    """The length of a text: for what is asked with nothing else."""
    return len(text)


def remember(
    characters: int, length: Callable[[*_Asked], int]
) -> Callable[[Callable[[*_Asked], _Found]], Callable[[*_Asked], _Found]]:
    """Remember what a function returned for about so many characters that it was asked lately.

    `length` gives the characters that its arguments hold, at least 0. Never are more held than
    `characters` and the two longest texts: a young half and an old one, into which the young
    one turns when it is full; what is asked for again moves back to the young half.
    """

    def decorate(work: Callable[[*_Asked], _Found]) -> Callable[[*_Asked], _Found]:
        young: dict[tuple[object, ...], _Found] = {}
        old: dict[tuple[object, ...], _Found] = {}
        held = 0

        @wraps(work)
        def recall(*asked: *_Asked) -> _Found:
            nonlocal young, old, held
            try:  # mostly there, and this is the quickest way to it
                return young[asked]
            except KeyError:
                kept = old  # which another thread may replace meanwhile
            found = kept[asked] if asked in kept else work(*asked)
            held += 1 + length(*asked)
            if held > characters / 2:
                young, old, held = {}, young, 1 + length(*asked)
            young[asked] = found
            return found

        return recall

    return decorate
