"""Token vectors to begin training with: the teacher's words, and Chinese words by translation.

An English token begins as the teacher's vector of it, a Chinese one as the mean of the English
tokens that it is translated by. Rows are centred, turned into the principal directions of the
teacher's sentences and weighted by a / (a + p) for a token of probability p (Arora et al. 2017,
"A simple but tough-to-beat baseline for sentence embeddings").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from training.embedder.teacher import Teacher
from training.lexicon import Cooccurrence, translation
from tutor.grading.reading.text import is_han
from tutor.inference.embedder import unit_rows

TRANSLATIONS = 4
"""English tokens that a Chinese token is the mean of."""
MOST_TOGETHER = 1500
"""Pairs of tokens in one pair of texts: in longer ones, co-occurrence means little."""
SMOOTHING = 2e-4
"""The a of a / (a + p)."""
UNKNOWN = 0.3
"""Length of the random vector of a token that has no translation."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Space:
    """The student's directions in the teacher's space: shapes (D,) and (D, d)."""

    centre: Floats
    directions: Floats

    @classmethod
    def of(cls, sentences: Floats, dimensions: int) -> Space:
        """The principal directions of the teacher's sentences, shape (n, D), about their mean."""
        centre = sentences.mean(axis=0)
        moved = (sentences - centre).astype(np.float64)
        _, directions = np.linalg.eigh(moved.T @ moved)
        return cls(centre, np.asarray(directions[:, ::-1][:, :dimensions], np.float32))

    def targets(self, sentences: Floats) -> Floats:
        """Unit rows of shape (n, d) that the student should give for those sentences."""
        moved = np.asarray(sentences - self.centre, np.float32)
        return unit_rows(moved @ self.directions)


def start_vectors(
    tokens: Sequence[str],
    chinese: Sequence[Sequence[int]],
    english: Sequence[Sequence[int]],
    teacher: Teacher,
    space: Space,
    seed: int,
) -> Floats:
    """Rows of shape (len(tokens), d), one for each token.

    `chinese` and `english` hold the rows of the tokens of texts that translate each other.
    """
    han = np.array([is_han(token[0]) for token in tokens])
    bucket = np.array([token[0] == "#" and token[1:].isdigit() for token in tokens])
    named = np.flatnonzero(~han & ~bucket)
    frequency = 1 + _frequencies([*chinese, *english], len(tokens))
    share = frequency / frequency.sum()
    rows = np.zeros((len(tokens), len(space.centre)), np.float32)
    rows[named] = teacher.vectors([tokens[int(row)].removeprefix("##") for row in named])
    rows[named] -= np.average(rows[named], axis=0, weights=share[named])
    rows[han] = translated(chinese, english, han)[han] @ rows
    rows = rows @ space.directions
    lost = np.linalg.norm(rows, axis=1) < 1e-6
    noise = np.random.default_rng(seed).normal(size=(int(lost.sum()), rows.shape[1]))
    rows[lost] = UNKNOWN * noise / np.sqrt(rows.shape[1])
    return np.asarray(rows * (SMOOTHING / (SMOOTHING + share))[:, None], np.float32)


def _frequencies(texts: Sequence[Sequence[int]], width: int) -> NDArray[np.float64]:
    counts = np.bincount([row for rows in texts for row in rows], minlength=width)
    return counts.astype(np.float64)


def translated(
    chinese: Sequence[Sequence[int]], english: Sequence[Sequence[int]], han: NDArray[np.bool_]
) -> csr_matrix:
    """For each Chinese token, weights of its best English tokens, which sum to 1.

    The strength of a translation is the geometric mean of its probabilities both ways.
    """
    data = _cooccurrence(chinese, english, han)
    to_english = translation(data, data.pair_han, data.pair_english)
    to_chinese = translation(data, data.pair_english, data.pair_han)
    places = (data.pair_han, data.pair_english)
    strength = csr_matrix((np.sqrt(to_english * to_chinese), places), shape=(len(han), len(han)))
    return _strongest(strength)


def _cooccurrence(
    chinese: Sequence[Sequence[int]], english: Sequence[Sequence[int]], han: NDArray[np.bool_]
) -> Cooccurrence:
    lefts, rights, sentences = [], [], []
    for number, (zh, en) in enumerate(zip(chinese, english, strict=True)):
        left, right = np.unique(np.array(zh, np.int64)), np.unique(np.array(en, np.int64))
        left, right = left[han[left]], right[~han[right]]
        if len(left) * len(right) <= MOST_TOGETHER:
            lefts.append(np.repeat(left, len(right)))
            rights.append(np.tile(right, len(left)))
            sentences.append(np.full(len(left) * len(right), number, np.int64))
    keys = np.concatenate(lefts) * len(han) + np.concatenate(rights)
    distinct, pair, count = np.unique(keys, return_inverse=True, return_counts=True)
    return Cooccurrence(
        [], [], distinct // len(han), distinct % len(han), np.concatenate(sentences), pair, count
    )


def _strongest(strength: csr_matrix) -> csr_matrix:
    for row in range(strength.shape[0]):
        values = strength.data[strength.indptr[row] : strength.indptr[row + 1]]
        if len(values) > TRANSLATIONS:
            values[values < np.partition(values, -TRANSLATIONS)[-TRANSLATIONS]] = 0
        if len(values):
            values /= values.sum()
    strength.eliminate_zeros()
    return strength
