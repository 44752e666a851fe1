"""An embedder's view of an attempt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from tutor.grading.attempt import Attempt
from tutor.grading.evidence import Cosines
from tutor.grading.quotes import clauses

if TYPE_CHECKING:  # numpy costs a tenth of a second that a grader without an embedder saves
    import numpy as np
    from numpy.typing import NDArray


class Embeds(Protocol):
    """Turns n texts into unit rows of shape (n, d), float32."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


def measure_cosines(attempt: Attempt, embedder: Embeds) -> Cosines:
    """Cosines of the answer with its best reference, and of its best clause with each point."""
    said, references = _said(attempt), [text.raw for text in attempt.references]
    rows = embedder.embed(texts_to_embed(attempt))
    spoken, wanted = rows[: len(said)], rows[len(said) :]
    similar = spoken @ wanted.T
    whole = float(similar[0, : len(references)].max())
    best = similar[:, len(references) :].max(axis=0)
    return Cosines(whole, tuple(float(value) for value in best))


def texts_to_embed(attempt: Attempt) -> list[str]:
    """The answer and its clauses, then the references, then the key points."""
    return [
        *_said(attempt),
        *(text.raw for text in attempt.references),
        *(text.raw for _, text in attempt.points),
    ]


def _said(attempt: Attempt) -> list[str]:
    answer = attempt.answer.raw
    return [answer, *(answer[slice(*span)] for span in clauses(answer))]
