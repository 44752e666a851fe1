from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from tutor.inference.embedder import unit_rows


class LetterEmbedder:
    """Counts of characters by code point modulo `buckets`; remembers what it was asked."""

    def __init__(self, identity: str = "letters", buckets: int = 32) -> None:
        self.identity = identity
        self.batches: list[list[str]] = []
        self._buckets = buckets

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.batches.append(list(texts))
        rows = np.zeros((len(texts), self._buckets), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for char in text:
                row[ord(char) % self._buckets] += 1
        return unit_rows(rows)


@pytest.fixture
def letters() -> type[LetterEmbedder]:
    return LetterEmbedder
