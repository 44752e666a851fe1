"""An attempt: one answer laid beside its item, everything read once for guards and signals."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.grading.grade import Language
from tutor.grading.item import Item, PointSpec
from tutor.grading.text import Text


@dataclass(frozen=True, slots=True)
class Attempt:
    """What guards and signals look at. `points` are the item's key points in order."""

    item: Item
    question: Text
    references: tuple[Text, ...]
    points: tuple[tuple[PointSpec, Text], ...]
    answer: Text
    language: Language
    """Language that the learner is addressed in."""
