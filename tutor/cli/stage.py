"""Where a sitting is shown: to a person on a screen, or to a program as events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tutor.cli.tally import Tally
from tutor.deck.card import Card
from tutor.errors import TutorError
from tutor.grading.grade import Grade, Language, Verdict


@dataclass(frozen=True, slots=True)
class Turn:
    """One card's place in the sitting: `number` runs from 1 to `total`."""

    number: int
    total: int
    card: Card
    language: Language
    """Language of the words around the card."""


class Stage(Protocol):
    """Shows what happens in a sitting, in order."""

    def question(self, turn: Turn) -> None: ...

    def hint(self, turn: Turn, level: int, text: str | None) -> None: ...

    def skipped(self, turn: Turn) -> None: ...

    def graded(self, turn: Turn, review_id: str | None, grade: Grade, again: bool) -> None:
        """`again`: the card stays open, so nothing of the reference may be given away."""

    def ruled(self, turn: Turn, review_id: str | None, verdict: Verdict | None) -> None: ...

    def failed(self, turn: Turn, error: TutorError) -> None: ...

    def summary(self, tally: Tally, language: Language, where: str | None) -> None: ...
