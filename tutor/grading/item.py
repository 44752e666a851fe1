"""The item: what an answer is graded against, whichever door it came through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ItemKind = Literal["free", "cloze"]


@dataclass(frozen=True, slots=True)
class PointSpec:
    """A key point that a right answer makes (`required`) or may make."""

    text: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a number in the answer may lie from the reference's.

    `relative` makes `value` a share of the reference's number (0.05 is 5 %); otherwise it is
    an absolute distance in the number's own unit.
    """

    value: float
    relative: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """A question with its accepted references.

    `references` are alternatives: an answer that matches any one of them is right.
    `key_points` come from rubric lines or the caller; empty means: split the reference.
    Without a `tolerance` numbers must be equal.
    """

    question: str
    references: tuple[str, ...]
    key_points: tuple[PointSpec, ...] = ()
    kind: ItemKind = "free"
    tolerance: Tolerance | None = None
