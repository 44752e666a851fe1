"""What each change makes of an answer, and where it does not apply."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.cases import Case
from evals.laws.additions import with_emphasis, with_padding
from evals.laws.book import LAWS
from evals.laws.deletion import without_a_point
from evals.laws.negation import with_a_claim_denied
from evals.laws.nothing import as_it_is, emptied, question_repeated
from evals.laws.numbers import with_another_number
from evals.laws.order import with_claims_reordered
from evals.laws.roles import with_roles_swapped
from evals.laws.surface import in_capitals, in_full_width, in_traditional, with_other_marks
from evals.laws.wording import with_synonym, with_term_switched
from tutor.grading.item import Item

REWRITING = [law.change for law in LAWS if law.change not in (as_it_is, emptied, question_repeated)]
PIECES = st.sampled_from(
    "因为 所以 奖励模型 reward model 栈 队列 后进先出 3 % 12 个 并非 is not ； 。 ， . ; , ( ） = ^ 的 the \n".split(
        " "
    )
)
TEXTS = st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=20)


@pytest.mark.parametrize(
    ("change", "answer", "changed"),
    [
        (with_synonym, "因为海拔高", "由于海拔高"),
        (with_synonym, "Because of rust, approximately.", "Because of rust, roughly."),
        (with_synonym, "不仅仅是快", None),
        (with_synonym, "“因为”是连词", None),
        (with_term_switched, "先训练奖励模型", "先训练 reward model"),
        (with_term_switched, "It uses supervised fine-tuning.", "It uses 监督微调."),
        (with_term_switched, "精确率 = TP / (TP + FP)", None),
        (with_term_switched, "用 Perspective API 打分", None),
        (with_term_switched, "没有术语", None),
        (in_traditional, "学习记忆", "學習記憶"),
        (in_traditional, "plain", None),
        (in_full_width, "K = 9 个", "Ｋ ＝ ９ 个"),
        (in_full_width, "10^2", None),
        (in_capitals, "the learner saw 300 K in Paris", "the LEARNER saw 300 K in Paris"),
        (in_capitals, "NaCl", None),
        (with_other_marks, "甲，乙；丙。", "甲, 乙; 丙"),
        (with_other_marks, "It grows", "It grows."),
        (with_other_marks, "。。", None),
        (with_claims_reordered, "栈后进先出；队列先进先出。", "队列先进先出；栈后进先出。"),
        (with_claims_reordered, "Ice thins out. Masters chunk.", "Masters chunk. Ice thins out."),
        (with_claims_reordered, "The ice melts because salt dissolves.", "Because salt dissolves, the ice melts."),
        (with_claims_reordered, "因为海拔高，所以气压低。", "气压低，因为海拔高。"),
        (with_claims_reordered, "甲是乙；它是丙。", None),
        (with_claims_reordered, "先甲；再乙。", None),
        (with_claims_reordered, "make it do so, i.e. align it", None),
    ],
)  # fmt: skip
def test_a_paraphrase_says_the_same(make_case, change, answer, changed):
    assert change(make_case(answer), Random(0)) == changed


@pytest.mark.parametrize("question", ["RM 的全称是什么？", "What does RM stand for?"])
def test_a_name_that_is_asked_for_is_not_switched(make_case, question):
    assert with_term_switched(make_case("奖励模型", question=question), Random(0)) is None


def test_claims_stay_in_order_where_it_is_asked_for(make_case):
    case = make_case("监督微调；强化学习", question="按先后列出两个阶段。")
    assert with_claims_reordered(case, Random(0)) is None


@pytest.mark.parametrize(
    ("change", "question", "answer", "changed"),
    [
        (with_a_claim_denied, "栈？", "栈后进先出。", "并非栈后进先出。"),
        (with_a_claim_denied, "Why?", "The drug is strong.", "The drug is not strong."),
        (with_a_claim_denied, "What?", "Rust can spread.", "Rust cannot spread."),
        (with_a_claim_denied, "What?", "Overuse makes bacteria resistant", "It is not true that overuse makes bacteria resistant"),
        (with_a_claim_denied, "How often?", "twice a day", "Not twice a day"),
        (with_a_claim_denied, "What?", "It does not grow.", None),
        (with_a_claim_denied, "What?", "Some metals are soft.", None),
        (with_another_number, "几条？", "46 条染色体", "138 条染色体"),
        (with_another_number, "When?", "It fell in 1815.", "It fell in 1835."),
        (with_another_number, "How much?", "0.5 litres", "1.5 litres"),
        (with_another_number, "What is 46 doubled?", "not 46", None),
        (with_another_number, "Which model?", "GPT-3", None),
        (with_another_number, "Which ratio?", "3:1", None),
        (with_roles_swapped, "栈和队列有什么不同？", "栈后进先出；队列先进先出。", "队列后进先出；栈先进先出。"),
        (with_roles_swapped, "栈和队列有什么不同？", "栈后进先出；队列也后进先出。", None),
        (with_roles_swapped, "栈？", "栈后进先出；队列先进先出。", None),
        (with_roles_swapped, "Which?", "A reward model outperforms supervised fine-tuning.", "A supervised fine-tuning outperforms reward model."),
    ],
)  # fmt: skip
def test_a_falsehood_says_something_else(make_case, change, question, answer, changed):
    assert change(make_case(answer, question=question), Random(0)) == changed


def test_a_part_of_two_longer_names_is_no_role(make_case):
    case = make_case("原子半径增大，金属性增强。", question="原子半径和金属性怎样变化？")
    assert with_roles_swapped(case, Random(0)) is None


POINTS = ("模仿人写的示范", "用奖励模型打分")


def test_the_claim_of_a_key_point_is_deleted(make_case):
    case = make_case("1) 模仿人写的示范；2) 用奖励模型打分。", points=POINTS)
    found = {without_a_point(case, Random(seed)) for seed in range(9)}
    assert found == {"2) 用奖励模型打分。", "1) 模仿人写的示范"}


@pytest.mark.parametrize(
    "answer",
    [
        "模仿人写的示范",  # nothing would be left
        "模仿人写的示范；就是照人写的示范模仿。",  # the rest still says it
        "不模仿人写的示范；用别的办法。",  # deleting what is wrong may raise a score
    ],
)
def test_nothing_is_deleted_that_is_no_loss(make_case, answer):
    assert without_a_point(make_case("甲", answer, points=POINTS), Random(0)) is None


def test_padding_is_true_and_of_another_subject(make_case):
    case = make_case("蜜蜂酿的蜂蜜。", "蜘蛛有八条腿", question="月亮绕着什么转？")
    found = {with_padding(case, Random(seed)) for seed in range(30)}
    assert found == {
        "蜘蛛有八条腿。水在零摄氏度结冰。",
        "蜘蛛有八条腿。巴黎是法国的首都。",
        "蜘蛛有八条腿。珠穆朗玛峰在喜马拉雅山脉。",
    }
    assert with_padding(make_case("x", ""), Random(0)) is None


def test_emphasis_adds_words_and_takes_none(make_case):
    english = with_emphasis(make_case("The mass is in the nucleus, the same."), Random(0))
    assert english is not None
    assert "the same" in english  # no adjective before what is none
    assert english.replace("remarkable ", "").replace("important ", "") != english
    assert with_emphasis(make_case("速度变大"), Random(0)).endswith("，速度变大")
    assert with_emphasis(make_case("faster"), Random(0)) is None


@given(TEXTS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_a_change_changes_and_chance_is_all_it_depends_on(answer, question):
    case = Case("a", "q", Item(question, (answer or "x",)), answer, "", "correct", 1.0, ())
    for change in REWRITING:
        changed = change(case, Random(3))
        assert changed != answer
        assert change(case, Random(3)) == changed


@given(TEXTS)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("change", [in_traditional, in_full_width, in_capitals])
def test_the_surface_changes_once(change, answer):
    def of(text):
        return Case("a", "q", Item("?", ("x",)), text, "", "correct", 1.0, ())

    changed = change(of(answer), Random(0))
    assert changed is None or change(of(changed), Random(0)) is None


def test_reversing_twice_gives_back_the_answer(make_case):
    answer = "栈后进先出；队列先进先出；树有根。"
    once = with_claims_reordered(make_case(answer), Random(0))
    assert with_claims_reordered(make_case(once), Random(0)) == answer
