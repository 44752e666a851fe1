from __future__ import annotations

import numpy as np
import pytest

from tutor.grading.attempt import lay_out
from tutor.grading.cosines import measure_cosines
from tutor.grading.item import Item


class TableEmbedder:
    """Looks vectors up; a text that it does not know points nowhere."""

    def __init__(self, vectors: dict[str, tuple[float, float, float]]) -> None:
        self._vectors = vectors

    def embed(self, texts):
        rows = [self._vectors.get(text, (0.0, 0.0, 0.0)) for text in texts]
        return np.array(rows, dtype=np.float32)


def test_words_of_the_answer_are_laid_beside_the_terms_of_each_point():
    embedder = TableEmbedder(
        {"prize": (0.8, 0.6, 0.0), "reward": (1.0, 0.0, 0.0), "model": (0.0, 1.0, 0.0)}
    )
    item = Item("?", ("reward model; PPO",))
    cosines = measure_cosines(lay_out(item, "prize", "en"), embedder)
    assert cosines[0] == pytest.approx((0.8, 0.6))
    assert cosines[1] == pytest.approx((0.0,))  # the embedder does not know PPO


def test_without_a_word_there_is_nothing_to_embed():
    assert measure_cosines(lay_out(Item("?", ("3",)), "4", "en"), TableEmbedder({})) == ()
