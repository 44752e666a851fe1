from __future__ import annotations

import pytest

from tutor.grading.guards.role_swap import find


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("在 GLUE 上 BERT 优于 ELMo", "在 GLUE 上 ELMo 优于 BERT"),
        ("Heat flows from the hot body to the cold body", "Heat flows from the cold body to the hot body"),
        ("机器生产取代了手工劳动", "手工劳动取代了机器生产"),
    ],
)  # fmt: skip
def test_swapped_sides_contradict(attempt, reference, answer):
    (finding,) = find(attempt(answer, reference))
    assert (finding.name, finding.effect, finding.point) == ("role_swap", "contradict", 0)


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("在 GLUE 上 BERT 优于 ELMo", "在 GLUE 上 ELMo 不如 BERT"),
        ("手工劳动被机器生产取代了", "机器生产取代了手工劳动"),
        ("BERT 优于 ELMo", "RNN 优于 LSTM"),
        ("BERT 优于 ELMo", ""),
    ],
)
def test_the_converse_and_other_things_do_not(attempt, reference, answer):
    assert find(attempt(answer, reference)) == []


def test_another_reference_or_the_right_way_round_excuses_it(attempt):
    assert find(attempt("B 优于 A", "A 优于 B", "B 优于 A")) == []
    assert find(attempt("B 优于 A？不，A 优于 B", "A 优于 B")) == []


def test_a_swap_beside_another_word_is_a_doubt(attempt):
    reference = "Water moves from low solute concentration to high solute concentration"
    answer = "Water moves from high water concentration to low water concentration"
    (finding,) = find(attempt(answer, reference))
    assert finding.effect == "doubt"  # water is high where the solute is low
