from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import openai
import pytest

from tutor.errors import ModelError
from tutor.inference.openai_embedder import OpenAIEmbedder


class FakeClient:
    """Answers with given rows, or raises; remembers what it was asked."""

    def __init__(self, rows=(), error: Exception | None = None) -> None:
        self.asked: list[dict] = []
        self._rows, self._error = rows, error
        self.embeddings = SimpleNamespace(create=self._create)

    def _create(self, **asked):
        self.asked.append(asked)
        if self._error:
            raise self._error
        data = [SimpleNamespace(index=index, embedding=row) for index, row in self._rows]
        return SimpleNamespace(data=data)


def refused(client) -> str:
    with pytest.raises(ModelError) as caught:
        OpenAIEmbedder("small", client).embed(["a", "b"])
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert "small" in message
    return message


def test_rows_come_back_in_the_order_of_the_texts_and_of_length_one():
    client = FakeClient([(1, [0.0, 2.0]), (0, [3.0, 4.0])])
    rows = OpenAIEmbedder("small", client).embed(["a", "b"])
    np.testing.assert_allclose(rows, [[0.6, 0.8], [0.0, 1.0]], rtol=1e-6)
    assert rows.dtype == np.float32
    assert client.asked == [{"model": "small", "input": ["a", "b"]}]


def test_an_empty_text_is_sent_as_a_space():
    client = FakeClient([(0, [1.0]), (1, [1.0]), (2, [1.0])])
    OpenAIEmbedder("small", client).embed(["", "\n", "a"])
    assert client.asked[0]["input"] == [" ", " ", "a"]


@pytest.mark.parametrize("rows", [[], [(0, [1.0])], [(0, [1.0]), (1, [1.0]), (2, [1.0])]])
def test_another_number_of_rows_is_refused(rows):
    message = refused(FakeClient(rows))
    assert f"{len(rows)} vectors for 2 texts" in message


REQUEST = SimpleNamespace(method="POST", url="http://localhost/v1/embeddings")


@pytest.mark.parametrize(
    "error",
    [
        openai.APIConnectionError(request=REQUEST),
        openai.APITimeoutError(request=REQUEST),
        openai.OpenAIError(""),
        openai.OpenAIError("first line\nsecond line"),
        openai.OpenAIError("x" * 5000),
    ],
)
def test_a_failing_endpoint_is_one_line_with_what_to_check(error):
    message = refused(FakeClient(error=error))
    assert "OPENAI_BASE_URL" in message
    assert len(message) < 400


def test_a_missing_key_is_told_when_the_embedder_is_made(monkeypatch):
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ModelError, match="set OPENAI_API_KEY") as caught:
        OpenAIEmbedder("small")
    assert len(str(caught.value).splitlines()) == 1
