from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.attempt import lay_out
from tutor.grading.calibration import Calibration, load_calibration
from tutor.grading.decision import (
    CONTRADICTED,
    DOUBTED,
    PROVEN,
    SOME_OF_A_LIST,
    Decision,
    decide,
    is_open,
    settle,
    weigh,
)
from tutor.grading.evidence import Evidence, gather
from tutor.grading.guards.finding import Effect, Finding
from tutor.grading.item import Item, PointSpec
from tutor.grading.strictness import POLICY_SHIFT, Threshold, Weighed

TEXT = load_calibration()
PROSE = Item(
    "为什么？", ("人写的示范又贵又少；强化学习只要奖励模型打分就能用上没有示范的大量提示",)
)
LIST = Item("三个 H？", ("有帮助；诚实；无害",))


def evidence(item: Item, answer: str, *effects: Effect, point: int | None = None) -> Evidence:
    findings = [Finding("some_guard", effect, "因为", "because", point) for effect in effects]
    return gather(lay_out(item, answer, "zh"), findings)


def strict(intercept: float) -> Calibration:
    """A calibration that weighs nothing and has made up its mind."""
    sure = Threshold(intercept=intercept, spread=0.0)
    return TEXT.model_copy(update={"weights": (), "partial": sure, "correct": sure})


SAYS_YES, SAYS_NO = strict(6.0), strict(-6.0)


def test_what_is_rejected_is_incorrect_whatever_the_calibration_says():
    rejected = Decision("incorrect", 0.0, PROVEN, unsure=False)
    assert decide(evidence(PROSE, PROSE.references[0], "reject"), SAYS_YES) == rejected
    assert decide(evidence(PROSE, "x", "doubt", "reject"), SAYS_YES) == rejected


def test_what_is_accepted_is_correct_and_a_doubt_makes_it_unsure():
    assert decide(evidence(PROSE, "x", "accept"), SAYS_NO) == Decision(
        "correct", 1.0, PROVEN, unsure=False
    )
    doubted = decide(evidence(PROSE, "x", "doubt", "accept"), SAYS_NO)
    assert (doubted.verdict, doubted.unsure) == ("correct", True)


def test_a_doubt_changes_no_verdict_but_takes_the_confidence():
    plain = decide(evidence(PROSE, PROSE.references[0]), SAYS_YES)
    doubted = decide(evidence(PROSE, PROSE.references[0], "doubt"), SAYS_YES)
    assert not plain.unsure
    assert doubted == dataclasses.replace(plain, confidence=DOUBTED, unsure=True)


def test_one_contradicted_point_of_several_rules_out_correct():
    decision = decide(evidence(PROSE, PROSE.references[0], "contradict", point=0), SAYS_YES)
    assert decision.verdict == "partial"
    assert decision.confidence <= DOUBTED


def test_one_contradicted_point_and_no_other_made_is_incorrect():
    decision = decide(evidence(PROSE, "今天去公园", "contradict", point=0), SAYS_YES)
    assert decision.verdict == "incorrect"
    assert decision.confidence >= CONTRADICTED


def test_when_every_required_point_is_contradicted_the_answer_is_incorrect():
    item = Item("?", ("一；二",), (PointSpec("一千条"), PointSpec("二千条", required=False)))
    assert decide(evidence(item, "x", "contradict", point=0), SAYS_YES).verdict == "incorrect"
    assert decide(evidence(item, "一千条", "contradict", point=1), SAYS_YES).verdict == "correct"


def test_a_required_point_that_is_absent_rules_out_correct():
    assert decide(evidence(PROSE, "人写的示范又贵又少"), SAYS_YES).verdict == "partial"
    assert decide(evidence(PROSE, PROSE.references[0]), SAYS_YES).verdict == "correct"


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [("有帮助；诚实；无害", "correct"), ("诚实；无害", "partial"), ("无害", "partial")],
)
def test_every_item_of_a_list_counts(answer, verdict):
    assert decide(evidence(LIST, answer), SAYS_YES).verdict == verdict


def test_an_item_of_a_list_is_partial_credit_even_for_a_strict_calibration():
    assert decide(evidence(LIST, "诚实"), SAYS_NO).verdict == "partial"
    assert decide(evidence(LIST, "天气"), SAYS_NO).verdict == "incorrect"


def test_more_items_of_a_list_score_more():
    given = ["天气", "无害", "诚实；无害", "有帮助；诚实；无害"]
    scores = [decide(evidence(LIST, answer), SAYS_YES).score for answer in given]
    assert scores == sorted(set(scores))


def test_some_items_of_a_list_beyond_question_are_surely_partial():
    plain = decide(evidence(LIST, "诚实"), SAYS_NO)
    assert (plain.verdict, plain.unsure) == ("partial", False)
    assert plain.confidence >= SOME_OF_A_LIST
    assert decide(evidence(LIST, "诚实", "doubt"), SAYS_NO).unsure


def test_signals_alone_never_call_a_blank_correct():
    blank = Item("训练 [...]", ("奖励模型",), kind="cloze")
    assert decide(evidence(blank, "奖励的模型吧"), SAYS_YES).verdict == "partial"
    assert decide(evidence(blank, "奖励模型", "accept"), SAYS_NO).verdict == "correct"


CHOICE = Item("列举两个好处。", ("减轻过拟合；节省计算；提高稳定性；便于并行",))


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("节省计算，便于并行", "correct"),
        ("便于并行，减轻过拟合，节省计算", "correct"),
        ("节省计算", "partial"),
        ("节省计算，天气很好", "partial"),
    ],
)
def test_as_many_items_as_are_asked_for_are_enough(answer, verdict):
    assert decide(evidence(CHOICE, answer), SAYS_YES).verdict == verdict
    assert decide(evidence(CHOICE, answer), TEXT).verdict == verdict


BANDS = {"incorrect": (0, 1 / 3), "partial": (1 / 3, 2 / 3), "correct": (2 / 3, 1 + 1e-9)}


@given(
    st.sampled_from([PROSE, LIST]),
    st.sampled_from(["", "有帮助", "示范又贵又少", "奖励模型打分", "诚实；无害；有帮助", "x"]),
    st.lists(st.sampled_from(["doubt", "contradict", "accept", "reject"]), max_size=2),
    st.floats(-8, 8),
    st.floats(0.05, 0.9),
    st.floats(0.01, 0.09),
)
@settings(deadline=None, max_examples=200)
def test_score_and_verdict_never_contradict_each_other(
    item, answer, effects, intercept, low, distance
):
    calibration = strict(intercept).model_copy(
        update={"incorrect_below": low, "correct_from": low + distance}
    )
    decision = decide(evidence(item, answer, *effects, point=0), calibration)
    least, most = BANDS[decision.verdict]
    assert least <= decision.score < most
    assert 0 <= decision.confidence <= 1
    assert decision.unsure != calibration.is_sure(decision.verdict, decision.confidence)


def test_only_answers_that_signals_decide_are_open():
    assert is_open(evidence(PROSE, "x"))
    assert is_open(evidence(PROSE, "x", "doubt"))
    for effect in ("reject", "accept", "contradict"):
        assert not is_open(evidence(PROSE, "x", "doubt", effect, point=0))


def test_what_a_guard_settles_no_strictness_changes():
    lenient = TEXT.learn([Weighed(0.0, 0.0, "correct")] * 20, "lenient")
    rejected = evidence(PROSE, PROSE.references[0], "reject")
    assert decide(rejected, TEXT, lenient) == settle(rejected, TEXT)
    assert settle(evidence(PROSE, "x", "doubt"), TEXT) is None


RANK = {"incorrect": 0, "partial": 1, "correct": 2}
VERDICTS = tuple(RANK)
LOGITS = st.tuples(st.floats(-8, 8), st.floats(-8, 8))
TOLD = st.lists(
    st.builds(Weighed, st.floats(-4, 4), st.floats(-4, 4), st.sampled_from(VERDICTS)), max_size=12
)
POLICIES = st.sampled_from(sorted(POLICY_SHIFT))
SEEN = [
    evidence(item, answer, *effects, point=0)
    for item in (PROSE, LIST)
    for answer in ("有帮助", "示范又贵又少", "奖励模型打分", "诚实；无害；有帮助")
    for effects in ((), ("doubt",), ("contradict",))
]


@given(st.sampled_from(SEEN), LOGITS, st.tuples(st.floats(0, 4), st.floats(0, 4)), TOLD, POLICIES)
@settings(deadline=None, max_examples=200)
def test_a_higher_logit_never_lowers_score_or_verdict_whatever_the_strictness(
    seen, logits, rise, told, policy
):
    strictness = TEXT.learn(told, policy)
    higher = (logits[0] + rise[0], logits[1] + rise[1])
    before, after = (weigh(seen, one, TEXT, strictness) for one in (logits, higher))
    assert after.score >= before.score
    assert RANK[after.verdict] >= RANK[before.verdict]


@given(st.sampled_from(SEEN), LOGITS, TOLD, POLICIES, st.data())
@settings(deadline=None, max_examples=150)
def test_more_lenient_verdicts_never_lower_a_score(seen, logits, told, policy, data):
    raised = [
        one._replace(verdict=data.draw(st.sampled_from(VERDICTS[RANK[one.verdict] :])))
        for one in told
    ]
    before, after = (
        weigh(seen, logits, TEXT, TEXT.learn(verdicts, policy)) for verdicts in (told, raised)
    )
    # The posterior is found to nine digits, and the score stretched where the cuts are close.
    assert after.score >= before.score - 1e-6


@given(st.sampled_from(SEEN), LOGITS, TOLD)
@settings(deadline=None, max_examples=80)
def test_a_stricter_policy_never_raises_score_or_verdict(seen, logits, told):
    strict, standard, lenient = (
        weigh(seen, logits, TEXT, TEXT.learn(told, policy))
        for policy in ("strict", "standard", "lenient")
    )
    assert strict.score - 1e-6 <= standard.score <= lenient.score + 1e-6
