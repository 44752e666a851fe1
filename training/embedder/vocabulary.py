"""Chooses the tokens of the bundled embedder from the training texts and the teacher's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path

from training.embedder.corpus import Corpus
from tutor.grading.reading.text import is_han
from tutor.inference.tokenizer import BUCKETS, LONGEST_HAN_WORD, fold

SYMBOLS = "+-*/^=<>~%$&|±√∑∏∫∂∇∞→"
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_WORD = re.compile(r"[a-z]+(?:'[a-z]{1,3}\b)?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LETTERS = re.compile(r"[^\W\da-z_]")
_EDGE = frozenset("的了着吗呢吧啊是在和与或及您你我他它她们这那就都也还而但且把被将从到向以为由对")
"""Characters that no learnt Chinese word begins or ends with."""


@dataclass(frozen=True)
class Sizes:
    """How many tokens of each kind there are at most."""

    han_words: int = 18500
    words: int = 16500
    pieces: int = 2000
    terms: int = 2400
    numbers: int = 200


def vocabulary(corpus: Corpus, teacher_words: Sequence[str], sizes: Sizes) -> list[str]:
    """All tokens: characters and signs, Chinese words, English words, pieces, terms, numbers.

    `teacher_words` is the teacher's own vocabulary, the most frequent first.
    """
    chinese = [fold(pair.zh) for pair in corpus.translations()]
    english = [fold(pair.en) for pair in corpus.translations()]
    synonyms = [fold(word) for words in corpus.synonyms for word in words]
    words = english_words(english, teacher_words, sizes.words)
    tokens = [
        *SYMBOLS,
        *_characters([*chinese, *synonyms]),
        *_other_letters([*chinese, *english]),
        *han_words(chinese, synonyms, sizes.han_words),
        *words,
        *_pieces(english, set(words), teacher_words, sizes.pieces),
        *english_terms(english, set(words), sizes.terms),
        *_most_frequent((m.group() for t in english for m in _NUMBER.finditer(t)), sizes.numbers),
        *(f"#{bucket}" for bucket in range(BUCKETS)),
    ]
    return list(dict.fromkeys(tokens))


def _characters(texts: Iterable[str]) -> list[str]:
    return sorted({char for text in texts for char in text if is_han(char)})


def _other_letters(texts: Iterable[str]) -> list[str]:
    return _most_frequent((char for text in texts for char in _LETTERS.findall(text)
                           if not is_han(char)), 60)  # fmt: skip


def _most_frequent(forms: Iterable[str], most: int, least: int = 3) -> list[str]:
    ordered = sorted(Counter(forms).items(), key=lambda item: (-item[1], item[0]))
    return [form for form, count in ordered[:most] if count >= least]


def han_words(texts: Sequence[str], lexicon: Sequence[str], most: int) -> list[str]:
    """Known words that occur, then character sequences that hold together, by frequency."""
    counts = Counter(gram for text in texts for gram in _grams(text))
    known = {word for word in lexicon if 2 <= len(word) <= LONGEST_HAN_WORD and counts[word]}
    known |= {text for text in texts if 2 <= len(text) <= LONGEST_HAN_WORD and is_run(text)}
    total = sum(count for gram, count in counts.items() if len(gram) == 1)
    partial = _partial(counts)
    worth = {
        gram: count * (2.0 if gram in known else 1.0)
        for gram, count in counts.items()
        if gram in known
        or (count >= 5 and len(gram) > 1 and gram not in partial and _holds(gram, counts, total))
    }
    return sorted(worth, key=lambda gram: (-worth[gram], gram))[:most]


def is_run(text: str) -> bool:
    """Whether the text is Han characters only."""
    return _RUN.fullmatch(text) is not None


def _grams(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        for start in range(len(run)):
            for size in range(1, min(LONGEST_HAN_WORD, len(run) - start) + 1):
                yield run[start : start + size]


def _partial(counts: Counter[str]) -> set[str]:
    """Sequences that mostly occur inside one that is a character longer: `经网络`."""
    found: set[str] = set()
    for gram, count in counts.items():
        found.update(part for part in (gram[1:], gram[:-1]) if count > 0.7 * counts[part])
    return found


def _holds(gram: str, counts: Counter[str], total: int) -> bool:
    """Whether every cut of the sequence parts what belongs together (pointwise information)."""
    if gram[0] in _EDGE or gram[-1] in _EDGE:
        return False
    weakest = min(
        log(counts[gram] * total / (counts[gram[:cut]] * counts[gram[cut:]]))
        for cut in range(1, len(gram))
    )
    return weakest > 3.0


def english_words(texts: Sequence[str], teacher_words: Sequence[str], most: int) -> list[str]:
    """Words that occur five times, then the teacher's most frequent words."""
    found = _most_frequent((word for text in texts for word in _WORD.findall(text)), most, 5)
    wanted = (word for word in teacher_words if _WORD.fullmatch(word))
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    return list(dict.fromkeys([*letters, *found, *wanted]))[:most]


def _pieces(
    texts: Sequence[str], words: set[str], teacher_words: Sequence[str], most: int
) -> list[str]:
    """The teacher's continuations (`##ing`) that the remaining words are made of, and letters."""
    known = {w.removeprefix("##") for w in teacher_words if re.fullmatch("##[a-z]+", w)}
    rare = [word for text in texts for word in _WORD.findall(text) if word not in words]
    used = Counter(
        word[start:end]
        for word in rare
        for start in range(1, len(word))
        for end in range(start + 2, len(word) + 1)
        if word[start:end] in known
    )
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    frequent = sorted(used, key=lambda piece: (-used[piece] * len(piece), piece))
    return [f"##{piece}" for piece in [*letters, *frequent][:most]]


def english_terms(texts: Sequence[str], words: set[str], most: int) -> list[str]:
    """Pairs of neighbouring words that occur together far more often than by chance."""
    runs = [_WORD.findall(text) for text in texts]
    single = Counter(word for run in runs for word in run)
    total = sum(single.values())
    pairs = Counter(pair for text in texts for pair in _neighbours(text))
    worth = {
        f"{a} {b}": count * (log(count * total / (single[a] * single[b])) - 2.0)
        for (a, b), count in pairs.items()
        if count >= 8 and len(a) > 2 and len(b) > 2 and a in words and b in words
    }
    best = sorted(worth, key=lambda pair: (-worth[pair], pair))[:most]
    return [pair for pair in best if worth[pair] > 0]


def _neighbours(text: str) -> Iterator[tuple[str, str]]:
    found = list(_WORD.finditer(text))
    for left, right in pairwise(found):
        if right.start() == left.end() + 1:
            yield left.group(), right.group()


def teacher_vocabulary(model: Path) -> list[str]:
    """The lines of the teacher's `vocab.txt`; a word-piece model lists frequent words first."""
    return (model / "vocab.txt").read_text("utf-8").splitlines()
