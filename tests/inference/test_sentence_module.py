from __future__ import annotations

import json

import numpy as np
import pytest

from tutor.errors import ModelError
from tutor.inference.bundled_embedder import BundledEmbedder
from tutor.inference.tokenizer import BUCKETS

pytest.importorskip(
    "sentence_transformers", reason="needs sentence-transformers; install tutor[transformers]"
)

TEXTS = [
    "学习率太大会让训练发散。",
    "The reward model scores each answer.",
    "PPO 的 KL 惩罚项 β = 0.02",
    "overfitting",
    "",
    "，。！",
]


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    from tutor.inference.sentence_module import export

    folder = tmp_path_factory.mktemp("exported") / "model"
    export(folder)
    return folder


def open_model(folder):
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(folder), device="cpu", trust_remote_code=True)


@pytest.mark.filterwarnings("default")
def test_an_exported_folder_gives_the_same_vectors(exported):
    model = open_model(exported)
    rows = model.encode(TEXTS, batch_size=2, show_progress_bar=False)
    ours = BundledEmbedder().embed(TEXTS)
    assert rows.shape == ours.shape
    # A cosine within 1e-4, and two texts without tokens that are zeros in both.
    np.testing.assert_allclose(np.sum(rows * ours, axis=1), [1, 1, 1, 1, 0, 0], atol=1e-4)
    np.testing.assert_allclose(rows, ours, atol=1e-4)


@pytest.mark.filterwarnings("default")
def test_what_was_trained_further_is_saved_and_read_by_both(exported, tmp_path):
    import torch

    model = open_model(exported)
    with torch.no_grad():
        model[0].vectors.weight.add_(torch.randn(model[0].vectors.weight.shape) * 0.1)
    model.save(str(tmp_path))
    changed = model.encode(TEXTS, show_progress_bar=False)
    again = open_model(tmp_path).encode(TEXTS, show_progress_bar=False)
    np.testing.assert_allclose(again, changed, atol=1e-6)
    np.testing.assert_allclose(BundledEmbedder(tmp_path).embed(TEXTS), changed, atol=1e-4)
    assert not np.allclose(changed, BundledEmbedder().embed(TEXTS), atol=1e-3)


@pytest.mark.filterwarnings("default")
def test_prompts_come_before_the_text(exported):
    model = open_model(exported)
    [with_prompt] = model.encode(["cat"], prompt="dog ", show_progress_bar=False)
    np.testing.assert_allclose(with_prompt, BundledEmbedder().embed(["dog cat"])[0], atol=1e-4)


def test_the_module_names_its_class_and_says_its_width(exported):
    from tutor.inference.sentence_module import CLASS, StaticTokens

    [module] = json.loads((exported / "modules.json").read_text("utf-8"))
    assert module["type"] == CLASS == f"{StaticTokens.__module__}.{StaticTokens.__qualname__}"
    loaded = StaticTokens.load(str(exported))
    assert loaded.get_embedding_dimension() == BundledEmbedder().dimensions
    assert loaded.vectors.num_embeddings > BUCKETS


def test_a_folder_that_holds_something_is_not_written_to(tmp_path):
    from tutor.inference.sentence_module import export

    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(ModelError, match="is not empty"):
        export(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
