from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.cloze import match_fill
from tutor.grading.item import Item, Tolerance


def fill(reference: str, answer: str, question: str = "填入 [...]", *others: str):
    return match_fill(Item(question, (reference, *others), kind="cloze"), answer)


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("16 epochs", "16 个 epoch"),
        ("16 epochs", "十六 epochs"),
        ("16 epochs", "16"),
        ("40 人", "大约40名"),
        ("85±3%", "85%"),
        ("85±3%", "82–88%"),
        ("2k tokens", "2048"),
        ("9e-6", "9×10⁻⁶"),
        ("小模型 + 对齐", "对齐+小模型"),
        ("C(K,2)", "K(K-1)/2"),
        ("2^(n-1)", "2的n-1次方"),
        ("r_θ(x,y_w)", "rθ(x,yw)"),
        ("CrowS-Pairs", "crows pairs"),
        ("reinforcement learning from human feedback", "RLHF"),
        ("RLHF", "Reinforcement Learning from Human Feedback"),
        ("监督微调（SFT）", "SFT"),
        ("监督微调（SFT）", "監督微調"),
        ("标注员 或 研究人员", "研究人员"),
        ("labelers or researchers", "the researcher"),
        ("遵循用户指令", "遵循用户的指令"),
        ("遵循用户指令", "听从用户的指令"),
        ("人类偏好", "human preferences"),
        ("假前提", "false premises"),
        ("40 人", "大概 40 个人"),
        ("1215", "twelve fifteen"),
        ("1215", "公元 1215 年"),
        ("300,000 km/s", "three hundred thousand kilometres per second"),
        ("78±4%", "百分之 78±4"),
        ("96%", "九成六"),
        ("cos x", "cosine x"),
        ("C(K,2)", "K 选 2"),
        ("1/C(K,2)", "C(K,2) 的倒数"),
        ("180°", "π 弧度"),
        ("IR", "R·I"),
        ("IR", "I乘以R"),
        ("2/3", "2:3"),
        ("1e-4", "万分之一"),
        ("9.8 m/s²", "9.8 米每二次方秒"),
        ("阿姆斯特朗", "尼尔·阿姆斯特朗"),
        ("RLHF", "应该是 RLHF 吧"),
        ("Westphalia", "pretty sure it's Westphalia"),
        ("栈", "栈，也就是后进先出的表"),
        ("1/2", "a half"),
        ("-1", "负一"),
        ("√2", "根号 2"),
        ("πr²", "pi r squared"),
        ("直线", "一条直线"),
        ("长安", "长安，今天的西安"),
        ("假设", "这个假设"),
        ("假设", "该假设"),
        ("Paris", "the city of Paris"),
        ("TCP", "the TCP protocol"),
    ],
)
def test_accepts_another_way_to_write_the_fill(reference, answer):
    assert fill(reference, answer).level == "equivalent"


@pytest.mark.parametrize(
    ("reference", "answer", "name"),
    [
        ("16 epochs", "15 epochs", "number"),
        ("16 epochs", "16 steps", "unit"),
        ("85±3%", "90%", "number"),
        ("9e-6", "9e-5", "number"),
        ("GPT-3", "GPT-4", "number"),
        ("小模型 + 对齐", "小模型 - 对齐", "sign"),
        ("2^(n-1)", "2n-1", "sign"),
        ("β·log(π_RL/π_SFT)", "β·log(π_SFT/π_RL)", "sign"),
        ("r_θ(x,y_w)", "r_θ(x,y_l)", "operand"),
        ("监督微调", "无监督微调", "polarity"),
        ("遵循用户指令", "不遵循用户指令", "polarity"),
        ("预测下一个词", "预测上一个词", "polarity"),
        ("96%", "96 种", "unit"),
        ("x != 0", "x = 0", "operand"),
    ],
)
def test_proves_that_a_fill_is_wrong(reference, answer, name):
    match = fill(reference, answer)
    assert (match.level, match.name, match.proven) == ("different", name, True)


@pytest.mark.parametrize(
    ("reference", "answer", "name"),
    [
        ("SFT 模型", "SFT", "similar"),
        ("85±3%", "86%", "similar"),
        ("监督微调（SFT）", "监督微调（PPO）", "similar"),
        ("16 epochs", "16 apples", "similar"),
    ],
)
def test_a_near_fill_is_neither_accepted_nor_proven_wrong(reference, answer, name):
    match = fill(reference, answer)
    assert (match.level, match.name, match.proven) == ("close", name, False)


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("Winogender", "CrowS-Pairs"),
        ("SFT", "SFR"),  # three letters: a slip cannot be told from another name
        ("奖励模型", "价值模型"),
        ("16 epochs", "很多"),
        ("大模型 - 对齐", "没有对齐的大模型"),
    ],
)
def test_an_unlike_fill_is_different_without_proof(reference, answer):
    match = fill(reference, answer)
    assert (match.level, match.proven) == ("different", False)


@pytest.mark.parametrize(
    ("reference", "answer", "name"),
    [
        ("Winogender", "winogander", "spelling"),
        ("头脑风暴", "头脑风爆", "spelling"),
        ("r(x)", "r(x)，落选回答得到的奖励", "remark"),
    ],
)
def test_a_right_fill_that_a_teacher_may_mind_is_likely(reference, answer, name):
    match = fill(reference, answer)
    assert (match.level, match.name, match.proven) == ("likely", name, False)


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("奖励模型", "奖励模型，要不就是价值模型"),
        ("cosine", "cosine 或 linear"),
        ("recency", "recency or primacy"),
        ("0.02", "不是 0.02"),
        ("spaced repetition", "not spaced repetition"),
        ("cos x", "-cos x"),
        ("C(K,2)", "C(2,K)"),
        ("affect", "effect"),
        ("1215", "1215 BC"),
        ("正态分布", "偏态分布"),
        ("hypothermia", "hyperthermia"),
        ("spaced repetition", "massed repetition"),
        ("人类偏好", "机器偏好"),
        ("x >= 5", "x <= 5"),
        ("IR", "I/R"),
        ("IR", "I+R"),
        ("H2O", "H2O2"),
        ("H2O", "HO"),
        ("affect", "affection"),
    ],
)
def test_a_wrong_fill_is_never_taken_for_right(reference, answer):
    assert fill(reference, answer).level in ("close", "different")


def test_words_of_the_question_are_no_other_name_of_the_fill():
    question = "国内生产总值的英文缩写是[...]。"
    assert fill("GDP", "国内生产总值", question).level == "close"
    assert fill("GDP", "gross domestic product", question).level == "equivalent"


@pytest.mark.parametrize(
    "wrapping", ["应该是{}", "我觉得是 {} 吧", "probably {}", "答案：{}", "{}。"]
)
@pytest.mark.parametrize("reference", ["奖励模型", "RLHF", "16 epochs", "r_θ(x,y_w)", "85±3%"])
def test_a_hedged_reference_is_still_right(reference, wrapping):
    assert fill(reference, wrapping.format(reference)).level in ("exact", "equivalent")


def test_a_long_answer_is_no_fill_and_takes_no_time():
    for text in ("一" * 100_000, "栈(" * 50_000, "a,b " * 25_000, "应该是" * 33_000):
        assert fill("奖励模型", text).level in ("close", "different")


def test_an_alias_behind_the_blank_is_given_away_but_not_wrong():
    question = "使用 [...]（RLHF）来对齐模型"
    copied = fill("人类反馈强化学习", "RLHF", question)
    assert (copied.level, copied.name) == ("likely", "given")
    assert fill("人类反馈强化学习", "人类反馈强化学习（RLHF）", question).level == "equivalent"
    assert fill("RLHF", "RLHF", question).level == "exact"


def test_the_nearest_reference_counts():
    match = fill("价值模型", "reward model", "x [...]", "Reward Model")
    assert (match.level, match.reference) == ("exact", "Reward Model")


def test_the_tolerance_of_the_item_counts():
    item = Item("β 为 [...]", ("0.02",), kind="cloze", tolerance=Tolerance(0.1))
    assert match_fill(item, "0.021").level == "equivalent"  # 5 % off, 10 % allowed
    assert match_fill(item, "0.03").level == "different"


@pytest.mark.parametrize("answer", ["", " \n", "\u200b", "……", "？"])
def test_nothing_filled_in(answer):
    assert fill("SFT", answer).level == "empty"


@given(st.text(max_size=30), st.text(max_size=30))
@settings(deadline=None, max_examples=150)
def test_any_two_strings_compare_and_a_reference_matches_itself(reference, answer):
    fill(reference, answer)
    assert fill(reference, reference).level in ("exact", "empty")


def test_the_number_under_a_root_is_not_the_root():
    assert fill("√2", "2").level == "close"
    assert fill("√2", "√3").level in ("close", "different")
    assert fill("2", "√2").level in ("close", "different")


def test_a_fill_has_no_other_unit_than_stands_behind_the_blank():
    # Seven weeks are 49 days.
    assert fill("7", "7 weeks", "一周有 [...] 天").level == "close"
    assert fill("7", "七天", "一周有 [...] 天").level == "equivalent"
    assert fill("7", "7 weeks", "她等了 [...]").level == "equivalent"


@pytest.mark.parametrize(
    ("reference", "answer"),
    [("通货膨胀", "inflation"), ("incorrect", "wrong"), ("recency", "the recency effect")],
)
def test_what_only_word_lists_know_to_be_the_same_is_likely(reference, answer):
    assert fill(reference, answer).level in ("equivalent", "likely")


def test_opposite_directions_are_no_synonyms():
    assert fill("gradient ascent", "gradient descent").level not in ("equivalent", "likely")


def test_a_slip_in_the_name_behind_the_blank_is_likely():
    assert fill("无害", "harmles", "诚实、[...]（harmless）").level == "likely"


def test_multiplying_is_a_form_of_multiply():
    assert fill("multiply", "multiplying").level == "equivalent"


@pytest.mark.parametrize("answer", ["其他假设", "其次假设", "别的假设"])
def test_another_thing_of_the_name_is_not_the_fill(answer):
    assert fill("假设", answer).level not in ("exact", "equivalent")
