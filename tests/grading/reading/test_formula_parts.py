from __future__ import annotations

import pytest

from tutor.grading.reading.formula import compare_trees
from tutor.grading.reading.formula_parts import formulas, variables
from tutor.grading.reading.text import read


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("判别式 b^2 - 4ac 大于 0 时有两个实根", 1),
        ("精确率 = TP / (TP + FP)，召回率 = TP / (TP + FN)。", 2),
        ("Merge sort runs in O(n log n) time", 1),
        ("周长 2πr，面积 πr²", 2),
        ("θ ← θ − η ∇L(θ)，即沿负梯度方向", 1),
        ("The weights become w - lr * grad after each step", 1),
        ("CH₄ + 2O₂ → CO₂ + 2H₂O", 1),
        ("GPT-3, BERT-large and near-copy input/output", 0),
        ("D-Day (1944), 60-100 km/h, 1000 kg/m³", 0),
        ("The 6B model, y^2", 0),
        ("", 0),
    ],
)
def test_formulas_are_found_among_words(text, count):
    assert len(formulas(read(text))) == count


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I = U / R", "U = I · R"),
        ("a² + b² = c²", "c² − a² = b²"),
        ("x = (−b ± √(b²−4ac)) / (2a)", "x = −b/(2a) ± √(b²−4ac)/(2a)"),
        ("x = (−b ± √(b²−4ac)) / (2a)", "x = (−b ± (b²−4ac)^(1/2)) / 2a"),
        ("E = ½ m v²", "E = m v² / 2"),
        ("θ ← θ − η ∇L(θ)", "θ ← −η ∇L(θ) + θ"),
        ("CH₄ + 2O₂ → CO₂ + 2H₂O", "2O2 + CH4 = 2H2O + CO2"),
        ("S_n = n(a_1 + a_n)/2", "S_n = (a_n + a_1) * n / 2"),
    ],
)
def test_equal_formulas_and_equations(one, other):
    assert compare_trees(*formulas(read(one)), *formulas(read(other))) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I = U / R", "I = R / U"),
        ("a² + b² = c²", "a² + c² = b²"),
        ("x = (−b ± √(b²−4ac)) / (2a)", "x = (b ± √(b²−4ac)) / (2a)"),
        ("E = ½ m v²", "E = ½ m² v"),
        ("CH₄ + 2O₂ → CO₂ + 2H₂O", "CO₂ + 2H₂O → CH₄ + 2O₂"),
        ("CH₄ + 2O₂ → CO₂ + 2H₂O", "CH₄ + 3O₂ → CO₂ + 2H₂O"),
    ],
)
def test_unequal_ones(one, other):
    assert compare_trees(*formulas(read(one)), *formulas(read(other))) != "same"


def test_a_comparison_is_known_by_its_sides():
    (tree,) = formulas(read("b^2 - 4ac > 0"))
    assert variables(tree) == {"b", "ac"}


@pytest.mark.parametrize("raw", ["x^0.0001 = 10^300 y", "a+" * 5000, "((((", "√(" * 900, "() + x"])
def test_odd_formulas_are_read_or_left(raw):
    trees = formulas(read(raw))
    assert all(compare_trees(tree, tree) in ("same", "operator", "operand") for tree in trees)
