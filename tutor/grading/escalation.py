"""Escalation: which local grades are good enough to stand without a judge.

A grade that a guard settled always is: an answer that is no attempt must not reach a model, and
one that says the reference needs none. A grade that is unsure never is. In between the table of
the calibration decides, by how often people should agree with the grades that stand; it is
measured on sets that were left out (`python -m training.escalation`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from tutor.grading.grade import Grade, Unit, Verdict
from tutor.grading.item import ItemKind

WEIGHED = "coverage"
"""Name of the reason that a local grade has where signals were weighed and no guard settled it."""


class Enough(BaseModel):
    """What is enough where people should agree with at least the share `agreement` of the grades.

    `free` and `cloze` hold the least confidence of each verdict, by the kind of item; a verdict
    that is not listed is never enough. `kept` is the share of answers whose local grade stands,
    `measured` how often people agreed with those: both are means over the sets, each of them
    left out of everything that was fitted and chosen.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    agreement: float = Field(gt=0, lt=1)
    free: dict[Verdict, Unit] = {}
    cloze: dict[Verdict, Unit] = {}
    kept: Unit
    measured: Unit

    def least(self, kind: ItemKind, verdict: Verdict) -> float | None:
        """The least confidence that is enough, None where none is."""
        return (self.free if kind == "free" else self.cloze).get(verdict)

    def is_at_least_as_careful(self, other: Enough) -> bool:
        """Whether nothing is enough here that is not enough there."""
        return all(
            (least := there.get(verdict)) is not None and confidence >= least
            for here, there in ((self.free, other.free), (self.cloze, other.cloze))
            for verdict, confidence in here.items()
        )


def is_enough(local: Grade, kind: ItemKind, table: Sequence[Enough], agreement: float) -> bool:
    """Whether a local grade of an item of this kind stands without a judge.

    `table` is that of the calibration that made the grade, `agreement` in (0, 1] how often
    people should agree with what stands: the row for it decides, or the next higher one.
    Beyond the last row, and in an empty table, only what a guard settled stands.
    """
    if local.unsure:
        return False
    if is_settled(local):
        return True
    row = next((row for row in table if row.agreement >= agreement), None)
    least = row.least(kind, local.verdict) if row else None
    return least is not None and local.confidence >= least


def is_settled(local: Grade) -> bool:
    """Whether a guard rejected or accepted the answer, whatever the signals say."""
    return all(reason.name != WEIGHED for reason in local.reasons)
