"""Train the bundled embedder and write its weights and figures.

    python -m training.embedder --data DIR --teacher PATH --output DIR [--cache DIR]

`--data` holds the four sets that `corpus` reads, `--teacher` the files of all-MiniLM-L6-v2.
Needs torch, sentence-transformers and scipy; about half an hour on one core, most of it the
teacher's, whose vectors are kept in `--cache`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from training.embedder.corpus import Corpus, read_corpus
from training.embedder.examine import edited, examine
from training.embedder.lessons import prepare
from training.embedder.phrases import phrases
from training.embedder.start import Floats
from training.embedder.teacher import Teacher
from training.embedder.train import Recipe, train
from training.embedder.vocabulary import Sizes, teacher_vocabulary, vocabulary
from training.embedder.weights import write_weights
from tutor.inference.bundled_embedder import BundledEmbedder

VERSION = "1"
DIMENSIONS = 256
PHRASES = 40_000
PHRASE_SEED = 8
SEEDS = (1, 2)
"""One run each; the weights are the mean of the runs."""


def learn(corpus: Corpus, teacher: Teacher, words: list[str], tokens: list[str]) -> Floats:
    """Token vectors of shape (len(tokens), 256), the mean of the runs."""
    known = set(tokens)
    frequent = [word for word in words if word in known and word.isascii() and word.isalpha()]
    spans = phrases([pair.en for pair in corpus.captions], frequent, PHRASES, PHRASE_SEED)
    start, lessons = prepare(corpus, tokens, spans, teacher, DIMENSIONS, SEEDS[0])
    runs = [train(start, lessons, Recipe(), seed) for seed in SEEDS]
    return np.asarray(np.mean(runs, axis=0), np.float32)


def main() -> None:
    """Choose tokens, train, write, and measure what was written."""
    parser = argparse.ArgumentParser(description="Train the bundled embedder.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the four sets")
    parser.add_argument("--teacher", type=Path, required=True, help="folder of the model")
    parser.add_argument("--output", type=Path, required=True, help="where the weights go")
    parser.add_argument("--cache", type=Path, default=Path("build") / "teacher")
    arguments = parser.parse_args()
    corpus = read_corpus(arguments.data)
    words = teacher_vocabulary(arguments.teacher)
    tokens = vocabulary(corpus, words, Sizes())
    teacher = Teacher(arguments.teacher, arguments.cache)
    rows = learn(corpus, teacher, words, tokens)
    card = {"version": VERSION, "tokens": len(tokens), "dimensions": DIMENSIONS}
    write_weights(arguments.output, tokens, rows, card)
    embed = BundledEmbedder(arguments.output).embed
    print("figures", json.dumps(examine(embed, arguments.data, corpus, "test")))
    print("cosines of edits", json.dumps(edited(embed)))


if __name__ == "__main__":
    main()
