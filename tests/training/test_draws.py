from __future__ import annotations

import numpy as np

from training.draws import draws

QUESTIONS = np.array(["a", "a", "b", "c", "c", "c", "d"])


def test_nobody_rules_on_a_question_that_is_measured():
    for draw in draws(QUESTIONS, 20):
        assert not set(QUESTIONS[draw.ruled]) & set(QUESTIONS[draw.measured])
        assert sorted([*draw.ruled, *draw.measured]) == list(range(len(QUESTIONS)))
        # Two of the four questions are ruled on.
        assert len(set(QUESTIONS[draw.ruled])) == 2


def test_draws_are_the_same_whenever_they_are_drawn_and_differ_among_each_other():
    first, again = (list(draws(QUESTIONS, 20)) for _ in range(2))
    assert all(np.array_equal(a.ruled, b.ruled) for a, b in zip(first, again, strict=True))
    assert len({tuple(draw.ruled) for draw in first}) > 10


def test_a_set_of_one_question_leaves_none_to_measure():
    (draw,) = draws(np.array(["a", "a"]), 1)
    assert len(draw.ruled) == 2
    assert len(draw.measured) == 0
