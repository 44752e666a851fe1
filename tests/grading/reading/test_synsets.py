from __future__ import annotations

import pytest

from tutor.grading.reading.synsets import share_synset, synsets


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("barometer", "气压计"),
        ("the barometers", "气压计"),
        ("a chord", "和弦"),
        ("give up", "abandon"),
        ("aggravated", "worsens"),
        ("tries", "attempting"),
        ("错误的", "wrong"),
    ],
)
def test_words_of_one_meaning_share_a_synset(ours, theirs):
    assert share_synset(ours, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("inflation", "deflation"), ("抗原", "抗体"), ("queue", "stack"), ("affect", "effect")],
)
def test_words_of_one_kind_do_not(ours, theirs):
    assert synsets(ours)
    assert synsets(theirs)
    assert not share_synset(ours, theirs)


def test_an_unknown_word_has_no_synset():
    assert synsets("qzxv") == frozenset()
    assert not share_synset("qzxv", "qzxv")
