from __future__ import annotations

from dataclasses import replace

import pytest

from evals.compare import compare_runs, losses
from evals.metrics import METRICS, Resampling
from evals.outcomes import Failure, brief
from tutor.errors import InvalidInputError

ACCURACY, *_ = METRICS
MAE = next(metric for metric in METRICS if metric.name == "mae")
BIAS = next(metric for metric in METRICS if metric.name == "bias")
ASLEEP = Failure(type="model-error", detail="asleep")
RESAMPLING = Resampling(resamples=200)


@pytest.fixture
def side(make_outcomes):
    """Outcomes on answers that people call correct, two to a question, of what was said."""

    def make(said, data="set", grader="fake", content=lambda number: "same"):
        rows = [(f"q{number // 2}", "correct", one) for number, one in enumerate(said)]
        found = (brief(one) for one in make_outcomes(rows, data=data, grader=grader))
        return [replace(one, content=content(number)) for number, one in enumerate(found)]

    return make


def one(base, new, *metrics):
    (found,) = compare_runs(base, new, metrics or (ACCURACY,), RESAMPLING)
    return found


def reasons(base, new, *metrics, margin=0.0):
    return list(losses([one(base, new, *metrics)], margin))


RIGHT, WRONG = "correct", "incorrect"


def test_a_worse_grader_is_told(side):
    # Every question loses one of two answers: 50 points in every resample.
    base, new = side([RIGHT] * 20), side([RIGHT, WRONG] * 10)
    assert reasons(base, new) == [
        "set: accuracy is worse by 50.00 points even at the better end of the interval, and "
        "0 are allowed"
    ]
    found = one(base, new).differences["accuracy"]
    assert (found.value, found.low, found.high) == (-0.5, -0.5, -0.5)


def test_an_equal_and_a_better_one_are_not(side):
    half = side([RIGHT, WRONG] * 10)
    assert reasons(half, half) == []
    assert reasons(half, side([RIGHT] * 20)) == []


def test_a_loss_within_chance_is_none(side):
    # One question of ten loses an answer: the resamples without it, about a third, lose nothing.
    assert reasons(side([RIGHT] * 20), side([WRONG] + [RIGHT] * 19)) == []


def test_a_loss_within_the_margin_is_allowed(side):
    base, new = side([RIGHT] * 20), side([RIGHT, WRONG] * 10)
    assert reasons(base, new, margin=0.5) == []
    assert len(reasons(base, new, margin=0.49)) == 1


def test_an_error_that_grows_is_worse_and_a_bias_is_neither(side):
    base, new = side([RIGHT] * 20), side([RIGHT, "partial"] * 10)
    # The mean absolute error grows from 0 to 0.25.
    assert reasons(base, new, MAE) == [
        "set: MAE, scores is worse by 25.00 points even at the better end of the interval, and "
        "0 are allowed"
    ]
    assert reasons(new, base, MAE) == []
    assert reasons(base, new, BIAS) == ["nothing could be judged: no difference has an interval"]


def test_the_last_digits_of_scores_are_no_loss(make_outcomes):
    def scored(score):
        rows = [(f"q{n}", "correct", "correct", {"score": score}) for n in range(20)]
        return [brief(outcome) for outcome in make_outcomes(rows)]

    assert reasons(scored(0.9), scored(0.9 - 1e-12), MAE) == []
    assert len(reasons(scored(0.9), scored(0.89), MAE)) == 1


def test_cases_are_compared_that_both_graded_and_that_are_the_same(side):
    base = side([RIGHT, RIGHT, ASLEEP, RIGHT, WRONG, RIGHT])
    new = side(
        [RIGHT, ASLEEP, RIGHT, WRONG, RIGHT],
        content=lambda number: "other" if number == 3 else "same",
    )
    found = one(base, new)
    # Case 3 changed, case 5 is in the base only; of the four left case 1 and 2 lack a grade.
    assert (found.base.cases, found.new.cases) == (6, 5)
    assert (found.shared, found.changed, found.only_base, found.only_new) == (4, 1, 1, 0)
    assert (found.graded, found.questions) == (2, 2)
    assert (found.gained, found.lost) == (1, 0)
    assert (found.base.metrics["accuracy"].value, found.new.metrics["accuracy"].value) == (0.5, 1.0)
    assert found.base.ungraded == found.new.ungraded == {"model-error": 1}


def test_more_cases_without_a_grade_count_against_the_new_one(side):
    base, new = side([ASLEEP] + [RIGHT] * 19), side([ASLEEP, ASLEEP] + [RIGHT] * 18)
    assert reasons(base, new) == [
        "set: no grade for 2 of 20 shared cases, in the base for 1; no figure counts them, and they "
        "may be the hard ones"
    ]
    assert reasons(new, base) == []


def test_one_question_can_judge_nothing(side):
    found = one(side([RIGHT, RIGHT]), side([RIGHT, WRONG]))
    assert found.differences["accuracy"].low is None
    assert list(losses([found], 0.0)) == ["nothing could be judged: no difference has an interval"]


def test_every_data_set_is_judged_apart(side):
    # The gain on one set is as large as the loss on the other, and does not hide it.
    base = side([RIGHT] * 20, data="a") + side([RIGHT, WRONG] * 10, data="b")
    new = side([RIGHT, WRONG] * 10, data="a") + side([RIGHT] * 20, data="b")
    found = compare_runs(base, new, (ACCURACY,), RESAMPLING)
    assert [comparison.data for comparison in found] == ["a", "b"]
    (reason,) = losses(found, 0.0)
    assert reason.startswith("a: accuracy is worse")


def test_a_data_set_of_which_nothing_is_compared_counts_against_the_new_one(side):
    base = side([RIGHT] * 4, data="a") + side([RIGHT] * 4, data="b")
    found = compare_runs(base, side([RIGHT] * 4, data="a"), (ACCURACY,), RESAMPLING)
    assert list(losses(found, 0.0)) == ["b: none of the 4 cases of the base was compared"]
    assert found[1].differences["accuracy"].value is None


def test_runs_that_share_nothing_are_refused(side):
    with pytest.raises(InvalidInputError, match="mine and yours share no graded case"):
        one(side([RIGHT], grader="mine"), side([RIGHT], grader="yours", content=lambda _: "other"))


def test_runs_that_people_graded_differently_are_refused(side, make_outcomes):
    new = make_outcomes([("q0", "partial", RIGHT)])
    with pytest.raises(InvalidInputError, match="case a0 of set: people's grades differ"):
        one(side([RIGHT]), [replace(brief(new[0]), content="same")])
