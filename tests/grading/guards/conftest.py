from __future__ import annotations

from collections.abc import Callable

import pytest

from tutor.grading.attempt import Attempt
from tutor.grading.item import Item, ItemKind, PointSpec, Tolerance
from tutor.grading.language import language_of
from tutor.grading.reading.text import read


@pytest.fixture
def attempt() -> Callable[..., Attempt]:
    """Lays an answer beside an item; each reference is one key point unless `points` are given."""

    def lay(
        answer: str,
        *references: str,
        question: str = "",
        points: tuple[str, ...] = (),
        kind: ItemKind = "free",
        tolerance: Tolerance | None = None,
    ) -> Attempt:
        specs = tuple(PointSpec(point) for point in points or references[:1])
        item = Item(question, references, specs, kind, tolerance)
        return Attempt(
            item,
            read(question),
            tuple(map(read, references)),
            tuple((spec, read(spec.text)) for spec in specs),
            read(answer),
            language_of(answer),
        )

    return lay
