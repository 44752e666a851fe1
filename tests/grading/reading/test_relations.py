from __future__ import annotations

import pytest

from tutor.grading.reading.relations import Likeness, likeness, relations
from tutor.grading.reading.text import read


def alike(reference: str, answer: str) -> set[Likeness]:
    return {
        found
        for ours in relations(read(reference))
        for theirs in relations(read(answer))
        if (found := likeness(ours, theirs))
    }


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("BERT 优于 ELMo", "ELMo 优于 BERT"),
        ("数组比链表快", "链表比数组快"),
        ("The Sun is more massive than the Earth", "The Earth is more massive than the Sun"),
        ("Use mean pooling instead of the CLS token", "Use the CLS token instead of mean pooling"),
        ("用 AdamW 而不是 SGD", "用 SGD 而不是 AdamW"),
        ("机器生产取代了手工劳动", "手工劳动取代了机器生产"),
        ("Heat flows from the hot body to the cold one", "Heat flows from the cold one to the hot body"),
        ("电流从正极流向负极", "电流从负极流向正极"),
        ("货币超发导致通货膨胀", "通货膨胀导致货币超发"),
        ("Smoking causes cancer", "Cancer causes smoking"),
        ("地滑，因为下雨了", "下雨了，因为地滑"),
        ("its cost is lower than that of its partner", "its partner's cost is lower than its own"),
    ],
)  # fmt: skip
def test_the_sides_are_swapped(reference, answer):
    assert alike(reference, answer) == {"swapped"}


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("BERT 优于 ELMo", "ELMo 不如 BERT"),
        ("数组比链表快", "链表比数组慢"),
        ("A is larger than B", "B is smaller than A"),
        ("东边比西边先看到日出", "西边比东边后看到日出"),
        ("折射角小于入射角", "入射角大于折射角"),
        ("Errors made with high confidence are more likely corrected than errors with low confidence",
         "Errors made with low confidence are less likely corrected than errors with high confidence"),
    ],
)  # fmt: skip
def test_the_converse_says_the_same(reference, answer):
    assert alike(reference, answer) == {"converse"}


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("Use mean pooling instead of the CLS token", "Instead of the CLS token, use mean pooling"),
        ("Heat flows from hot to cold", "Heat flows to cold from hot"),
        ("通货膨胀由货币超发导致", "货币超发导致通货膨胀"),
        ("下雨了，所以地滑", "因为下雨了，地滑"),
        ("Smoking leads to cancer", "Smoking causes cancer"),
    ],
)  # fmt: skip
def test_another_wording_of_the_same(reference, answer):
    assert alike(reference, answer) == {"same"}


def test_a_direction_alone_is_turned():
    assert alike("数组比链表快", "数组比链表慢") == {"turned"}


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("数组比链表快", "苹果比梨甜"),
        ("Smoking causes cancer", "Smoking is older than cancer"),
        ("比例是 3 比 1", "比较两者"),
    ],
)
def test_nothing_is_said_of_other_things(reference, answer):
    assert alike(reference, answer) == set()


def test_a_very_long_sentence_has_none():
    assert relations(read("from a to b " * 100)) == ()
