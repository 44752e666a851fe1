"""Trains token vectors: an English text and its Chinese translation mean what the teacher says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

Floats = NDArray[np.float32]
Tokens = list[list[int]]


@dataclass(frozen=True)
class Recipe:
    """How long, how fast and with what weight each part of the loss is trained."""

    epochs: int = 6
    batch: int = 1024
    rate: float = 2e-3
    dropout: float = 0.1
    """Share of tokens left out of a text, anew each time."""
    temperature: float = 0.05
    match: float = 1.0
    """Weight of pointing from a text to its teacher's vector among those of the batch."""
    likeness: float = 1.0
    """Weight of the cosine to the teacher's vector."""
    translation: float = 1.0
    """Weight of pointing from a text to its translation, and back."""
    synonym: float = 0.1
    """Weight of pointing from a word to a synonym among others."""
    aside: int = 256
    """Pairs of synonyms that go with each batch."""
    phrases: int = 512
    """Texts without a translation that go with each batch."""


@dataclass(frozen=True)
class Lessons:
    """Tokens of everything that is trained on; rows of `targets` are unit vectors."""

    epoch: NDArray[np.int64]
    """The pairs of one epoch, by their place in the lists below; some come several times."""
    chinese: Tokens
    english: Tokens
    targets: Floats
    """The teacher's vector of each English text, in the student's dimensions."""
    phrases: Tokens
    """English texts without a translation."""
    phrase_targets: Floats
    synonyms: tuple[Tokens, Tokens]


def train(start: Floats, lessons: Lessons, recipe: Recipe, seed: int) -> Floats:
    """Token vectors of the shape of `start` after training; the same seed gives the same rows."""
    import torch

    torch.manual_seed(seed)
    table = torch.nn.Parameter(torch.tensor(start))
    optimizer = torch.optim.Adam([table], lr=recipe.rate, fused=True)
    chance = np.random.default_rng(seed)
    steps = recipe.epochs * (len(lessons.epoch) // recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / (steps + 1))
    for _ in range(recipe.epochs):
        for batch in _batches(lessons.epoch, recipe.batch, chance):
            optimizer.zero_grad()
            _loss(table, lessons, batch, recipe, chance).backward()
            optimizer.step()
            schedule.step()
    trained: Floats = table.detach().numpy()
    return trained


def _batches(
    epoch: NDArray[np.int64], size: int, chance: np.random.Generator
) -> Iterator[NDArray[np.int64]]:
    order = chance.permutation(epoch)
    for start in range(0, len(order) - size + 1, size):
        yield order[start : start + size]


def _loss(
    table: Tensor,
    lessons: Lessons,
    batch: NDArray[np.int64],
    recipe: Recipe,
    chance: np.random.Generator,
) -> Tensor:
    import torch

    phrases = chance.integers(len(lessons.phrases), size=recipe.phrases)
    alike = chance.integers(len(lessons.synonyms[0]), size=recipe.aside)
    parts = (
        (lessons.chinese, batch), (lessons.english, batch), (lessons.phrases, phrases),
        (lessons.synonyms[0], alike), (lessons.synonyms[1], alike),
    )  # fmt: skip
    # One look-up for all: the gradient of each is as large as the whole table.
    rows = _rows(table, [side[i] for side, picked in parts for i in picked], recipe, chance)
    zh, en, alone, word, other = rows.split([len(picked) for _, picked in parts])
    targets = torch.from_numpy(lessons.targets[batch])
    alone_targets = torch.from_numpy(lessons.phrase_targets[phrases])
    loss = recipe.translation * _contrast(zh, en, recipe.temperature)
    for taught, aim in ((zh, targets), (en, targets), (alone, alone_targets)):
        loss = loss + recipe.match * _contrast(taught, aim, recipe.temperature)
        loss = loss + recipe.likeness * (1 - (taught * aim).sum(1)).mean()
    return loss + recipe.synonym * _contrast(word, other, recipe.temperature)


def _rows(table: Tensor, texts: Tokens, recipe: Recipe, chance: np.random.Generator) -> Tensor:
    """Unit sums of the token vectors of each text, shape (len(texts), d)."""
    import torch
    from torch.nn.functional import embedding_bag, normalize

    sizes = [len(rows) for rows in texts]
    tokens = np.fromiter((row for rows in texts for row in rows), np.int64, sum(sizes))
    owners = np.repeat(np.arange(len(texts)), sizes)
    kept = chance.random(len(tokens)) >= recipe.dropout
    starts = np.searchsorted(owners[kept], np.arange(len(texts)))
    sums = embedding_bag(
        torch.from_numpy(tokens[kept]), table, torch.from_numpy(starts), mode="sum"
    )
    return normalize(sums, dim=1)


def _contrast(left: Tensor, right: Tensor, temperature: float) -> Tensor:
    """InfoNCE both ways: each row should be nearest to the row beside it."""
    import torch
    from torch.nn.functional import cross_entropy

    cosines = left @ right.T / temperature
    own = torch.arange(len(left))
    return (cross_entropy(cosines, own) + cross_entropy(cosines.T, own)) / 2
