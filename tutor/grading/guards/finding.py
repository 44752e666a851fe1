"""What a guard reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Effect = Literal["reject", "accept", "contradict", "doubt"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One guard's finding about an attempt.

    `effect` says what follows: `reject`, the answer is incorrect whatever else it says;
    `accept`, it is correct; `contradict`, it states one key point wrongly, so it cannot be
    correct; `doubt`, a person should look, so the grade is unsure and nothing else changes.
    `zh` and `en` say why to the learner without telling her the reference.
    `point` is the index of the key point concerned, `span` raw offsets in the answer.
    """

    name: str
    effect: Effect
    zh: str
    en: str
    point: int | None = None
    span: tuple[int, int] | None = None
