from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.nearness import APART, MOST_WORDS, nearness, words_of
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import read

PIECES = ["rises", "falls", "the", "heat", "监督", "3", "Heat", "not", "，"]


def vectors(words: tuple[str, ...], table: dict[str, tuple[float, float]]) -> np.ndarray:
    rows = [table.get(word, (0.0, 0.0)) for word in words]
    return np.array(rows, dtype=np.float32).reshape(len(words), 2)


def near(point: str, answer: str, table: dict[str, tuple[float, float]]) -> tuple[float, ...]:
    wanted, said = read(point), read(answer)
    return nearness(wanted, said, vectors(words_of(wanted), table), vectors(words_of(said), table))


def test_words_are_content_as_written_once_each():
    assert words_of(read("The heat of 3 Heat pumps, 监督")) == ("heat", "pumps", "监督")


def test_words_are_bounded():
    letters = "abcdefghij"
    text = " ".join(f"w{a}{b}{c}" for a in letters for b in letters for c in letters)
    assert len(words_of(read(text))) == MOST_WORDS


def test_a_term_is_as_near_as_the_nearest_word():
    table = {"warmth": (1.0, 0.0), "heat": (0.6, 0.8), "dog": (0.0, 1.0), "moves": (0.0, 0.5)}
    # moves: 0.8 * 0.5 with heat, 0 with warmth, 0.5 with dog
    assert near("warmth moves", "heat, dog", table) == pytest.approx((0.6, 0.5))


def test_numbers_and_function_words_are_near_nothing():
    assert near("the 3 dogs", "dogs 3 the", {"dogs": (1.0, 0.0)}) == (APART, APART, 1.0)


def test_an_opposite_is_not_near_and_the_next_word_counts():
    table = {"increase": (1.0, 0.0), "decrease": (1.0, 0.0), "grow": (0.6, 0.8)}
    assert near("increase", "decrease", table) == (APART,)
    assert near("increase", "decrease, grow", table) == pytest.approx((0.6,))
    assert near("上升", "下降", {"上升": (1.0, 0.0), "下降": (1.0, 0.0)}) == (APART,)


def test_nothing_said_is_near_nothing():
    assert near("heat", "", {}) == near("heat", "3", {}) == (APART,)
    assert near("", "heat", {}) == ()


@given(*[st.lists(st.sampled_from(PIECES), max_size=5).map(" ".join)] * 3, st.integers(0, 9))
@settings(deadline=None, max_examples=60)
def test_saying_more_brings_no_term_further_away(point, answer, more, seed):
    random = np.random.default_rng(seed)
    table = {word.lower(): tuple(random.normal(size=2)) for word in PIECES}
    table = {
        word: (x / (x * x + y * y) ** 0.5, y / (x * x + y * y) ** 0.5)
        for word, (x, y) in table.items()
    }
    before, after = near(point, answer, table), near(point, f"{answer}\n{more}", table)
    assert len(before) == len(terms_of(read(point)).terms)
    assert all(late >= early - 1e-6 for early, late in zip(before, after, strict=True))
