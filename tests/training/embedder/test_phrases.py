from __future__ import annotations

import pytest

from training.embedder.phrases import phrases
from tutor.errors import InvalidInputError

SENTENCES = [" ".join(f"s{n}x{k}" for k in range(12)) for n in range(50)]
WORDS = [f"w{n}" for n in range(500)]


def test_half_are_spans_and_half_mixtures_and_none_comes_twice():
    found = phrases(SENTENCES, WORDS, 100, seed=1)
    assert len(set(found)) == len(found) == 100
    spans = [text for text in found if any(text in sentence for sentence in SENTENCES)]
    mixtures = [text for text in found if set(text.split()) <= set(WORDS)]
    assert (len(spans), len(mixtures)) == (50, 50)
    assert all(2 <= len(text.split()) <= 6 for text in mixtures)
    assert all(len(text.split()) <= 8 for text in spans)


def test_frequent_words_are_picked_more_often():
    found = phrases(SENTENCES, WORDS, 4000, seed=1)
    picked = [word for text in found for word in text.split() if word in set(WORDS)]
    # 1 / (n + 200): the first hundred weigh ln(300 / 200) = .41, the last ln(700 / 600) = .15.
    first, last = (
        sum(word in set(part) for word in picked) for part in (WORDS[:100], WORDS[-100:])
    )
    assert 2 < first / last < 3.5


def test_too_few_texts_are_refused_and_not_searched_for_ever():
    with pytest.raises(InvalidInputError, match="fewer than 10"):
        phrases(["one two"], WORDS, 20, seed=1)


def test_the_seed_decides():
    assert phrases(SENTENCES, WORDS, 40, seed=1) == phrases(SENTENCES, WORDS, 40, seed=1)
    assert phrases(SENTENCES, WORDS, 40, seed=1) != phrases(SENTENCES, WORDS, 40, seed=2)
