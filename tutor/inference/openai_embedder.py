"""Embeddings from any OpenAI-compatible endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tutor.errors import ModelError
from tutor.inference.embedder import unit_rows
from tutor.inference.failure import first_line

if TYPE_CHECKING:
    from openai import OpenAI

TIMEOUT_SECONDS = 30.0


class OpenAIEmbedder:
    """An embedding model behind `OPENAI_BASE_URL`, with the key in `OPENAI_API_KEY`.

    Raises `ModelError` when neither is set or the endpoint does not answer as it should.
    """

    def __init__(self, model: str, client: OpenAI | None = None) -> None:
        self.identity = model
        self._client = client or _client(model)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows of shape (len(texts), d)."""
        from openai import OpenAIError

        # An endpoint refuses an empty text; a space stands for it.
        inputs = [text if text.strip() else " " for text in texts]
        try:
            answer = self._client.embeddings.create(model=self.identity, input=inputs)
        except OpenAIError as error:
            raise ModelError(
                f"embedder {self.identity}: {first_line(error)}; check OPENAI_BASE_URL and "
                "OPENAI_API_KEY"
            ) from error
        if len(answer.data) != len(inputs):
            raise ModelError(
                f"embedder {self.identity} answered {len(answer.data)} vectors for "
                f"{len(inputs)} texts; the endpoint does not follow the protocol"
            )
        ordered = sorted(answer.data, key=lambda row: row.index)
        return unit_rows(np.array([row.embedding for row in ordered], dtype=np.float32))


def _client(model: str) -> OpenAI:
    from openai import OpenAI, OpenAIError

    try:
        return OpenAI(timeout=TIMEOUT_SECONDS)
    except OpenAIError as error:
        raise ModelError(
            f"embedder {model} needs an endpoint: set OPENAI_API_KEY, and OPENAI_BASE_URL for "
            "any server but OpenAI's"
        ) from error
