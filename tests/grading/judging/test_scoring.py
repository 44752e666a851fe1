from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.item import Item, PointSpec
from tutor.grading.judging.judgement import JudgedPoint, Judgement
from tutor.grading.judging.scoring import is_itemised, score_judgement

STATUS = {"c": "covered", "m": "missing", "x": "contradicted"}
BANDS = {"incorrect": (0, 1 / 3), "partial": (1 / 3, 2 / 3), "correct": (2 / 3, 1.0001)}


def judged(statuses: str, wrong: int = 0) -> Judgement:
    return Judgement(
        tuple(JudgedPoint(STATUS[each]) for each in statuses),
        tuple((10 * i, 10 * i + 5) for i in range(wrong)),
    )


def scored(statuses, wrong=0, *, policy="standard", extras="count", itemised=True, optional=()):
    required = [place not in optional for place in range(len(statuses))]
    return score_judgement(
        judged(statuses, wrong), required, policy=policy, extras=extras, itemised=itemised
    )


@pytest.mark.parametrize(
    ("statuses", "verdict", "score"),
    [
        ("ccc", "correct", 1),
        ("ccm", "partial", 5 / 9),  # (1 + 2/3) / 3
        ("cmm", "partial", 4 / 9),  # (1 + 1/3) / 3
        ("mmm", "incorrect", 0),
        ("mmx", "incorrect", 0),
        ("ccx", "partial", 1 / 2),  # (1 + 1.5/3) / 3
        ("cxx", "partial", 1 / 3),  # nothing is left of the one point
        ("c", "correct", 1),
        ("x", "incorrect", 0),
    ],
)
def test_every_item_of_a_list_counts(statuses, verdict, score):
    assert scored(statuses).verdict == verdict
    assert scored(statuses).score == pytest.approx(score)


@pytest.mark.parametrize(
    ("policy", "enough"), [("lenient", "ccmm"), ("standard", "cccm"), ("strict", "cccc")]
)
def test_of_prose_the_policy_says_how_many_sentences_are_enough(policy, enough):
    # Of four sentences: a half is 2, two thirds are 3 (2.67 rounded up), all are 4.
    assert scored(enough, policy=policy, itemised=False).verdict == "correct"
    less = enough.replace("c", "m", 1)
    assert scored(less, policy=policy, itemised=False).verdict == "partial"


def test_a_correct_answer_is_spared_the_sentences_it_does_without():
    grade = scored("cmc", itemised=False)
    assert (grade.verdict, grade.spared) == ("correct", {1})
    assert grade.score == pytest.approx((2 + 2 / 3) / 3)
    assert scored("cmc").spared == frozenset()  # partial: nothing is spared


def test_the_sentences_that_another_grade_did_without_count_like_the_others():
    # Two of three are enough, whichever: of the two that were required one would be half.
    assert scored("ccm", itemised=False, optional={1}).verdict == "correct"
    assert scored("mcm", itemised=False, optional={1}).verdict == "partial"


def test_a_sentence_stated_wrongly_is_never_spared():
    assert scored("ccx", policy="lenient", itemised=False).verdict == "partial"


@pytest.mark.parametrize(
    ("policy", "extras", "verdict", "score"),
    [
        ("standard", "count", "correct", 2 / 3),
        ("strict", "count", "partial", (1 + 1.5 / 2) / 3),  # half a point of two is gone
        ("lenient", "count", "correct", 1),
        ("standard", "ignore", "correct", 1),
        ("strict", "ignore", "correct", 1),
    ],
)
def test_what_a_wrong_addition_costs_is_policy(policy, extras, verdict, score):
    grade = scored("cc", wrong=1, policy=policy, extras=extras)
    assert grade.verdict == verdict
    assert grade.score == pytest.approx(score)


def test_points_that_are_not_required_cost_nothing():
    assert scored("cm", optional={1}).score == scored("cx", optional={1}).score == 1
    assert scored("mc", optional={1}).verdict == "incorrect"
    assert scored("cm", optional={1}).spared == frozenset()


def test_where_nothing_is_required_everything_is():
    assert scored("cm", optional={0, 1}).verdict == "partial"


def test_a_point_whose_quote_was_not_found_counts_as_missing():
    unproved = Judgement((JudgedPoint("covered"), JudgedPoint("missing", unproved=True)))
    grade = score_judgement(
        unproved, [True, True], policy="standard", extras="count", itemised=True
    )
    assert grade == scored("cm")


def test_rubrics_lists_and_blanks_are_itemised_and_prose_is_not():
    prose = Item("q", ("The model is tuned first. Then a reward model is trained by people.",))
    assert not is_itemised(prose)
    assert is_itemised(replace(prose, key_points=(PointSpec("tuned"),)))
    assert is_itemised(replace(prose, kind="cloze"))
    assert is_itemised(Item("q", ("hardware; software; people",)))


# Laws, for every policy.

RULES = st.fixed_dictionaries(
    {
        "policy": st.sampled_from(["lenient", "standard", "strict"]),
        "extras": st.sampled_from(["ignore", "count"]),
        "itemised": st.booleans(),
    }
)
ANSWER = st.text("cmx", min_size=1, max_size=7)
WRONG = st.integers(0, 4)
LAW = settings(deadline=None, max_examples=150)


@given(ANSWER, WRONG, RULES)
@LAW
def test_score_and_verdict_never_contradict_each_other(statuses, wrong, rules):
    grade = scored(statuses, wrong, **rules)
    low, high = BANDS[grade.verdict]
    assert low <= grade.score < high
    assert grade.score <= 1


@given(ANSWER, WRONG, RULES, st.data())
@LAW
def test_one_more_covered_point_never_lowers_a_score(statuses, wrong, rules, data):
    place = data.draw(st.integers(0, len(statuses) - 1))
    better = statuses[:place] + "c" + statuses[place + 1 :]
    assert scored(better, wrong, **rules).score >= scored(statuses, wrong, **rules).score


@given(ANSWER, WRONG, RULES, st.data())
@LAW
def test_to_say_the_opposite_is_never_better_than_to_say_nothing(statuses, wrong, rules, data):
    place = data.draw(st.integers(0, len(statuses) - 1))
    silent = statuses[:place] + "m" + statuses[place + 1 :]
    opposite = statuses[:place] + "x" + statuses[place + 1 :]
    assert scored(opposite, wrong, **rules).score <= scored(silent, wrong, **rules).score


@given(ANSWER, WRONG, RULES)
@LAW
def test_one_more_wrong_claim_never_raises_a_score(statuses, wrong, rules):
    assert scored(statuses, wrong + 1, **rules).score <= scored(statuses, wrong, **rules).score


@given(ANSWER, WRONG, RULES, st.randoms(use_true_random=False))
@LAW
def test_the_order_of_the_points_is_of_no_account(statuses, wrong, rules, chance):
    shuffled = "".join(chance.sample(statuses, len(statuses)))
    here, there = scored(statuses, wrong, **rules), scored(shuffled, wrong, **rules)
    assert (here.score, here.verdict) == (there.score, there.verdict)


@given(ANSWER, WRONG, RULES)
@LAW
def test_a_stricter_policy_never_raises_a_verdict(statuses, wrong, rules):
    rank = list(BANDS).index
    verdicts = [
        rank(scored(statuses, wrong, **{**rules, "policy": policy}).verdict)
        for policy in ("strict", "standard", "lenient")
    ]
    assert verdicts == sorted(verdicts)


@given(ANSWER, WRONG, RULES)
@LAW
def test_a_correct_grade_has_every_point_that_is_left_to_ask_for(statuses, wrong, rules):
    grade = scored(statuses, wrong, **rules)
    if grade.verdict == "correct":
        left = [each for place, each in enumerate(statuses) if place not in grade.spared]
        assert set(left) == {"c"}
