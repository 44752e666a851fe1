"""Turns the corpus and the teacher's vectors into what the trainer reads: rows of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from training.embedder.corpus import Corpus
from training.embedder.start import Floats, Space, start_vectors
from training.embedder.teacher import Teacher
from training.embedder.train import Lessons
from tutor.inference.tokenizer import Tokenizer

CAPTION_TIMES = 8
"""How often an epoch shows a sentence of everyday language, beside technical prose once."""


def prepare(
    corpus: Corpus,
    tokens: Sequence[str],
    phrases: Sequence[str],
    teacher: Teacher,
    dimensions: int,
    seed: int,
) -> tuple[Floats, Lessons]:
    """The vectors to begin with, shape (len(tokens), dimensions), and the lessons."""
    pairs = corpus.translations()
    # One part at a time, as the teacher's vectors are kept by what was asked together.
    parts = (corpus.sentences, corpus.captions, corpus.terms)
    vectors = np.concatenate([teacher.vectors([pair.en for pair in part]) for part in parts])
    space = Space.of(vectors, dimensions)
    ids = Tokenizer(tokens).ids
    # A synset of three words gives two pairs: each word beside the next.
    alike = [(a, b) for words in corpus.synonyms for a, b in pairwise(words)]
    everyday = range(len(corpus.sentences), len(corpus.sentences) + len(corpus.captions))
    lessons = Lessons(
        epoch=np.array([*range(len(pairs)), *(CAPTION_TIMES - 1) * list(everyday)], np.int64),
        chinese=[ids(pair.zh) for pair in pairs],
        english=[ids(pair.en) for pair in pairs],
        targets=space.targets(vectors),
        phrases=[ids(phrase) for phrase in phrases],
        phrase_targets=space.targets(teacher.vectors(phrases)),
        synonyms=([ids(a) for a, _ in alike], [ids(b) for _, b in alike]),
    )
    start = start_vectors(tokens, lessons.chinese, lessons.english, teacher, space, seed)
    return start, lessons
