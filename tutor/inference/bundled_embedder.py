"""The embedder that comes with tutor: a table of token vectors, read with numpy alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tutor.errors import ModelError
from tutor.inference.embedder import unit_rows
from tutor.inference.tokenizer import Tokenizer

BLOCK = 4096
"""Token vectors that are added up at a time: bounds memory, whatever the length of a text."""


class BundledEmbedder:
    """Sums of token vectors; safe to share between threads.

    `folder` holds `model.json`, `vocabulary.txt`, `vectors.npy` (int8, shape (tokens, d)) and
    `scales.npy` (float16, shape (tokens,)); by default the one in the package. The vectors are
    mapped into memory, not read. Raises `ModelError` when the folder is not as it should be.
    A sum sees no order, no negation and little of numbers: see the model card in the folder.
    """

    def __init__(self, folder: Path | None = None) -> None:
        where = bundled_weights() if folder is None else folder
        try:
            version = json.loads((where / "model.json").read_text("utf-8"))["version"]
            tokens = (where / "vocabulary.txt").read_text("utf-8").splitlines()
            self._vectors = np.asarray(np.load(where / "vectors.npy", mmap_mode="r"))
            self._scales = np.load(where / "scales.npy").astype(np.float32)
            self.tokenizer = Tokenizer(tokens)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"{where}: cannot load the bundled embedder ({error!r}); install tutor again"
            ) from error
        if not len(tokens) == len(self._vectors) == len(self._scales):
            raise ModelError(f"{where}: vocabulary and vectors differ; install tutor again")
        self.identity = f"bundled-{version}"

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._vectors.shape[1])

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows of shape (len(texts), d); a text without a letter, digit or sign is zeros."""
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[:] = self._sum(text)
        return unit_rows(rows)

    def rows(self) -> NDArray[np.float32]:
        """All token vectors, of shape (tokens, d), in the order of the vocabulary."""
        return np.asarray(self._vectors * self._scales[:, None], np.float32)

    def _sum(self, text: str) -> NDArray[np.float32]:
        tokens = self.tokenizer.ids(text)
        total = np.zeros(self.dimensions, np.float32)
        for start in range(0, len(tokens), BLOCK):
            block = np.array(tokens[start : start + BLOCK])
            # A product of scales and vectors is several times faster than adding rows up.
            total += self._scales[block] @ self._vectors.take(block, axis=0).astype(np.float32)
        return total


def bundled_weights() -> Path:
    """The folder of the weights that this installation came with."""
    # A real path: what is mapped into memory cannot lie in an archive.
    return Path(str(files("tutor.inference") / "data" / "bundled"))
