"""How alike an answer and its nearest reference are, by three plain measures."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from tutor.grading.item import Item
from tutor.grading.reading.text import read, stem
from tutor.inference.embedder import Embedder


class Similarity(Protocol):
    """1 for an answer equal to a reference, 0 or less for one that shares nothing with any."""

    @property
    def name(self) -> str: ...

    def __call__(self, item: Item, answer: str) -> float: ...


@dataclass(frozen=True, slots=True)
class TokenOverlap:
    """F1 of the tokens that answer and reference share, best over references: 0 to 1.

    Tokens are word stems, numbers, operators, and pairs of neighbouring Chinese characters.
    """

    name: str = "overlap"

    def __call__(self, item: Item, answer: str) -> float:
        given = _tokens(answer)
        return max(_f1(given, _tokens(reference)) for reference in item.references)


@dataclass(frozen=True, slots=True)
class CharacterCosine:
    """Cosine of the counts of character 1- to 3-grams, best over references: 0 to 1."""

    name: str = "cosine"

    def __call__(self, item: Item, answer: str) -> float:
        given = _grams(answer)
        return max(_cosine(given, _grams(reference)) for reference in item.references)


@dataclass(frozen=True, slots=True)
class EmbedderCosine:
    """Cosine of the texts' embeddings, best over references: -1 to 1."""

    model: Embedder
    name: str = "cosine"

    def __call__(self, item: Item, answer: str) -> float:
        rows = self.model.embed([answer, *item.references])
        return float((rows[1:] @ rows[0]).max())


@lru_cache(maxsize=4096)
def _tokens(text: str) -> Counter[str]:
    return Counter(_token_forms(text))


def _token_forms(text: str) -> Iterator[str]:
    for token in read(text).tokens:
        match token.kind:
            case "word":
                yield stem(token.form)
            case "han" if len(token.form) > 1:
                yield from (token.form[i : i + 2] for i in range(len(token.form) - 1))
            case _:
                yield token.form


def _f1(given: Counter[str], wanted: Counter[str]) -> float:
    total = given.total() + wanted.total()
    return 2.0 * (given & wanted).total() / total if total else 0.0


@lru_cache(maxsize=4096)
def _grams(text: str) -> Counter[str]:
    compact = read(text).compact
    return Counter(
        compact[start : start + size]
        for size in (1, 2, 3)
        for start in range(len(compact) - size + 1)
    )


def _cosine(first: Counter[str], second: Counter[str]) -> float:
    lengths = math.sqrt(_square(first) * _square(second))
    product = sum(count * second[gram] for gram, count in first.items())
    return product / lengths if lengths else 0.0


def _square(counts: Counter[str]) -> int:
    return sum(count * count for count in counts.values())
