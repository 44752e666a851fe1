from __future__ import annotations

import pytest

from tutor.grading.guards.formula import find


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("S_n = n(a_1 + a_n)/2", "S_n = n(a_1 - a_n)/2"),
        ("S_n = n(a_1 + a_n)/2", "S_n = n(a_1 + a_n)"),
        ("E = ½ m v²", "E = ½ m² v"),
        ("判别式 b^2 - 4ac 大于 0", "判别式 b^2 + 4ac 大于 0"),
        ("w - lr * grad after each step", "w + lr * grad after each step"),
        ("CH₄ + 2O₂ → CO₂ + 2H₂O", "CO₂ + 2H₂O → CH₄ + 2O₂"),
        ("精确率 = TP / (TP + FP)", "精确率 = (TP + FP) / TP"),
    ],
)
def test_the_same_variables_with_another_value_contradict(attempt, reference, answer):
    (finding,) = find(attempt(answer, reference))
    assert (finding.name, finding.effect, finding.point) == ("formula", "contradict", 0)


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("S_n = n(a_1 + a_n)/2", "S_n = (a_n + a_1) * n / 2"),
        ("I = U / R", "U = I R"),
        ("b^2 - 4ac 大于 0", "b² − 4ac > 0"),
        ("E = ½ m v²", "动能与速度的平方成正比"),
        ("GPT-3 在 2020 年发布", "GPT-4 在 2020 年发布"),
        ("x + y = 5 的解", "2x = 4, x = 2, x + 3 = 5, y = 5 - x, y = 3, z = x + 1, 4 = 2 + x, a = y + x"),
    ],
)  # fmt: skip
def test_equal_formulas_words_and_calculations_do_not(attempt, reference, answer):
    assert find(attempt(answer, reference)) == []


def test_other_variables_are_a_doubt(attempt):
    (finding,) = find(attempt("E = ½ m c²", "E = ½ m v²"))
    assert finding.effect == "doubt"


def test_a_formula_that_the_question_gives_is_to_be_worked_with(attempt):
    question = "Describe y = 3x + 1."
    assert find(attempt("y = 3x + 2", "y = 3x + 1 is a line", question=question)) == []
