from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.reading.formula import compare, is_formula
from tutor.grading.reading.text import read


def same_words(a: str, b: str) -> bool:
    return {a, b} in ({"小模型", "small model"}, {"对齐", "alignment"})


def compared(reference: str, answer: str) -> str | None:
    return compare(read(reference), read(answer), same_words)


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("2n-1", "2*n - 1"),
        ("2n-1", "-1+2n"),
        ("2^(n-1)", "2^{n-1}"),
        ("2^(n-1)", "2的n-1次方"),
        ("2^(n-1)", "2^n/2"),
        ("2^(n-1)", "2ⁿ⁻¹"),
        ("C(K,2)", "c(k, 2)"),
        ("C(K,2)", "K(K-1)/2"),
        ("γ·log π_RL(x_pretrain)", r"\gamma \log \pi_{RL}(x_{pretrain})"),
        ("β·log(π_RL/π_SFT)", "beta * log( pi_RL / pi_SFT )"),
        ("β·log(π_RL/π_SFT)", r"\beta\log\frac{\pi_{RL}}{\pi_{SFT}}"),
        ("β·log(π_RL/π_SFT)", "β(log π_RL - log π_SFT)"),
        ("r_θ(x,y_w)", r"$r_{\theta}(x, y_{w})$"),
        ("KL(π_RL || π_SFT)", r"KL(\pi_{RL} \| \pi_{SFT})"),
        ("loss = -E[log(σ(r_θ(x,y_w) - r_θ(x,y_l)))]", "-E(log sigmoid(r_θ(x,y_w)-r_θ(x,y_l)))"),
        ("小模型 + 对齐", "对齐+小模型"),
        ("小模型 + 对齐", "small model + alignment"),
        ("小模型 + 对齐", "小模型加上对齐"),
        ("a > b", "b < a"),
        ("(a+b)*c", "a c + b c"),
    ],
)
def test_equal_however_it_is_typeset(reference, answer):
    assert compared(reference, answer) == "same"


@pytest.mark.parametrize(
    ("reference", "answer", "expected"),
    [
        ("2^(n-1)", "2n-1", "operator"),
        ("2^(n-1)", "2^n-1", "operator"),
        ("小模型 + 对齐", "小模型 - 对齐", "operator"),
        ("a > b", "a < b", "operator"),
        ("π_RL/π_SFT", "π_SFT/π_RL", "operator"),
        ("r_θ(x,y_w) - r_θ(x,y_l)", "r_θ(x,y_l) - r_θ(x,y_w)", "operator"),
        ("r_θ(x,y_w)", "r_θ(x,y_l)", "operand"),
        ("KL(π_RL || π_SFT)", "KL(π_SFT || π_RL)", "operator"),
        ("-[1/C(K,2)]", "1/C(K,2)", "operator"),
        ("小模型 + 对齐", "大模型 + 对齐", "operand"),
        ("O(n)", "O(n^2)", "operand"),
        ("O(n log n)", "O(n)", "operand"),
    ],
)
def test_a_sign_an_index_or_an_operand_makes_a_difference(reference, answer, expected):
    assert compared(reference, answer) == expected


@pytest.mark.parametrize(
    "raw", ["2n-1", "C(K,2)", "小模型 + 对齐", "r_θ(x,y)", "a-b", "π_RL", "O(n)"]
)
def test_formulas(raw):
    assert is_formula(read(raw))


@pytest.mark.parametrize(
    "raw",
    [
        "PPO-ptx",
        "监督微调（SFT）",
        "few-shot",
        "GPT-3",
        "输出/结果",
        "CrowS-Pairs",
        "16 epochs",
        "开放QA",
    ],
)
def test_words_are_no_formulas(raw):
    assert not is_formula(read(raw))


@given(st.text("ab2+-*/^()_ ", max_size=20))
@settings(deadline=None, max_examples=200)
def test_any_string_can_be_compared_and_equals_itself_if_it_has_a_value(raw):
    assert compared(raw, raw) in ("same", None, "operator")  # 2/(a-a) has no value


@pytest.mark.parametrize("answer", ["0^(-1)", "a + 0^-2", "c(1000, 500)", "log(0)", "1/0"])
def test_a_formula_without_a_value_is_like_no_other(answer):
    assert compared("a + b", answer) in ("operator", "operand")


def test_a_binomial_too_large_for_factorials_has_a_value():
    # 1000! overflows a float, 1000 · 999 / 2 does not.
    assert compared("C(1000, 2)", "1000*999/2") == "same"


def test_a_formula_as_long_as_a_page_is_none():
    page = "a+" * 5_000 + "a"
    assert not is_formula(read(page))
    assert compared(page, page) is None


def test_a_letter_before_a_bracket_may_be_a_factor():
    assert compared("A = P(1 + r)^n", "A = P·(1+r)^n") == "same"
    assert compared("A = P(1 + r)^n", "A = P·(1-r)^n") == "operator"
    assert compared("A = P(1 + r)^n", "A = P·(1+n)^r") == "operator"
    assert compared("P(AB) = P(A)P(B)", "P(AB) = P·A·P·B") != "same"
