from __future__ import annotations

import pytest

from tutor.grading.reading.covariation import states_converse, turns_every_direction
from tutor.grading.reading.text import read


@pytest.mark.parametrize(
    ("law", "other_end"),
    [
        ("价格上升时，需求量下降", "价格下降时，需求量上升"),
        ("KL 越大奖励越低", "KL 越小奖励越高"),
        ("随着温度升高，反应加快", "随着温度降低，反应减慢"),
        ("Pressure increases as volume decreases", "Pressure decreases as volume increases"),
        (
            "The higher the price, the lower the demand",
            "The lower the price, the higher the demand",
        ),
    ],
)
def test_a_law_read_from_its_other_end_is_the_same_law(law, other_end):
    assert states_converse(read(law), read(other_end))


@pytest.mark.parametrize(
    ("fact", "turned"),
    [
        ("刚学完时遗忘得快，以后越来越慢", "刚学完时遗忘得慢，以后越来越快"),
        ("北半球白天变长，夜晚变短", "北半球白天变短，夜晚变长"),
        ("Alignment is worse on A and better on B", "Alignment is better on A and worse on B"),
    ],
)
def test_two_facts_turned_around_are_no_law(fact, turned):
    assert turns_every_direction(read(fact), read(turned))
    assert not states_converse(read(fact), read(turned))


def test_one_end_alone_makes_another_law():
    law = read("价格上升时，需求量下降")
    assert not states_converse(law, read("价格上升时，需求量上升"))
    assert not states_converse(law, read("价格上升时，供给量上升"))
