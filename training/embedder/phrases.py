"""Short English texts for the teacher: spans of sentences, and words that seldom meet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from tutor.errors import InvalidInputError

HEAD = 200
"""Rank up to which words are picked about equally often; beyond it, as 1 / rank."""


def phrases(sentences: Sequence[str], words: Sequence[str], count: int, seed: int) -> list[str]:
    """`count` distinct texts: half spans of up to 8 words, half 2 to 6 words from `words`.

    `words` are given the most frequent first, and picked by Zipf's law. A word that no sentence
    holds would keep the vector that it began with; in a text of several words, the teacher
    shows what it adds to them. Raises `InvalidInputError` when there are too few to draw from.
    """
    chance = np.random.default_rng(seed)
    share = 1 / (np.arange(len(words)) + HEAD)
    share /= share.sum()
    found: dict[str, None] = {}
    _fill(found, count // 2, lambda: _span(_any(sentences, chance).split(), chance))
    _fill(found, count, lambda: _mixture(words, share, chance))
    return list(found)


def _fill(found: dict[str, None], count: int, draw: Callable[[], str]) -> None:
    for _ in range(20 * count):
        if len(found) == count:
            return
        found[draw()] = None
    raise InvalidInputError(f"the texts hold fewer than {count} phrases; give more, or ask fewer")


def _any(sentences: Sequence[str], chance: np.random.Generator) -> str:
    return sentences[int(chance.integers(len(sentences)))]


def _span(words: Sequence[str], chance: np.random.Generator) -> str:
    size = int(chance.integers(2, 9))
    start = int(chance.integers(max(1, len(words) - size + 1)))
    return " ".join(words[start : start + size]).strip(" ,.;:()\"'")


def _mixture(words: Sequence[str], share: NDArray[np.float64], chance: np.random.Generator) -> str:
    places = np.searchsorted(np.cumsum(share), chance.random(int(chance.integers(2, 7))))
    return " ".join(words[min(int(place), len(words) - 1)] for place in places)
