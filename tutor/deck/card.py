"""The card: what is asked, and what a right answer must say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CardKind = Literal["basic", "cloze"]
RubricKind = Literal["required", "optional", "alternative", "tolerance"]


@dataclass(frozen=True, slots=True)
class RubricLine:
    """One `R:` line: a required or optional key point, another accepted answer, or a tolerance."""

    kind: RubricKind
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to ask: a question with its answer, or one blank of a cloze text.

    A cloze text with three blanks gives three cards. Their `question` is the text with the
    asked blank as `[...]` and the other blanks filled in; `references` are the fills of the
    asked blank. `hash` is the content hash of `eudoxia0/hashcards` (it can collide by
    construction and serves exchange only); `id` is our own length-prefixed hash and is the key.
    """

    id: str
    hash: str
    family: str | None
    """Upstream's hash of the whole cloze text, shared by its blanks; None for basic cards."""
    kind: CardKind
    deck: str
    section: tuple[str, ...]
    """Headings above the card, outermost first."""
    file: str
    line: int
    """1-based line in `file` where the card starts."""
    question: str
    references: tuple[str, ...]
    """Accepted answers: the `A:` text or the fill first, then the `R: =` lines."""
    rubric: tuple[RubricLine, ...] = ()
    blank: int | None = None
    """0-based index of the asked blank in its cloze text; None for basic cards."""
    text: str = ""
    """The card as written in the deck, without its tags: for search, editing and lineage."""
