"""Places in an answer where a word may be changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from random import Random
from typing import NamedTuple

_QUOTED = re.compile(r"[\"“「『`][^\"”」』`\n]*[\"”」』`]")
_FORMULA = re.compile(r"[$\\^_{}]")


class Replacement(NamedTuple):
    """What is written over [start, end) of an answer."""

    start: int
    end: int
    text: str


def replaced(answer: str, places: Sequence[Replacement], chance: Random) -> str | None:
    """The answer with one of the replacements made; None when there is none."""
    if not places:
        return None
    start, end, text = chance.choice(places)
    return answer[:start] + text + answer[end:]


def is_clear_of(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a place touches none of the spans."""
    return all(end <= left or right <= start for left, right in spans)


def quoted(answer: str) -> list[tuple[int, int]]:
    """Spans between quotation marks: what stands there is spoken of, not said."""
    return [match.span() for match in _QUOTED.finditer(answer)]


def has_formula(answer: str) -> bool:
    """Whether a text has marks of mathematics or code, in which every character counts."""
    return _FORMULA.search(answer) is not None
