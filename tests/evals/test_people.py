from __future__ import annotations

import pytest

from evals.cases import Cuts, read_cases
from evals.metrics import Resampling, measure
from evals.people import each_rater, rater_pairs


def pairs(write_cases, *rows):
    return rater_pairs(read_cases(write_cases(rows), Cuts()).cases)


def rated(question, *labels):
    return (question, "x", {"ratings": {f"r{n}": label for n, label in enumerate(labels)}})


def test_each_rater_stands_beside_the_majority_of_the_others(write_cases):
    # r0, r1, r2 say correct, correct, incorrect: the others of r0 tie, as do those of r1.
    found = pairs(
        write_cases, rated("q1", "correct", "correct", "incorrect"), rated("q2", *["partial"] * 3)
    )
    assert found.questions.tolist() == ["q1"] * 3 + ["q2"] * 3
    assert found.other.tolist() == [2, 2, 0, 1, 1, 1]
    # Ties are partial, since people say partial elsewhere in the file.
    assert found.human.tolist() == [1, 1, 2, 1, 1, 1]
    assert found.human_score.tolist() == [0.5, 0.5, 1.0, 0.5, 0.5, 0.5]


def test_where_people_never_say_partial_a_tie_goes_to_the_first_of_the_others(write_cases):
    found = pairs(write_cases, rated("q1", "correct", "correct", "incorrect"))
    # Others of r0: r1 correct, r2 incorrect -> r1. Of r1: r0 -> correct. Of r2: both correct.
    assert found.human.tolist() == [2, 2, 2]
    # Expected accuracy of the pairs of raters: 1/3, of these rows: 2/3.
    assert (found.human == found.other).mean() == pytest.approx(2 / 3)


def test_each_rater_alone_stands_beside_the_others(write_cases):
    rows = [rated("q1", "correct", "correct", "incorrect"), rated("q2", *["partial"] * 3)]
    found = each_rater(read_cases(write_cases(rows), Cuts()).cases)
    # As above, row by row: the rows of all together are those of each, sorted by rater.
    assert {name: one.other.tolist() for name, one in found.items()} == {
        "r0": [2, 1],
        "r1": [2, 1],
        "r2": [0, 1],
    }
    assert found["r2"].human.tolist() == [2, 1]
    assert each_rater(read_cases(write_cases([rated("q", "correct")]), Cuts()).cases) == {}


def test_two_raters_by_marks(write_cases):
    found = pairs(write_cases, ("q", "x", {"score": 0.7, "raw_scores": [4, 3]}))
    assert found.human_score.tolist() == pytest.approx([0.6, 0.8])
    assert found.other_score.tolist() == pytest.approx([0.8, 0.6])


def test_without_second_ratings_there_is_no_ceiling(write_cases):
    assert pairs(write_cases, rated("q", "correct"), ("q", "x", {"score": 1.0})) is None


def test_people_are_measured_by_the_same_figures_but_state_no_confidence(write_cases):
    found = pairs(write_cases, rated("q1", "correct", "partial"), rated("q2", *["incorrect"] * 2))
    figures = measure(found, Resampling(resamples=20))
    # Two of four ratings equal the other rater's.
    assert figures["accuracy"].value == 0.5
    for name in ("ece", "brier", "accuracy_at_50", "accuracy_of_sure", "share_sure"):
        assert figures[name].note == "no confidence is stated"
