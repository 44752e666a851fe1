"""What the bundled embedder is measured on, none of it trained on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from training.embedder.corpus import Corpus, Pair, Rated, rated_split

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
LANGUAGES = ("zh", "en", "zh-en")

EDITS = {
    "paraphrase": (
        ("The reward model scores each answer.", "Each answer is scored by the reward model."),
        ("学习率太大会让训练发散。", "步长过大时，训练不收敛。"),
    ),
    "negation": (
        ("The reward model scores each answer.", "The reward model does not score each answer."),
        ("学习率太大会让训练发散。", "学习率太大不会让训练发散。"),
    ),
    "opposite": (
        ("The learning rate is too large.", "The learning rate is too small."),
        ("学习率太大。", "学习率太小。"),
    ),
    "number": (
        ("The revolution began in 1789.", "The revolution began in 1889."),
        ("法国大革命始于1789年。", "法国大革命始于1889年。"),
    ),
    "roles": (
        ("The teacher imitates the student.", "The student imitates the teacher."),
        ("教师模仿学生。", "学生模仿教师。"),
    ),
}  # fmt: skip
"""Pairs, English and Chinese, that a mean of tokens cannot tell apart, beside true paraphrases."""


def examine(embed: Embed, data: Path, corpus: Corpus, split: str) -> dict[str, float]:
    """Spearman's rho on STS, and how often a held-out text finds its translation among 500."""
    figures = {
        f"sts_{language}": similarity_agreement(embed, rated_split(data, language, split))
        for language in LANGUAGES
    }
    figures["sentence_of_500"] = found_first(embed, corpus.held_out_sentences)
    figures["term_of_500"] = found_first(embed, corpus.held_out_terms)
    return {name: round(value, 4) for name, value in figures.items()}


def similarity_agreement(embed: Embed, rows: Sequence[Rated]) -> float:
    """Spearman's rho between cosines and people's scores."""
    left, right = embed([row.a for row in rows]), embed([row.b for row in rows])
    cosines = np.sum(left * right, axis=1)
    return float(spearmanr(cosines, [row.score for row in rows]).statistic)


def found_first(embed: Embed, pairs: Sequence[Pair]) -> float:
    """Share of Chinese texts whose own translation is the nearest of all English ones."""
    cosines = embed([pair.zh for pair in pairs]) @ embed([pair.en for pair in pairs]).T
    return float(np.mean(np.argmax(cosines, axis=1) == np.arange(len(pairs))))


def edited(embed: Embed) -> dict[str, float]:
    """Mean cosine between a sentence and its edit, for each kind of edit."""
    means = {}
    for kind, pairs in EDITS.items():
        left, right = embed([a for a, _ in pairs]), embed([b for _, b in pairs])
        means[kind] = round(float(np.mean(np.sum(left * right, axis=1))), 3)
    return means
