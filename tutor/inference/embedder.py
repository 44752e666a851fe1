"""The embedder: texts to unit vectors, and how to recognise a model by what it does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

_PROBES = (
    "The circuit is open, so the bulb does not light.",
    "电路断开，所以灯泡不亮。",
    "reward model",
    "奖励模型给每个回答一个标量分数",
    "Spacing practice over days helps long-term retention.",
    "3.14",
)


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their cosine."""

    @property
    def identity(self) -> str:
        """The model as it was asked for: a name or a path."""
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows of shape (len(texts), d); raises `ModelError` when the model fails."""
        ...


def fingerprint(embedder: Embedder) -> tuple[float, ...]:
    """Cosines between fixed probe texts: equal for the same weights, wherever they lie.

    A name is no identity: a path can hold any model and a hub name any revision.
    """
    rows = embedder.embed(_PROBES)
    upper = np.triu_indices(len(_PROBES), k=1)
    return tuple(round(float(value), 3) for value in (rows @ rows.T)[upper])


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of shape (n, d) divided by their length; rows of zeros stay zeros."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)
