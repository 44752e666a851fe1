"""A ruling: a person's verdict on an answer, and the grader that learns from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tutor.grading.grade import Grade, Grader, Language, Verdict
from tutor.grading.item import Item
from tutor.grading.strictness import Policy, Strictness


@dataclass(frozen=True, slots=True)
class Ruled:
    """An answer with the verdict that a person gave it."""

    item: Item
    answer: str
    verdict: Verdict


class LearningGrader(Grader, Protocol):
    """A grader that learns from rulings how strictly a deck is graded."""

    def learn(self, ruled: Sequence[Ruled], policy: Policy = "standard") -> Strictness:
        """The strictness of the deck that these answers belong to; the policy's for none."""
        ...

    def grade(
        self,
        item: Item,
        answer: str,
        language: Language | None = None,
        strictness: Strictness | None = None,
    ) -> Grade:
        """Grade one answer as strictly as said, by default by the grader's own policy."""
        ...
