"""An answer in a sitting."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass

from tutor.cli.stage import Turn
from tutor.study.review import Review


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """A card's answer with its local grade; `judged` is there when the judge was asked too."""

    turn: Turn
    review: Review
    judged: Future[Review] | None = None
