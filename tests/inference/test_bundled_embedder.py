from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.errors import ModelError
from tutor.inference.bundled_embedder import BLOCK, BundledEmbedder
from tutor.inference.embedder import fingerprint
from tutor.inference.tokenizer import BUCKETS

TOKENS = ["学", "习", "学习", "cat", "dog", "+", *(f"#{bucket}" for bucket in range(BUCKETS))]


@pytest.fixture
def folder(tmp_path) -> Path:
    """Four directions: 学 and cat (127, scale 1), 习 (64), 学习 (127, scale 2), dog, the rest."""
    vectors = np.zeros((len(TOKENS), 4), np.int8)
    vectors[[0, 3], 0] = 127
    vectors[1, 1] = 64
    vectors[2, 2] = 127
    vectors[4:, 3] = 1
    scales = np.ones(len(TOKENS), np.float16)
    scales[2] = 2
    (tmp_path / "model.json").write_text('{"version": "test"}')
    (tmp_path / "vocabulary.txt").write_text("\n".join(TOKENS) + "\n", "utf-8")
    np.save(tmp_path / "vectors.npy", vectors)
    np.save(tmp_path / "scales.npy", scales)
    return tmp_path


def test_a_text_is_the_direction_of_the_sum_of_its_tokens(folder):
    [row] = BundledEmbedder(folder).embed(["学习"])
    total = np.array([127, 64, 254, 0])  # 学 + 习 + 2 times 学习
    np.testing.assert_allclose(row, total / np.linalg.norm(total), rtol=1e-6)
    assert row.dtype == np.float32


def test_a_text_without_tokens_is_zeros_among_others(folder):
    rows = BundledEmbedder(folder).embed(["", "cat", "，！", "dog"])
    np.testing.assert_array_equal(rows[[0, 2]], np.zeros((2, 4)))
    np.testing.assert_array_equal(rows[[1, 3]], [[1, 0, 0, 0], [0, 0, 0, 1]])


def test_no_text_is_no_row(folder):
    embedder = BundledEmbedder(folder)
    assert embedder.embed([]).shape == (0, 4)


def test_blocks_do_not_change_what_is_added_up(folder):
    # Two and a half blocks of 学 beside one dog: 127 k to 1, whatever the blocks.
    count = BLOCK * 5 // 2
    [before, row, after] = BundledEmbedder(folder).embed(["cat", "学 " * count + "dog", "dog"])
    np.testing.assert_allclose(row[3] / row[0], 1 / (127 * count), rtol=1e-5)
    np.testing.assert_array_equal([before, after], [[1, 0, 0, 0], [0, 0, 0, 1]])


def test_its_identity_says_which_version_it_is(folder):
    assert BundledEmbedder(folder).identity == "bundled-test"


def spoil(folder: Path, damage: str) -> None:
    match damage:
        case "no vectors":
            (folder / "vectors.npy").unlink()
        case "cut short":
            (folder / "vectors.npy").write_bytes((folder / "vectors.npy").read_bytes()[:200])
        case "no version":
            (folder / "model.json").write_text("{}")
        case "a list":
            (folder / "model.json").write_text("[]")
        case "another vocabulary":
            (folder / "vocabulary.txt").write_text("\n".join(TOKENS[1:]))
        case "no buckets":
            (folder / "vocabulary.txt").write_text("a\nb\n")


@pytest.mark.parametrize(
    "damage",
    ["no vectors", "cut short", "no version", "a list", "another vocabulary", "no buckets"],
)
def test_a_damaged_folder_is_refused_in_one_line(folder, damage):
    spoil(folder, damage)
    with pytest.raises(ModelError) as caught:
        BundledEmbedder(folder)
    message = str(caught.value)
    assert str(folder) in message
    assert len(message.splitlines()) == 1


# What was trained: these hold for the weights in the package.


@pytest.fixture(scope="module")
def bundled() -> BundledEmbedder:
    return BundledEmbedder()


def cosine(embedder: BundledEmbedder, left: str, right: str) -> float:
    a, b = embedder.embed([left, right])
    return float(a @ b)


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("奖励模型", "reward model", "batch size"),
        ("The learning rate is too large.", "步长太大", "内存不足"),
        ("强化學習", "reinforcement learning", "supervised learning"),
        ("一个男人在弹吉他", "A man is playing the guitar.", "A dog runs in the snow."),
        ("cat", "猫", "汽车"),
    ],
)
def test_meaning_goes_across_languages(bundled, text, near, far):
    assert cosine(bundled, text, near) > cosine(bundled, text, far)


@given(st.lists(st.text(max_size=40), max_size=5))
@settings(max_examples=100, deadline=None)
def test_rows_are_unit_or_zero_for_any_text(bundled, texts):
    rows = bundled.embed(texts)
    lengths = np.linalg.norm(rows, axis=1)
    assert np.all(np.isclose(lengths, 1, atol=1e-5) | (lengths == 0))


@pytest.mark.parametrize(
    "text",
    ["a\ud800b", "\u200b\u200d", "👩‍👩‍👧", "שלום", "ж" * 500, "学" * 100_000, "\\frac{" * 9000],
)
def test_odd_texts_are_embedded(bundled, text):
    [row] = bundled.embed([text])
    assert np.all(np.isfinite(row))


def test_threads_see_the_same_vectors(bundled):
    texts = [f"学习率 {number} learning rate" for number in range(200)]
    wanted = bundled.embed(texts)
    with ThreadPoolExecutor(8) as pool:
        for rows in pool.map(lambda _: bundled.embed(texts), range(16)):
            np.testing.assert_allclose(rows, wanted, atol=1e-6)


def test_the_package_carries_what_its_card_says(bundled):
    from tutor.inference.bundled_embedder import bundled_weights

    folder = bundled_weights()
    card = json.loads((folder / "model.json").read_text("utf-8"))
    assert bundled.identity == f"bundled-{card['version']}"
    assert bundled.rows().shape == (card["tokens"], card["dimensions"])
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 12_000_000
    assert len(fingerprint(bundled)) == 15  # six probes, each with each
