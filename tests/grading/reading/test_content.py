from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.reading.content import content_of
from tutor.grading.reading.text import read


def forms(raw: str) -> tuple[str, ...]:
    return content_of(read(raw)).forms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("自监督学习不需要人工标签", "自监督学习无需人工标签"),
        ("it works without a server", "it works with no server"),
        ("价格上升", "价格上涨"),
        ("the price rises", "the price goes up"),
        ("营收 2.5 万元", "营收 25000 元"),
        ("1 km away", "1000 metres away"),
        ("三分之二的收入", "2/3 的收入"),
        ("大概有 40 人", "有 40 人"),
        ("use A instead of B", "use A rather than B"),
        ("a_1 + a_n 成立", "a_n + a_1 成立"),
        ("x > 0 时收敛", "x 大于 0 时收敛"),
        ("（1）货位（2）单证", "货位，单证"),
        ("手工劳动被机器取代", "机器取代手工劳动"),
        ("the others are killed by the drug", "the drug kills the others"),
        ("催化剂使活化能变低", "催化剂变低活化能"),
    ],
)
def test_one_thing_said_in_two_ways_has_one_content(one, other):
    assert forms(one) == forms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("不需要标签", "需要标签"),
        ("1 km", "1 m"),
        ("36 °C", "36 °F"),
        ("所有模型", "有些模型"),
        ("第一步", "第二步"),
        ("A 与 T 配对", "A 与 U 配对"),
        ("平均 O(1)", "平均 O(n)"),
        ("a_1 + a_n", "a_1 - a_n"),
        ("优先有用", "优先真实"),
        ("左右脑", "左脑"),
    ],
)
def test_what_differs_has_another_content(one, other):
    assert forms(one) != forms(other)


def test_sentences_clauses_and_pieces():
    content = content_of(read("Water and salt go in; heat, slowly, comes out."))
    assert [len(sentence) for sentence in content.sentences] == [1, 3]
    assert [len(clause) for clause in content.clauses] == [2, 1, 1, 1]


def test_another_name_in_brackets_is_left_out():
    assert forms("监督微调（SFT）") == forms("监督微调")


@given(st.text(max_size=60), st.integers(min_value=0, max_value=3))
@settings(max_examples=60, deadline=None)
def test_leaving_units_out_leaves_the_rest_in_order(raw, count):
    content = content_of(read(raw))
    last = content.forms[-1:]
    dropped = last * min(count, content.forms.count(last[0]) if last else 0)
    rest = content.without(type(content.counts)(dropped))
    assert len(rest.forms) == len(content.forms) - len(dropped)
    remaining = iter(content.forms)
    assert all(form in remaining for form in rest.forms)
