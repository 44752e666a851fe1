from __future__ import annotations

import pytest

from tutor.grading.guards.denial import find


@pytest.mark.parametrize(
    ("answer", "reference"),
    [
        ("并非脱氧核糖核酸转录成核糖核酸", "DNA 转录成 RNA"),
        ("并非减轻 overfitting", "减轻过拟合"),
        ("Not about twice", "about twice"),
        ("Not about twice as often", "about twice"),
        ("it is not true that, in the light, water and carbon dioxide go in",
         "carbon dioxide and water go in"),
        ("It is false that carbon dioxide goes in", "carbon dioxide goes in"),
        ("the bulbs B and C are not contained in the same path as the battery",
         "B and C are in the same path with the battery"),
    ],
)  # fmt: skip
def test_what_would_make_the_point_but_for_its_denial_is_doubted(attempt, answer, reference):
    (finding,) = find(attempt(answer, reference))
    assert (finding.name, finding.effect, finding.point) == ("denial", "doubt", 0)
    assert finding.span == (0, len(answer))


@pytest.mark.parametrize(
    ("answer", "reference"),
    [
        ("about twice", "about twice"),
        ("不是 DNA 复制，而是转录", "转录"),
        ("the price does not fall", "the price rises"),
        ("not only about twice", "about twice"),
        ("it does not conduct electricity", "it is an insulator"),
        ("the bulbs are not in the same path", "the bulbs are no longer in the same path"),
        ("it is not true that it conducts electricity", "it does not conduct electricity"),
    ],
)
def test_what_says_the_same_or_denies_something_else_is_not(attempt, answer, reference):
    assert find(attempt(answer, reference)) == []


def test_a_denial_that_a_reference_states_is_accepted(attempt):
    denied = "it is not true that water goes in"
    assert find(attempt(denied, "water goes in", "water does not go in")) == []


def test_a_question_that_denies_may_be_repeated(attempt):
    question = "Why is bulb B not lit?"
    assert find(attempt("bulb B is not lit: a gap", "a gap at bulb B", question=question)) == []


def test_the_span_is_the_clause_that_denies(attempt):
    answer = "glucose comes out; it is not true that water goes in."
    points = ("glucose comes out", "water goes in")
    (finding,) = find(attempt(answer, "; ".join(points), points=points))
    assert finding.point == 1
    assert finding.span is not None
    assert answer[slice(*finding.span)] == "it is not true that water goes in"
