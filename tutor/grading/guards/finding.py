"""What a guard reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NO_ATTEMPT = frozenset(
    {"empty", "punctuation", "question_copy", "instruction_only", "reference_opener"}
)
"""Findings that reject an answer as no attempt: the question is still open, so nothing of its
reference may be shown. Not knowing is an attempt that is over."""

ADDRESSES_GRADER = frozenset({"instructions", "encoded", "hidden_characters"})
"""Doubts about an answer that speaks to whoever grades it, or to a machine alone: no judge may
raise its grade."""
NOT_SETTLED = frozenset({"alternatives"})
"""Doubts about an answer that leaves open what it says: a judge may find the right thing in it, and
it is no answer all the same, so no judge may raise its grade either."""

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
