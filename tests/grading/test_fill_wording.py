from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.fill_wording import is_reworded


@pytest.mark.parametrize(
    ("form", "fill"),
    [
        ("inflation", "通货膨胀"),  # a synset
        ("股息", "the dividends"),
        ("worsens", "aggravates"),
        ("提升", "增加"),  # two synonyms in common
        ("primacy", "the primacy effect"),  # without the kind
        ("蒸腾作用", "蒸腾"),
        ("faster", "更快"),  # without the comparative
        ("faster", "more rapid"),
        ("未找到", "找不到"),  # without the negation
        ("未找到", "not found"),
        ("奖励模型", "reward model"),  # word for word
    ],
)
def test_other_words_for_the_same(form, fill):
    assert is_reworded(form, fill)
    assert is_reworded(fill, form)


@pytest.mark.parametrize(
    ("form", "fill"),
    [
        ("inflation", "deflation"),
        ("taker", "maker"),
        ("faster", "slower"),
        ("faster", "更慢"),
        ("faster", "fast"),
        ("未找到", "找到"),
        ("未找到", "not lost"),
        ("左心室", "右心室"),
        ("正弦", "cosine"),
        ("奖励模型", "value model"),
        ("奖励模型", "reward"),
        ("奖励", "reward model"),
        ("死锁", "livelock"),
        ("词法分析", "语法分析"),
        ("affect", "effect"),
    ],
)
def test_words_for_something_else(form, fill):
    assert not is_reworded(form, fill)
    assert not is_reworded(fill, form)


@given(
    st.text("奖励模型未不更的 rewadmolnt", max_size=60), st.text("奖励模型 rewadmolnt", max_size=60)
)
@settings(deadline=None, max_examples=100)
def test_it_does_not_matter_which_is_the_reference(form, fill):
    assert is_reworded(form, fill) == is_reworded(fill, form)
