from __future__ import annotations

import numpy as np
import pytest

from evals.similarity import CharacterCosine, EmbedderCosine, TokenOverlap
from tutor.grading.item import Item


def item(*references):
    return Item("?", references)


def test_overlap_is_the_f1_of_stems():
    # Answer {cell, divid}, reference {the, cell, divid, twice}: 2 * 2 / (2 + 4) = 2/3.
    assert TokenOverlap()(item("the cell divides twice"), "cells dividing") == pytest.approx(2 / 3)


def test_overlap_counts_a_repeated_token_as_often_as_the_reference_has_it():
    # One shared token of 3 and 1: 2 * 1 / 4 = 1/2.
    assert TokenOverlap()(item("cell"), "cell cell cell") == pytest.approx(0.5)


def test_overlap_of_chinese_is_over_pairs_of_characters():
    # 奖励, 励模, 模型 against 奖励, 励函, 函数: 2 * 1 / 6 = 1/3.
    assert TokenOverlap()(item("奖励函数"), "奖励模型") == pytest.approx(1 / 3)
    assert TokenOverlap()(item("是"), "是") == 1.0


def test_cosine_of_character_grams():
    # "ab" has a, b, ab; "ac" has a, c, ac: 1 / sqrt(3 * 3).
    assert CharacterCosine()(item("ac"), "ab") == pytest.approx(1 / 3)


@pytest.mark.parametrize("similarity", [TokenOverlap(), CharacterCosine()])
def test_the_nearest_reference_counts(similarity):
    assert similarity(item("something else", "Entropy rises."), "entropy rises") == pytest.approx(1)


@pytest.mark.parametrize("similarity", [TokenOverlap(), CharacterCosine()])
@pytest.mark.parametrize("answer", ["", "?!"])
def test_an_answer_without_tokens_is_like_nothing(similarity, answer):
    assert similarity(item("entropy"), answer) == 0.0


class Compass:
    """Embeds north and east at right angles, and anything else between them."""

    identity = "compass"

    def embed(self, texts):
        points = {"north": (0.0, 1.0), "east": (1.0, 0.0)}
        return np.array([points.get(text, (0.6, 0.8)) for text in texts], dtype=np.float32)


def test_cosine_of_embeddings_is_that_of_the_nearest_reference():
    similarity = EmbedderCosine(Compass())
    assert similarity(item("north"), "east") == 0.0
    assert similarity(item("east", "north"), "north-east") == pytest.approx(0.8)
