from __future__ import annotations

import numpy as np
import pytest

from training.embedder.corpus import Pair, Rated
from training.embedder.examine import edited, found_first, similarity_agreement

ANGLES = {"a": 0.0, "b": 0.5, "c": 1.0, "d": 2.0}


def at_angles(texts):
    return np.array([[np.cos(ANGLES[t]), np.sin(ANGLES[t])] for t in texts], np.float32)


def test_agreement_is_that_of_the_order():
    rows = [Rated("a", "b", 0.9), Rated("a", "c", 0.5), Rated("a", "d", 0.1)]
    assert similarity_agreement(at_angles, rows) == pytest.approx(1)
    turned = [Rated(row.a, row.b, 1 - row.score) for row in rows]
    assert similarity_agreement(at_angles, turned) == pytest.approx(-1)


def test_a_text_is_found_when_its_own_translation_is_nearest():
    # b and c are their own translations; d is nearest to c, and its own is a.
    pairs = [Pair("b", "b"), Pair("c", "c"), Pair("d", "a")]
    assert found_first(at_angles, pairs) == pytest.approx(2 / 3)


def test_every_kind_of_edit_is_measured():
    same = edited(lambda texts: np.tile(np.float32([1, 0]), (len(texts), 1)))
    assert set(same) == {"paraphrase", "negation", "opposite", "number", "roles"}
    assert set(same.values()) == {1.0}
