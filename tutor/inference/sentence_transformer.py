"""Embeddings from any sentence-transformers model, by name or path."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tutor.errors import ModelError
from tutor.inference.embedder import unit_rows
from tutor.inference.failure import first_line

_EXTRA = "pip install 'tutor[transformers]'"


class SentenceTransformerEmbedder:
    """A sentence-transformers model, loaded when it is made.

    A path is read from disk and a name from the local cache; only a name that is not cached
    is looked up on the hub. Raises `ModelError` when the package or the model is missing.
    """

    def __init__(self, model: str) -> None:
        self.identity = model
        self._model = _load(model)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows of shape (len(texts), d)."""
        try:
            rows = self._model.encode(list(texts), show_progress_bar=False, convert_to_numpy=True)
        except RuntimeError as error:
            raise ModelError(f"embedder {self.identity} failed: {first_line(error)}") from error
        return unit_rows(np.asarray(rows, dtype=np.float32))


def _load(model: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar
    except ImportError as error:
        raise ModelError(
            f"embedder {model} needs sentence-transformers, which is not installed; {_EXTRA}"
        ) from error
    disable_progress_bar()  # a bar for loading weights would stand between question and answer
    try:
        return SentenceTransformer(model)
    except (OSError, ValueError, RuntimeError) as error:
        raise ModelError(
            f"cannot load the sentence-transformers model {model}: {first_line(error)}; give the "
            "path of a downloaded model, or a name that is cached or that the hub has"
        ) from error
