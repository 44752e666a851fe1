"""Learn the Chinese-English lexicon that the local grader ships.

    python -m training.lexicon --parallel DIR --output tutor/grading/data/lexicon.tsv.gz

`DIR` holds aligned sentences as JSON Lines (`zh`, `en`, `source`). The translation
probabilities are those of IBM model 1 (Brown et al. 1993, "The mathematics of statistical
machine translation"), fitted by EM in both directions over sets of units instead of
sequences: Han characters and character pairs on one side, English stems on the other.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tutor.grading.reading.terms import FUNCTION_WEIGHT, is_function_han, terms_of
from tutor.grading.reading.text import read

SHARE_ALIKE = {
    "goldbergyoni/nodebestpractices",
    "jlevy/the-art-of-command-line",
    "jwasham/coding-interview-university",
}
"""Sources whose licence would bind what is made from them; left out."""
MINIMUM_COUNT = 3
ITERATIONS = 6

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


class Cooccurrence(NamedTuple):
    """Distinct unit pairs, and for each sentence-level pair which of them it is."""

    han: list[str]
    english: list[str]
    pair_han: Integers
    pair_english: Integers
    sentence: Integers
    pair: Integers
    counts: Integers


def han_units(text: str) -> set[str]:
    """Content characters and character pairs of a Chinese text."""
    units: set[str] = set()
    for token in read(text).tokens:
        if token.kind == "han":
            units.update(token.form[i : i + 2] for i in range(len(token.form) - 1))
            units.update(char for char in token.form if not is_function_han(char))
    return units


def english_units(text: str) -> set[str]:
    """Stems of the content words of an English text."""
    terms = terms_of(read(text)).terms
    return {t.form for t in terms if t.form[0].isalpha() and t.weight > FUNCTION_WEIGHT}


def sentence_pairs(folder: Path) -> Iterator[tuple[set[str], set[str]]]:
    """Unit sets of every aligned pair that is short enough for co-occurrence to mean much."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if row["source"] in SHARE_ALIKE or len(row["zh"]) > 160 or len(row["en"]) > 400:
                continue
            han, english = han_units(row["zh"]), english_units(row["en"])
            if han and english:
                yield han, english


def cooccurrence(pairs: list[tuple[set[str], set[str]]]) -> Cooccurrence:
    """Index all unit pairs that occur in the same sentence pair."""
    han = _frequent(units for units, _ in pairs)
    english = _frequent(units for _, units in pairs)
    lefts, rights, sentences = [], [], []
    for number, (han_set, english_set) in enumerate(pairs):
        left = np.array(sorted(han[u] for u in han_set if u in han), np.int64)
        right = np.array(sorted(english[u] for u in english_set if u in english), np.int64)
        lefts.append(np.repeat(left, len(right)))
        rights.append(np.tile(right, len(left)))
        sentences.append(np.full(len(left) * len(right), number, np.int64))
    keys = np.concatenate(lefts) * len(english) + np.concatenate(rights)
    distinct, pair, count = np.unique(keys, return_inverse=True, return_counts=True)
    return Cooccurrence(
        list(han), list(english), distinct // len(english), distinct % len(english),
        np.concatenate(sentences), pair, count,
    )  # fmt: skip


def _frequent(sets: Iterator[set[str]]) -> dict[str, int]:
    counts = Counter(unit for units in sets for unit in units)
    kept = sorted(unit for unit, count in counts.items() if count >= MINIMUM_COUNT)
    return {unit: index for index, unit in enumerate(kept)}


def translation(data: Cooccurrence, source: Integers, target: Integers) -> Floats:
    """IBM model 1: p(target | source) for every distinct pair, shape (pairs,)."""
    targets = int(target.max()) + 1
    slots = data.sentence * targets + target[data.pair]
    _, slot = np.unique(slots, return_inverse=True)
    probability = np.full(len(source), 1 / targets)
    for _ in range(ITERATIONS):
        weight = probability[data.pair]
        posterior = weight / np.bincount(slot, weights=weight)[slot]
        expected = np.bincount(data.pair, weights=posterior, minlength=len(source))
        probability = expected / np.bincount(source, weights=expected)[source]
    return probability


def lexicon(data: Cooccurrence) -> dict[str, dict[str, float]]:
    """Han unit to English stems with the strength of each translation in (0, 1]."""
    to_english = translation(data, data.pair_han, data.pair_english)
    to_han = translation(data, data.pair_english, data.pair_han)
    # A stem spreads over the overlapping pairs and characters of its translation, about
    # three and a half of them, so p(han | stem) is scaled by that before the two are compared.
    strength = np.maximum(to_english, np.minimum(1.0, 3.5 * to_han))
    strength *= 1 - 1 / (1 + data.counts)
    kept = ((to_english >= 0.1) | (to_han >= 0.06)) & (data.counts >= MINIMUM_COUNT)
    entries: dict[str, dict[str, float]] = {}
    for index in np.flatnonzero(kept):
        han, english = data.han[data.pair_han[index]], data.english[data.pair_english[index]]
        entries.setdefault(han, {})[english] = float(strength[index])
    return entries


def write(entries: dict[str, dict[str, float]], path: Path) -> None:
    """One line a unit, both directions: `unit<TAB>translation:percent ...`, strongest first."""
    both = {han: dict(english) for han, english in entries.items()}
    for han, english in entries.items():
        for word, strength in english.items():
            both.setdefault(word, {})[han] = strength
    lines = [
        unit + "\t" + " ".join(f"{t}:{round(100 * s)}" for t, s in _strongest(found))
        for unit, found in sorted(both.items())
    ]
    # mtime=0 keeps the file identical from run to run.
    path.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0))


def _strongest(found: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:40]


def main() -> None:
    """Fit and write the lexicon."""
    parser = argparse.ArgumentParser(description="Learn the Chinese-English lexicon.")
    parser.add_argument("--parallel", type=Path, required=True, help="folder of aligned JSON Lines")
    parser.add_argument("--output", type=Path, required=True)
    arguments = parser.parse_args()
    pairs = list(sentence_pairs(arguments.parallel))
    entries = lexicon(cooccurrence(pairs))
    write(entries, arguments.output)
    print(f"{len(pairs)} sentence pairs, {len(entries)} Chinese units -> {arguments.output}")


if __name__ == "__main__":
    main()
