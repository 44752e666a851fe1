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


def test_cosines_are_with_the_best_reference_and_each_points_best_clause():
    answer = "先微调，再打分"
    embedder = TableEmbedder(
        {
            answer: (0.6, 0.8, 0.0),
            "先微调": (1.0, 0.0, 0.0),
            "再打分": (0.0, 1.0, 0.0),
            "监督微调；奖励打分": (0.0, 1.0, 0.0),
            "别的说法": (1.0, 0.0, 0.0),
            "监督微调": (0.8, 0.0, 0.6),
            "奖励打分": (0.0, 0.6, 0.8),
        }
    )
    item = Item("怎样训练？", ("监督微调；奖励打分", "别的说法"))
    cosines = measure_cosines(lay_out(item, answer, "zh"), embedder)
    assert cosines.whole == pytest.approx(0.8)  # 0.8 * 1 with the first, 0.6 with the other
    assert cosines.points == pytest.approx((0.8, 0.6))  # 1 * 0.8 by one clause, 1 * 0.6 by two


def test_words_of_the_answer_are_laid_beside_the_terms_of_each_point():
    embedder = TableEmbedder(
        {"prize": (0.8, 0.6, 0.0), "reward": (1.0, 0.0, 0.0), "model": (0.0, 1.0, 0.0)}
    )
    item = Item("?", ("reward model; PPO",))
    cosines = measure_cosines(lay_out(item, "prize", "en"), embedder)
    assert cosines.terms[0] == pytest.approx((0.8, 0.6))
    assert cosines.terms[1] == pytest.approx((0.0,))  # the embedder does not know PPO
