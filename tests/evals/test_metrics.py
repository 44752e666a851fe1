from __future__ import annotations

import random
import time

import numpy as np
import pytest

from evals.metrics import (
    METRICS,
    Estimate,
    Pairs,
    Resampling,
    difference,
    measure,
    pairs_of,
    sentence,
)
from evals.outcomes import Failure

FEW = Resampling(resamples=50)
C, P, I = "correct", "partial", "incorrect"  # noqa: E741 - reads as the verdicts' initials
NOT_GRADED = Failure(type="model-error", detail="asleep")


def values(outcomes):
    return {name: found.value for name, found in measure(pairs_of(outcomes), FEW).items()}


def test_figures_worked_by_hand(make_outcomes):
    outcomes = make_outcomes(
        [
            ("q1", C, C, {"confidence": 0.9}),
            ("q1", C, P, {"confidence": 0.6, "unsure": True}),
            ("q2", P, P, {"confidence": 0.8}),
            ("q2", I, I, {"confidence": 0.7}),
        ]
    )
    found = values(outcomes)
    assert found["accuracy"] == 0.75
    # The surest three (0.9, 0.8, 0.7) are right; 0.7 of 4 rounds up to 3.
    assert found["accuracy_at_70"] == 1.0
    assert found["accuracy_of_sure"] == 1.0
    assert found["share_sure"] == 0.75
    # Of correct or not, the second row alone is wrong.
    assert found["accuracy_two_way"] == 0.75
    # correct 2/3, partial 2/3, incorrect 1: mean 7/9.
    assert found["macro_f1"] == pytest.approx(7 / 9)
    # Scores 1, 1, .5, 0 and 1, .5, .5, 0: one error of 0.5 in four.
    assert found["mae"] == 0.125
    assert found["rmse"] == 0.25
    # Correct ones score 1 and .5, the others .5 and 0: 1 + 1 + .5 + 1 of 4 pairs.
    assert found["auroc"] == 0.875
    # Off by .1, .2, .3 below being right and .6 above being wrong, each in its own bin.
    assert found["ece"] == pytest.approx((0.1 + 0.6 + 0.2 + 0.3) / 4)
    assert found["brier"] == pytest.approx((0.01 + 0.36 + 0.04 + 0.09) / 4)
    # The wrong row has the least confidence.
    assert found["confidence_auroc"] == 1.0
    # Disagreement 1; by chance human 1, 1, 2 and machine 1, 2, 1 of ranks 0, 1, 2:
    # (1*2*1 + 1*1*4 + 1*1*1 + 1*1*1 + 2*1*4 + 2*2*1) / 4 = 20/4. 1 - 1/5.
    assert found["quadratic_kappa"] == pytest.approx(0.8)


def test_ungraded_cases_enter_no_figure(make_outcomes):
    graded = [("q1", C, C), ("q2", I, C), ("q3", P, P)]
    with_failure = [*graded, ("q4", I, NOT_GRADED)]
    assert values(make_outcomes(with_failure)) == values(make_outcomes(graded))


def test_nothing_graded_gives_reasons_and_no_zeros(make_outcomes):
    found = measure(pairs_of(make_outcomes([("q1", C, NOT_GRADED)])), FEW)
    assert set(found) == {metric.name for metric in METRICS}
    assert set(found.values()) == {Estimate(value=None, note="no case is graded")}


def test_macro_f1_is_over_the_verdicts_that_people_used(make_outcomes):
    # People never said partial: correct 2 * 1 / 3, incorrect 2 * 1 / 2, and no zero for partial.
    assert values(make_outcomes([("a", C, C), ("a", C, P), ("b", I, I)]))[
        "macro_f1"
    ] == pytest.approx((2 / 3 + 1) / 2)


def test_partial_counts_as_not_correct_in_the_two_way_figure(make_outcomes):
    found = values(make_outcomes([("a", I, P), ("a", C, C), ("b", P, C), ("b", P, I)]))
    assert (found["accuracy"], found["accuracy_two_way"]) == (0.25, 0.75)


def test_one_question_has_figures_without_intervals(make_outcomes):
    found = measure(pairs_of(make_outcomes([("q", C, C), ("q", I, C)])), FEW)
    assert found["accuracy"] == Estimate(
        value=0.5, note="no interval: an interval needs two questions"
    )


def test_an_interval_spans_its_figure_and_repeats_with_its_seed(make_outcomes):
    rows = [(f"q{n}", C if n % 3 else I, C if n % 2 else I) for n in range(30)]
    pairs = pairs_of(make_outcomes(rows))
    first = measure(pairs, FEW)
    assert first == measure(pairs, FEW)
    assert first != measure(pairs, Resampling(resamples=50, seed=1))
    accuracy = first["accuracy"]
    assert accuracy.low < accuracy.value < accuracy.high


def test_shuffling_cases_changes_no_figure(make_outcomes):
    chance = random.Random(3)
    rows = [
        (f"q{n % 5}", chance.choice([C, P, I]), chance.choice([C, P, I]), {"confidence": n % 7 / 7})
        for n in range(40)
    ]
    shuffled = chance.sample(rows, len(rows))
    before, after = values(make_outcomes(rows)), values(make_outcomes(shuffled))
    assert before == pytest.approx(after)


def test_difference_is_paired(make_outcomes):
    # The first side is right wherever the second is, and on one more answer of each question.
    questions = [f"q{n}" for n in range(8)]
    first = [(q, C, C) for q in questions] + [(q, I, I) for q in questions]
    second = [(q, C, C if n < 4 else I) for n, q in enumerate(questions)]
    second += [(q, I, C) for q in questions]
    gaps = difference(pairs_of(make_outcomes(first)), pairs_of(make_outcomes(second)), FEW)
    # 16 of 16 against 4 of 16.
    assert gaps["accuracy"].value == 0.75
    assert gaps["accuracy"].low > 0.0


BY_NAME = {metric.name: metric for metric in METRICS}
SIDES = ("new", "base")


def said(name, *gap, **options):
    value, low, high = gap
    return sentence(BY_NAME[name], Estimate(value=value, low=low, high=high), SIDES, **options)


def test_a_difference_in_words():
    assert said("accuracy", 0.03, 0.012, 0.048) == (
        "new agrees more by accuracy: +3.0 points, 95 % interval of the difference +1.2 to +4.8"
    )
    # The side that the sentence names stands first in the difference.
    assert said("accuracy", -0.03, -0.048, -0.012) == (
        "base agrees more by accuracy: +3.0 points, 95 % interval of the difference +1.2 to +4.8"
    )


def test_errors_are_better_when_they_are_lower():
    assert said("rmse", -0.03, -0.048, -0.012, level=0.9) == (
        "new errs less by RMSE, scores: −3.0 points, 90 % interval of the difference −4.8 to −1.2"
    )
    assert said("rmse", 0.03, 0.012, 0.048).startswith("base errs less by RMSE, scores: −3.0")


def test_what_is_neither_better_nor_worse_is_called_higher():
    assert said("share_sure", -0.2, -0.3, -0.1).startswith(
        "base is higher in share of sure grades: +20.0 points"
    )


@pytest.mark.parametrize(("low", "high"), [(-0.01, 0.02), (0.0, 0.02), (-0.01, 0.0)])
def test_an_interval_with_zero_shows_no_difference(low, high):
    found = said("accuracy", 0.005, low, high)
    assert found.startswith("no difference shown in accuracy: the 95 % interval of new minus base")
    assert found.endswith("points, includes 0")


def test_no_minus_stands_before_a_zero():
    assert "+0.0 to +1.0" in said("accuracy", 0.0, -1e-9, 0.01)


def test_a_difference_that_cannot_be_told_says_why():
    gap = Estimate(value=None, note="no confidence is stated")
    assert sentence(BY_NAME["ece"], gap, SIDES) == (
        "ECE, 10 bins: not compared, because no confidence is stated"
    )
    gap = Estimate(value=0.03, note="no interval: an interval needs two questions")
    assert sentence(BY_NAME["accuracy"], gap, SIDES) == (
        "accuracy: new minus base +3.0 points; no interval: an interval needs two questions"
    )


def test_a_grader_against_itself_shows_no_difference(make_outcomes):
    rows = [(f"q{n}", C if n % 3 else I, C if n % 2 else I) for n in range(20)]
    pairs = pairs_of(make_outcomes(rows))
    for name, gap in difference(pairs, pairs, FEW).items():
        assert gap.value is None or (gap.value, gap.low, gap.high) == (0.0, 0.0, 0.0), name


def test_all_figures_of_five_thousand_cases_take_seconds():
    generator = np.random.default_rng(0)
    human = generator.integers(0, 3, 5000)
    pairs = Pairs(
        questions=np.arange(5000).astype(np.str_),
        human=human,
        other=np.where(generator.random(5000) < 0.7, human, generator.integers(0, 3, 5000)),
        human_score=human / 2,
        other_score=generator.random(5000),
        confidence=generator.random(5000),
        sure=generator.random(5000) < 0.5,
    )
    start = time.perf_counter()
    found = measure(pairs, Resampling(resamples=100))
    # A tenth of the usual resamples: 0.2 s on an idle core.
    assert time.perf_counter() - start < 5.0
    assert all(one.low <= one.high for one in found.values())
