"""An embedder's view of an attempt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from tutor.grading.attempt import Attempt
from tutor.grading.evidence import Cosines
from tutor.grading.nearness import nearness, words_of
from tutor.grading.reading.text import Text

if TYPE_CHECKING:  # numpy costs a tenth of a second that a grader without an embedder saves
    import numpy as np
    from numpy.typing import NDArray


class Embeds(Protocol):
    """Turns n texts into unit rows of shape (n, d), float32."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


def measure_cosines(attempt: Attempt, embedder: Embeds) -> Cosines:
    """Cosines of each term of each key point with the answer's nearest word."""
    words = texts_to_embed(attempt)
    if not words:
        return ()
    rows = embedder.embed(words)
    places = {word: place for place, word in enumerate(words)}

    def vectors(text: Text) -> NDArray[np.float32]:
        return rows[[places[word] for word in words_of(text)]]

    said = vectors(attempt.answer)
    return tuple(nearness(text, attempt.answer, vectors(text), said) for _, text in attempt.points)


def texts_to_embed(attempt: Attempt) -> list[str]:
    """The words of answer and key points, once each."""
    texts = (attempt.answer, *(text for _, text in attempt.points))
    return list(dict.fromkeys(word for text in texts for word in words_of(text)))
