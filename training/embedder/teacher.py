"""The teacher: an English sentence-transformers model, whose vectors are kept on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from blake3 import blake3
from numpy.typing import NDArray

SHARD = 2048
LONGEST_TOKENS = 96

Floats = NDArray[np.float32]


class Teacher:
    """Vectors of a model in the folder `model`; what was asked once lies below `cache`."""

    def __init__(self, model: Path, cache: Path) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        # One thread: two run this small model many times slower than one.
        torch.set_num_threads(1)
        self._model = SentenceTransformer(str(model), device="cpu")
        self._model.max_seq_length = LONGEST_TOKENS
        self._cache = cache
        cache.mkdir(parents=True, exist_ok=True)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Unit rows of shape (len(texts), d) in the order of the texts."""
        # Texts of one length together, so that little of a batch is padding.
        order = sorted(set(texts), key=lambda text: (len(text), text))
        shards = [order[start : start + SHARD] for start in range(0, len(order), SHARD)]
        place = {text: row for row, text in enumerate(order)}
        rows = np.concatenate([self._shard(shard) for shard in shards])
        return np.asarray(rows[[place[text] for text in texts]], dtype=np.float32)

    def _shard(self, texts: list[str]) -> NDArray[np.float16]:
        name = blake3("\n".join(texts).encode()).hexdigest()[:32]
        path = self._cache / f"{name}.npy"
        if not path.exists():
            rows = self._model.encode(texts, batch_size=64, normalize_embeddings=True)
            np.save(path, np.asarray(rows, dtype=np.float16))
        return np.asarray(np.load(path))
