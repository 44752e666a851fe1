"""Nearness: how close in meaning an answer's words come to the terms that are asked for.

A word of another stem may say the same; an embedder's cosine between two single words is weak
evidence of it, which coverage turns into partial credit. Numbers and function words have no
near relatives, and an antonym is near by its vector and says the opposite.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tutor.grading.reading.memory import MANY, remember
from tutor.grading.reading.polarity import opposed
from tutor.grading.reading.terms import FUNCTION_WEIGHT, Term, terms_of
from tutor.grading.reading.text import Text, length_of

if TYPE_CHECKING:  # numpy costs a tenth of a second that a grader without an embedder saves
    import numpy as np
    from numpy.typing import NDArray

APART = -1.0
"""Nearness of a term that is compared with nothing."""
MOST_WORDS = 400
"""Distinct words of a text beyond these are not compared, which bounds time and memory."""


@remember(MANY, length_of)
def words_of(text: Text) -> tuple[str, ...]:
    """The distinct content words of a text as written, in order; Chinese as character pairs."""
    found = dict.fromkeys(_written(text, term) for term in terms_of(text).terms if _says(term))
    return tuple(found)[:MOST_WORDS]


def nearness(
    point: Text, answer: Text, wanted: NDArray[np.float32], said: NDArray[np.float32]
) -> tuple[float, ...]:
    """For every term of a point the cosine, -1 to 1, of the answer's nearest word.

    `wanted` are the unit vectors of the point's words, of shape (n, d), and `said` those of the
    answer's, of shape (m, d), both in the order of `words_of`.
    """
    cosines = dict(zip(words_of(point), _nearest(point, answer, wanted, said), strict=True))
    return tuple(cosines.get(_written(point, term), APART) for term in terms_of(point).terms)


def _nearest(
    point: Text, answer: Text, wanted: NDArray[np.float32], said: NDArray[np.float32]
) -> list[float]:
    words, choice = words_of(point), words_of(answer)
    if not words or not choice:
        return [APART] * len(words)
    cosines = wanted @ said.T
    best, greatest = cosines.argmax(axis=1).tolist(), cosines.max(axis=1).tolist()
    return [
        _of_kin(word, choice, row) if opposed(word, choice[column]) else max(APART, cosine)
        for word, row, column, cosine in zip(words, cosines, best, greatest, strict=True)
    ]


def _of_kin(word: str, choice: Sequence[str], cosines: NDArray[np.float32]) -> float:
    """The greatest cosine among the words that do not say the opposite; `cosines` is used up."""
    for _ in choice:
        nearest = int(cosines.argmax())
        if not opposed(word, choice[nearest]):
            return max(APART, float(cosines[nearest]))
        cosines[nearest] = APART
    return APART


def _says(term: Term) -> bool:
    return term.weight > FUNCTION_WEIGHT and term.form[0].isalpha()


def _written(text: Text, term: Term) -> str:
    return text.raw[term.start : term.end].lower()
