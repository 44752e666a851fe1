"""An embedder's view of an attempt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from tutor.grading.attempt import Attempt
from tutor.grading.evidence import Cosines
from tutor.grading.nearness import nearness, words_of
from tutor.grading.quotes import clauses

if TYPE_CHECKING:  # numpy costs a tenth of a second that a grader without an embedder saves
    import numpy as np
    from numpy.typing import NDArray


class Embeds(Protocol):
    """Turns n texts into unit rows of shape (n, d), float32."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


def measure_cosines(attempt: Attempt, embedder: Embeds) -> Cosines:
    """Cosines of the answer with its best reference, of its best clause with each point, and
    of its nearest word with each term of each point."""
    texts = texts_to_embed(attempt)
    rows = embedder.embed(texts)
    places = {text: place for place, text in enumerate(texts)}

    def vectors(chosen: Sequence[str]) -> NDArray[np.float32]:
        return rows[[places[text] for text in chosen]]

    points = [text for _, text in attempt.points]
    spoken, said = vectors(_said(attempt)), vectors(words_of(attempt.answer))
    whole = spoken[:1] @ vectors(_references(attempt)).T
    best = (spoken @ vectors([text.raw for text in points]).T).max(axis=0)
    return Cosines(
        float(whole.max()),
        tuple(float(value) for value in best),
        tuple(nearness(text, attempt.answer, vectors(words_of(text)), said) for text in points),
    )


def texts_to_embed(attempt: Attempt) -> list[str]:
    """Every text that the cosines need, once: the answer and its clauses, the references, the
    key points, and the words of answer and points."""
    points = [text for _, text in attempt.points]
    texts = (
        *_said(attempt),
        *_references(attempt),
        *(text.raw for text in points),
        *(word for text in (attempt.answer, *points) for word in words_of(text)),
    )
    return list(dict.fromkeys(texts))


def _references(attempt: Attempt) -> list[str]:
    return [text.raw for text in attempt.references]


def _said(attempt: Attempt) -> list[str]:
    answer = attempt.answer.raw
    return [answer, *(answer[slice(*span)] for span in clauses(answer))]
