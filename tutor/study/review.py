"""The review: one graded answer as it is stored, with any override beside it."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel, ConfigDict

from tutor.grading.grade import Grade, Verdict
from tutor.grading.item import Item


class Override(BaseModel):
    """A person's ruling on one review; the grade itself is never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    verdict: Verdict
    note: str = ""
    created_at: AwareDatetime


class Review(BaseModel):
    """One answer to one item, its grade, and the overrides since, oldest first.

    `card_id` is None when the question came with the request instead of from a deck. The
    item is stored whole, so a review stays readable after its card was edited or removed.
    `grade` is the one that stands. When it is the judge's and came after the review was stored,
    `local_grade` is the one that was stored first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    created_at: AwareDatetime
    card_id: str | None
    deck: str | None
    item: Item
    answer: str
    grade: Grade
    local_grade: Grade | None = None
    overrides: tuple[Override, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The verdict that counts: the last override's, else the grade's."""
        return self.overrides[-1].verdict if self.overrides else self.grade.verdict
