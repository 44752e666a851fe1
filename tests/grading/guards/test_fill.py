from __future__ import annotations

import pytest

from tutor.grading.guards.fill import find
from tutor.grading.item import Tolerance


def effects(attempt) -> list[str]:
    return [finding.effect for finding in find(attempt)]


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("监督微调（SFT）；训练奖励模型。", "监督微调(SFT)，训练奖励模型"),
        ("13,000 prompts from labelers and from API customers", "13000 Prompts from labelers and from API customers."),
    ],
)  # fmt: skip
def test_the_reference_in_another_layout_is_accepted(attempt, reference, answer):
    assert effects(attempt(answer, reference)) == ["accept"]


@pytest.mark.parametrize(
    ("reference", "answer", "effect"),
    [
        ("16", "十六", "accept"),
        ("16 epochs", "16 个 epoch", "accept"),
        ("16", "18", "contradict"),
        ("reward model", "奖励模型", "accept"),
        ("SFT 模型", "SFT", "doubt"),
        ("r - β·KL", "r + β·KL", "contradict"),
        ("a > b", "a < b", "contradict"),
        ("3.5", "35", "contradict"),
        ("x != 0", "x = 0", "contradict"),
    ],
)
def test_a_blank_is_settled_by_what_fills_it(attempt, reference, answer, effect):
    assert effects(attempt(answer, reference, kind="cloze")) == [effect]


def test_a_slip_of_the_pen_is_right_but_for_a_person_to_see(attempt):
    found = effects(attempt("reward modle", "reward model", kind="cloze"))
    assert sorted(found) == ["accept", "doubt"]


def test_an_unlike_fill_proves_nothing(attempt):
    assert effects(attempt("天气", "奖励模型", kind="cloze")) == []


def test_a_tolerance_lets_a_near_number_pass(attempt):
    within = attempt("31,000", "30,000", kind="cloze", tolerance=Tolerance(0.05))
    beyond = attempt("33,000", "30,000", kind="cloze", tolerance=Tolerance(0.05))
    assert effects(within) == ["accept"]  # 1,000 is within 5 % of 30,000, which is 1,500
    assert effects(beyond) == ["contradict"]


CONTEXT = "SFT 不是 1 轮，而是训练 [...] 个 epoch，训练很稳定"


@pytest.mark.parametrize("answer", ["训练 16 个 epoch", "16 个", "训练16"])
def test_a_fill_may_bring_words_from_around_the_blank(attempt, answer):
    assert effects(attempt(answer, "16", question=CONTEXT, kind="cloze")) == ["accept"]


@pytest.mark.parametrize(
    ("reference", "answer", "question"),
    [
        ("16", "116", CONTEXT),
        ("16", "不是 16", CONTEXT),
        ("stable", "unstable", "Under noise the run is [...] now"),
        ("稳定", "不稳定", "它不快，但是 [...]"),
        ("16", "epoch 16 训练", CONTEXT),
        ("r(x)", "-r(x)", "loss = -1/C(K,2) · log([...] - s(x))"),
    ],
)
def test_what_turns_or_moves_the_fill_is_not_accepted(attempt, reference, answer, question):
    assert "accept" not in effects(attempt(answer, reference, question=question, kind="cloze"))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("约两倍", ["accept"]),
        ("1/2", ["contradict"]),
        ("它大约是原来的 1/2，因为数据更好也更多了", []),
    ],
)
def test_a_short_reference_is_compared_like_a_fill(attempt, answer, expected):
    assert effects(attempt(answer, "约 2 倍")) == expected


def test_a_long_answer_to_a_long_reference_is_left_to_the_signals(attempt):
    reference = "先监督微调，再训练奖励模型，最后用 PPO 做强化学习"
    assert effects(attempt("先用示范微调，再强化学习", reference)) == []
