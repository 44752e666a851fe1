from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.reading.matching import strength
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import read

WORDS = "模型 奖励 model reward train 训练 increase 增加 13 0.02 the 的 β".split()


def said(form: str, text: str) -> float:
    return strength(form, terms_of(read(text)))


@given(st.lists(st.sampled_from(WORDS), max_size=6), st.sampled_from(WORDS))
@settings(deadline=None, max_examples=100)
def test_strength_is_a_share_and_whole_exactly_for_what_is_there(words, wanted):
    text = " ".join(words)
    (form, *_) = terms_of(read(wanted)).forms
    assert 0 <= said(form, text) <= 1
    if wanted in words:
        assert said(form, text) == 1


def test_a_term_is_found_in_other_shapes_by_falling_strength():
    same = said("model", "the models")
    misspelt = said("reinforc", "reinforcemant learning")
    translated = said("model", "模型")
    nothing = said("model", "天气")
    assert same == 1 > misspelt > nothing == 0
    assert 0 < translated <= 1
    assert said("模型", "a model") > 0


def test_characters_in_another_order_count_half():
    assert said("训练", "练习和训话") == 0.5


def test_a_synonym_counts_less_than_the_word():
    assert 0 < said("decreas", "it reduces") < 1


@pytest.mark.parametrize(
    ("form", "text"), [("13", "31"), ("0.02", "0.2"), ("sft", "rft"), ("#3", "3")]
)
def test_numbers_and_short_names_are_never_nearly_said(form, text):
    assert said(form, text) == 0
