from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.reading.glossary import concept_ids, concepts, is_term, same_term
from tutor.grading.reading.text import read


def data_lines() -> list[str]:
    data = files("tutor.grading").joinpath("data", "glossary.tsv").read_text(encoding="utf-8")
    return [line for line in data.splitlines() if not line.startswith("#")]


def quotes(text: str) -> list[str]:
    return [text[concept.start : concept.end] for concept in concepts(read(text))]


LINES = data_lines()


def test_every_form_of_a_line_is_found_whole_and_means_the_same_as_the_others():
    for line in LINES:
        forms = [form for column in line.split("\t") for form in column.split("|") if form]
        for form in forms:
            assert same_term(form, forms[0]), line
            assert quotes(form) == [form], line


def test_every_concept_has_a_chinese_and_an_english_side():
    for line in LINES:
        chinese, english, short = line.split("\t")
        assert chinese, line
        assert english or short, line


def test_no_abbreviation_is_an_english_function_word():
    short = {form.lower() for line in LINES for form in line.split("\t")[2].split("|")}
    words = "a i am an as at be by do go he if in is it me my no of on or so to up us we and the"
    assert not short & set(words.split())


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("监督微调", "SFT"),
        ("監督微調", "Supervised Fine-Tuning"),
        ("近端策略优化", "ppo"),
        ("人类反馈强化学习", "RLHF"),
        ("大语言模型", "LLMs"),
        ("optimisation", "优化"),
        ("over-optimising", "过度优化"),
        ("labelled", "标注"),
        ("behaviour", "行为"),
        ("ＫＬ惩罚", "KL penalty"),
        ("something of its own", "Something  of its own"),
    ],
)
def test_same_term(a, b):
    assert same_term(a, b)
    assert same_term(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("增加", "decrease"),
        ("奖励模型", "policy"),
        ("小模型 - 对齐", "小模型 + 对齐"),
        ("2n-1", "2^(n-1)"),
        ("监督微调", "the supervised fine-tuning of a model"),
        ("监督微调", "微调"),
        ("quality", "mass"),
        ("", "监督微调"),
    ],
)
def test_not_the_same_term(a, b):
    assert not same_term(a, b)
    assert not same_term(b, a)


def test_the_longest_term_is_taken_at_each_place():
    assert quotes("用监督微调训练模型") == ["监督微调", "训练", "模型"]
    assert quotes("hires a Reward Model, then a policy") == ["hires", "Reward Model", "policy"]


def test_a_term_does_not_reach_over_a_comma_or_a_sign():
    assert quotes("learning, rate") == ["learning", "rate"]
    assert "reward model" not in quotes("reward + model")


def test_latin_terms_are_whole_words_even_without_a_space_to_the_chinese():
    assert quotes("用PPO优化") == ["PPO", "优化"]
    assert "PPO" not in quotes("XPPO")


def test_an_ambiguous_term_has_the_ids_of_all_its_concepts():
    (quality,), (mass,), (both,) = (concepts(read(t)) for t in ("quality", "mass", "质量"))
    assert set(both.ids) == {*quality.ids, *mass.ids}
    assert not {*quality.ids} & {*mass.ids}


def test_ids_of_a_text_include_terms_inside_longer_terms():
    (tuning,) = concepts(read("微调"))
    assert set(tuning.ids) <= concept_ids(read("supervised fine-tuning"))
    assert concept_ids(read("监督微调")) == concept_ids(read("SFT")) | set(tuning.ids)


def test_a_single_character_inside_a_longer_term_is_no_term_of_its_own():
    assert concept_ids(read("热")) <= concept_ids(read("热，热传导"))
    assert not concept_ids(read("热")) & concept_ids(read("热传导"))


def test_is_term_asks_about_the_whole_string():
    assert is_term("奖励模型")
    assert is_term("reward models")
    assert not is_term("奖励模型的训练")
    assert not is_term("")


pieces = st.lists(
    st.sampled_from(
        ["监督微调", "SFT", "奖励模型", " ", "，", "的", "reward model", "10²", "-", "①"]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=60, deadline=None)
@given(pieces | st.text(max_size=40))
def test_terms_are_disjoint_in_order_and_are_terms_when_quoted(text):
    end = 0
    for concept in concepts(read(text)):
        assert end <= concept.start < concept.end <= len(text)
        assert set(concept.ids) <= concept_ids(read(text))
        assert is_term(text[concept.start : concept.end])
        end = concept.end


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_same_term_is_reflexive_and_symmetric(a, b):
    assert same_term(a, a)
    assert same_term(a, b) == same_term(b, a)
