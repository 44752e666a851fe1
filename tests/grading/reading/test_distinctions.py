from __future__ import annotations

import pytest

from tutor.grading.reading.content import content_of
from tutor.grading.reading.copies import changes
from tutor.grading.reading.distinctions import told_apart, without_double_negation
from tutor.grading.reading.polarity import NEGATION
from tutor.grading.reading.text import read

FEWER = "Fewer is used with countable nouns and less with uncountable nouns"
LESS = "Less is used with countable nouns and fewer with uncountable nouns"


def test_two_words_of_one_direction_are_two_where_both_texts_have_them():
    ours, theirs = content_of(read(FEWER)), content_of(read(LESS))
    assert ours.forms == theirs.forms
    ours, theirs = told_apart(ours, theirs)
    assert ours.forms != theirs.forms
    assert ours.counts == theirs.counts


def test_two_words_of_one_direction_are_one_where_only_one_text_has_both():
    ours, theirs = content_of(read("价格上升，需求增加")), content_of(read("价格上升，需求上升"))
    assert told_apart(ours, theirs) == (ours, theirs)


def test_words_that_a_text_tells_apart_do_not_change_places():
    assert changes(read(FEWER), read(LESS)) != ()


@pytest.mark.parametrize(
    ("plain", "denied_twice"),
    [
        ("平分后必须连续赢得两分才能赢下这一局", "平分后若不连续赢得两分，就不能赢下这一局"),
        ("A square is complete with its corner", "A square is not complete without its corner"),
        ("所有的人都在场", "没有人不在场"),
    ],
)
def test_negations_that_take_each_other_back_are_none(plain, denied_twice):
    text = read(denied_twice)
    content = without_double_negation(text, content_of(text), content_of(read(plain)))
    assert content_of(text).counts[NEGATION] == 2
    assert content.counts[NEGATION] == 0


@pytest.mark.parametrize(
    ("plain", "denied"),
    [
        ("加盐能增味，也能使面条筋道", "加盐不能增味，也不能使面条筋道"),
        ("The data are skewed and contain outliers", "The data are not skewed and contain no outliers"),
    ],
)  # fmt: skip
def test_negations_of_two_things_remain(plain, denied):
    text = read(denied)
    content = without_double_negation(text, content_of(text), content_of(read(plain)))
    assert content.counts[NEGATION] == 2
