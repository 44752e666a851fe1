"""Clauses: the smallest pieces of a text that state something, with their place in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from tutor.grading.reading.memory import MANY, remember
from tutor.grading.reading.text import Text, length_of, read

_BREAK = re.compile(
    r"[,;!?:]|\.(?!\d)|\s-\s"
    r"|(?<![a-z])(?<!not )because(?![a-z])"
    r"|(?<![a-z])(?:but|although|though|whereas|while|so that|therefore)(?![a-z])"
    r"|(?=(?<![a-z])(?:instead of|rather than|as opposed to)(?![a-z]))"
    r"|(?<!不是)(?<!并非)(?:因为|由于)"
    r"|但是|所以|因此|虽然|尽管|从而|(?<![不仅])而且|然而|(?<![因进反])而(?![且言已])"
)
"""Marks and words that join clauses. What follows `not because` is denied, so it stays with it."""

MOST = 300


class Clause(NamedTuple):
    """A clause in normal form; `start` and `end` are raw offsets."""

    normal: str
    start: int
    end: int


@remember(MANY, length_of)
def clauses(text: Text) -> tuple[Clause, ...]:
    """The first 300 clauses of a text in order, without the words and marks that join them.

    More of them are no answer to a card, and each is compared with every clause of a reference.
    """
    return tuple(islice(_clauses(text), MOST))


def _clauses(text: Text) -> Iterator[Clause]:
    if "\n" not in text.raw:
        yield from _of_line(text, 0)
        return
    for line in re.finditer(r"[^\n]+", text.raw):
        yield from _of_line(read(line.group()), line.start())


def _of_line(line: Text, offset: int) -> Iterator[Clause]:
    normal = line.normal
    cuts = [(0, 0), *(match.span() for match in _BREAK.finditer(normal)), (len(normal),) * 2]
    for (_, start), (end, _) in pairwise(cuts):
        piece = normal[start:end].strip()
        if piece:
            at = normal.index(piece, start)
            left, right = line.raw_span(at, at + len(piece))
            yield Clause(piece, offset + left, offset + right)
