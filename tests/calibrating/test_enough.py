from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from tutor.calibrating.answers import LabelledAnswer
from tutor.calibrating.enough import Moved, check_enough, check_open, most_that_moves
from tutor.errors import InvalidInputError
from tutor.grading.item import Item


def made(correct: int, partial: int, incorrect: int, questions: int) -> list[LabelledAnswer]:
    names = itertools.cycle(f"Q{number}?" for number in range(questions))
    verdicts = ["correct"] * correct + ["partial"] * partial + ["incorrect"] * incorrect
    return [LabelledAnswer(Item("Q?", ("R.",)), "A.", v, next(names)) for v in verdicts]


def test_just_enough_is_enough():
    check_enough(made(22, 8, 0, questions=8))
    check_enough(made(0, 14, 16, questions=8))


@pytest.mark.parametrize(
    ("few", "said"),
    [
        (made(21, 8, 0, questions=8), "29 labelled answers over 8 questions"),
        (made(22, 8, 0, questions=7), "30 labelled answers over 7 questions"),
        # The third verdict is not the second one.
        (made(16, 7, 7, questions=8), "(7 incorrect, 7 partial, 16 correct)"),
        (made(40, 0, 0, questions=8), "(0 incorrect, 0 partial, 40 correct)"),
        ([], "0 labelled answers over 0 questions"),
    ],
)
def test_too_little_says_how_much_is_there_and_how_much_is_needed(few, said):
    with pytest.raises(InvalidInputError) as refused:
        check_enough(few)
    assert said in str(refused.value)
    assert "needed are 30 over 8 questions, with at least 8 of each of two" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_answers_that_guards_settle_do_not_count(answers):
    check_open(answers)
    few = np.zeros(len(answers.open), dtype=bool)
    few[np.flatnonzero(answers.open)[:20]] = True
    with pytest.raises(InvalidInputError, match="20 labelled answers that no guard settles over"):
        check_open(replace(answers, open=few))


def test_weights_move_with_much_data_only(answers):
    assert answers.open.sum() > 300
    assert most_that_moves(answers, overrides=False) == Moved(weights=True, cuts=True)
    few = answers.open & (np.cumsum(answers.open) < 300)
    few_answers = replace(answers, open=few)
    assert most_that_moves(few_answers, overrides=False) == Moved(weights=False, cuts=True)
    few_questions = replace(answers, questions=np.array([q[:1] for q in answers.questions]))
    assert len(set(few_questions.questions.tolist())) < 30
    assert not most_that_moves(few_questions, overrides=False).weights


def test_overrides_move_nothing_but_the_intercepts_and_those_half_the_way(answers):
    assert most_that_moves(answers, overrides=True) == Moved(weights=False, cuts=False, share=0.5)
