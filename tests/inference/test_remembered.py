from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from tutor.errors import ModelError
from tutor.inference.remembered import RememberingEmbedder


def test_only_unknown_texts_are_asked_for_and_each_once(letters):
    inner = letters("letters")
    embedder = RememberingEmbedder(inner)
    embedder.embed(["a", "b", "a"])
    embedder.embed(["b", "c"])
    embedder.embed(["a", "b", "c"])
    assert inner.batches == [["a", "b"], ["c"]]
    assert embedder.identity == "letters"


def test_rows_are_those_of_the_model_in_the_order_asked(letters):
    embedder = RememberingEmbedder(letters())
    embedder.embed(["奖励"])
    rows = embedder.embed(["模型", "奖励", "模型"])
    np.testing.assert_array_equal(rows, letters().embed(["模型", "奖励", "模型"]))


def test_the_least_recently_used_text_is_forgotten(letters):
    inner = letters()
    embedder = RememberingEmbedder(inner, capacity=2)
    for text in ("a", "b", "a", "c", "a", "b"):  # c drives out b, since a was used after it
        embedder.embed([text])
    assert inner.batches == [["a"], ["b"], ["c"], ["b"]]


def test_more_texts_than_it_holds_are_still_answered(letters):
    texts = [str(number) for number in range(10)]
    assert RememberingEmbedder(letters(), capacity=3).embed(texts).shape == (10, 32)


def test_a_failure_is_not_remembered(letters):
    class FailingOnce(letters):
        failed = False

        def embed(self, texts):
            if not self.failed:
                self.failed = True
                raise ModelError("down; try again")
            return super().embed(texts)

    embedder = RememberingEmbedder(FailingOnce())
    with pytest.raises(ModelError):
        embedder.embed(["a"])
    assert embedder.embed(["a"]).shape == (1, 32)


def test_threads_may_share_it(letters):
    embedder = RememberingEmbedder(letters(), capacity=4)
    expected = letters()
    batches = [[str(n % 7), str(n % 5)] for n in range(200)]
    with ThreadPoolExecutor(4) as pool:
        for batch, rows in zip(batches, pool.map(embedder.embed, batches), strict=True):
            np.testing.assert_array_equal(rows, expected.embed(batch))
