"""What the bundled embedder learns from, and what it is measured on and never sees."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from blake3 import blake3

from training.lexicon import SHARE_ALIKE

LEFT_OUT = SHARE_ALIKE | {"nusr/hacker-laws-zh"}
"""Sources that say share-alike for one side at least: they would bind the weights."""
LONGEST = 320
"""Characters of the longest English sentence that is trained on."""
HELD_OUT = 500


class Pair(NamedTuple):
    """A Chinese text and its English translation."""

    zh: str
    en: str


class Rated(NamedTuple):
    """Two texts and how alike people found them, in [0, 1]."""

    a: str
    b: str
    score: float


@dataclass(frozen=True)
class Corpus:
    """All training texts, with the pairs that were held out of them."""

    sentences: tuple[Pair, ...]
    """Aligned technical prose."""
    captions: tuple[Pair, ...]
    """Sentences of the STS training and development splits beside their machine translation."""
    terms: tuple[Pair, ...]
    synonyms: tuple[tuple[str, ...], ...]
    """Chinese words of one WordNet synset, two or more."""
    held_out_sentences: tuple[Pair, ...]
    held_out_terms: tuple[Pair, ...]

    def translations(self) -> tuple[Pair, ...]:
        """Every pair of a text and its translation that may be trained on."""
        return self.sentences + self.captions + self.terms


def read_corpus(data: Path) -> Corpus:
    """Read the four sets below `data`; the same files give the same corpus."""
    aligned = data / "parallel_zh_en"
    prose = [row for name in ("ml", "computing", "general") for row in _aligned(aligned, name)]
    technical = {row["source"] for row in _aligned(aligned, "ml")}
    labels = _aligned(aligned, "terms")
    sentences = _hold_out(row for row in prose if row["source"] in technical and _is_long(row))
    terms = _hold_out(row for row in labels if row["source"] in technical)
    secret = {_key(text) for pair in (*sentences, *terms) for text in pair}
    tested = _tested(data / "stsb_multi_mt")
    glossary = _rows(data / "glossary_d2l_zh" / "all.jsonl")
    return Corpus(
        tuple(_known(prose, secret)),
        tuple(_captions(data / "stsb_multi_mt", tested)),
        tuple(_known([*labels, *glossary], secret)),
        tuple(_synonyms(data / "wordnet_cow_zh" / "all.jsonl")),
        sentences,
        terms,
    )


def rated_split(data: Path, language: str, split: str) -> list[Rated]:
    """Rated pairs of `zh`, `en` or `zh-en`, of the split `train`, `dev` or `test`."""
    rows = _rows(data / "stsb_multi_mt" / f"{language}_{split}.jsonl")
    return [Rated(row["a"], row["b"], float(row["score"])) for row in rows]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _aligned(folder: Path, name: str) -> list[dict[str, Any]]:
    rows = _rows(folder / f"{name}.jsonl")
    return [r for r in rows if r["source"] not in LEFT_OUT and len(r["en"]) <= LONGEST]


def _is_long(row: dict[str, Any]) -> bool:
    return len(row["zh"]) >= 15


def _key(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _hold_out(rows: Iterable[dict[str, Any]]) -> tuple[Pair, ...]:
    """The 500 pairs with the smallest hashes, no text twice on either side."""
    pairs = {Pair(row["zh"], row["en"]) for row in rows}
    seen: set[str] = set()
    chosen: list[Pair] = []
    for pair in sorted(pairs, key=lambda pair: blake3("\t".join(pair).encode()).digest()):
        keys = {_key(pair.zh), _key(pair.en)}
        if len(chosen) < HELD_OUT and not keys & seen:
            chosen.append(pair)
            seen |= keys
    return tuple(chosen)


def _known(rows: Iterable[dict[str, Any]], secret: set[str]) -> Iterator[Pair]:
    for row in rows:
        if _key(row["zh"]) not in secret and _key(row["en"]) not in secret:
            yield Pair(row["zh"], row["en"])


def _tested(folder: Path) -> set[str]:
    """Keys of all texts of the STS test split, which training shares some sentences with."""
    rows = [row for language in ("zh", "en") for row in _rows(folder / f"{language}_test.jsonl")]
    return {_key(row[side]) for row in rows for side in ("a", "b")}


def _captions(folder: Path, tested: set[str]) -> Iterator[Pair]:
    pairs = [
        Pair(zh[side], en[side])
        for split in ("train", "dev")
        for zh, en in zip(
            _rows(folder / f"zh_{split}.jsonl"), _rows(folder / f"en_{split}.jsonl"), strict=True
        )
        for side in ("a", "b")
    ]
    for pair in dict.fromkeys(pairs):
        if not {_key(pair.zh), _key(pair.en)} & tested:
            yield pair


def _synonyms(path: Path) -> Iterator[tuple[str, ...]]:
    for row in _rows(path):
        words = tuple(dict.fromkeys(row["zh"]))
        if len(words) > 1:
            yield words
