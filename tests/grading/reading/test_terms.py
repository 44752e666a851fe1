from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.reading.terms import FUNCTION_WEIGHT, terms_of
from tutor.grading.reading.text import read


def forms(raw: str) -> list[str]:
    return [term.form for term in terms_of(read(raw)).terms]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Models are trained", "model training"),
        ("13,000 条", "13000 条"),
        ("13k", "一万三千"),
        ("獎勵模型", "奖励模型"),
        ("ＰＰＯ", "ppo"),
        ("the reward-model", "reward model"),
    ],
)
def test_what_is_written_otherwise_has_the_same_content(one, other):
    content = [
        {term.form for term in terms_of(read(raw)).terms if term.weight > FUNCTION_WEIGHT}
        for raw in (one, other)
    ]
    assert content[0] == content[1]


@pytest.mark.parametrize(
    ("one", "other"), [("第三", "三个"), ("0.02", "0.2"), ("不稳定", "稳定"), ("1.3B", "13B")]
)
def test_what_means_something_else_has_other_content(one, other):
    assert set(forms(one)) != set(forms(other))


def test_han_runs_become_overlapping_pairs():
    assert forms("奖励模型") == ["奖励", "励模", "模型"]
    assert forms("好") == ["好"]


def test_grammar_weighs_little_but_something():
    weights = {term.form: term.weight for term in terms_of(read("not to the model")).terms}
    assert weights["not"] == weights["model"] == 1.0
    assert 0 < weights["the"] == weights["to"] < weights["model"]
    pairs = {term.form: term.weight for term in terms_of(read("模型的")).terms}
    assert pairs["模型"] == 0.5  # a pair is half a word
    assert pairs["型的"] < pairs["模型"]


def test_declared_names_are_aliases():
    names = {name for pair in terms_of(read("监督微调（SFT）")).aliases for name in pair}
    assert names == {frozenset({"监督", "督微", "微调"}), frozenset({"sft"})}
    assert terms_of(read("监督微调（效果好）")).aliases == ()


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=150)
def test_terms_lie_in_the_text_in_order_and_weigh_at_most_a_word(raw):
    found = terms_of(read(raw))
    for term in found.terms:
        assert term.form
        assert 0 < term.weight <= 1
        assert 0 <= term.start < term.end <= len(raw)
    starts = [term.start for term in found.terms]
    assert starts == sorted(starts)
    assert found.forms == {term.form for term in found.terms}


PARTS = [
    "训练奖励模型",
    "a reward model",
    "13,000 条提示",
    "ＰＰＯ",
    "x != 0",
    "的",
    "re\u0301sume\u0301s",
]


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=5), st.data())
@settings(deadline=None, max_examples=80)
def test_the_terms_within_a_part_are_those_of_the_part_alone(parts, data):
    place = data.draw(st.integers(0, len(parts) - 1))
    start = sum(len(part) + len("；") for part in parts[:place])
    whole = terms_of(read("；".join(parts)))
    inside, alone = whole.within(start, start + len(parts[place])), terms_of(read(parts[place]))
    assert inside.text == alone.text
    assert [(term.form, term.weight) for term in inside.terms] == [
        (term.form, term.weight) for term in alone.terms
    ]
    assert (inside.forms, inside.characters) == (alone.forms, alone.characters)
    assert set(inside.words) == set(alone.words)
