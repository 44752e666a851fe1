"""Where a sitting is shown: to a person on a screen, or to a program as events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tutor.cli.tally import Tally
from tutor.deck.card import Card
from tutor.errors import TutorError
from tutor.grading.grade import Grade, JudgeFailure, Language, Verdict


@dataclass(frozen=True, slots=True)
class Turn:
    """One card's place in the sitting: `number` runs from 1 to `total`."""

    number: int
    total: int
    card: Card
    language: Language
    """Language of the words around the card."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of asking the judge about one answer.

    `before` is the local grade, `after` the one that stands now; `failure` says why there is no
    judgement. `late`: other cards were asked since. `ruling` is what the learner has ruled, and
    `review_id` is None when nothing is stored.
    """

    turn: Turn
    review_id: str | None
    before: Grade
    after: Grade
    failure: JudgeFailure | None = None
    late: bool = False
    ruling: Verdict | None = None

    @property
    def changed(self) -> bool:
        """Whether the verdict is another one now."""
        return self.before.verdict != self.after.verdict


class Stage(Protocol):
    """Shows what happens in a sitting, in order."""

    def question(self, turn: Turn) -> None: ...

    def hint(self, turn: Turn, level: int, text: str | None) -> None: ...

    def skipped(self, turn: Turn) -> None: ...

    def graded(self, turn: Turn, review_id: str | None, grade: Grade, again: bool) -> None:
        """`again`: the card stays open, so nothing of the reference may be given away."""

    def ruled(self, turn: Turn, review_id: str | None, verdict: Verdict | None) -> None: ...

    def failed(self, turn: Turn, error: TutorError) -> None: ...

    def judging(self, turn: Turn, model: str) -> None:
        """The judge was asked about the answer that was graded last."""

    def meanwhile(self, turn: Turn, unsure: bool, seconds: float) -> None:
        """It has been under way for so long; the learner may go on, and rule an unsure grade."""

    def typing(self) -> None:
        """The learner has begun to type: nothing may move on the screen."""

    def judged(self, heard: Heard) -> None: ...

    def recalled(self, turn: Turn, answer: str) -> None:
        """The learner is about to rule on an answer that she gave earlier."""

    def waiting(self, language: Language, count: int, seconds: float) -> None:
        """So many judgements are waited for before the end, and have been for so long."""

    def summary(self, tally: Tally, language: Language, where: str | None) -> None: ...
