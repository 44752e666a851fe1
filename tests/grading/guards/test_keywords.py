"""A heap of words is no statement; a list that was asked for, and a sentence, are none."""

from __future__ import annotations

import pytest

from tutor.grading.guards import keywords

RAIN = "Rising air cools and loses its moisture as rain; descending air warms and is dry."
GASES = "helium, neon, argon, krypton, xenon, radon, oganesson"
HEAP = "windward, leeward, moist air, rising, cooling, rain, descending, warming"


@pytest.mark.parametrize("answer", [HEAP, "收入、右偏、分布、少数、极端值、拉高、平均数、中位数"])
def test_a_heap_of_words_is_doubted(attempt, answer):
    (finding,) = keywords.find(attempt(answer, RAIN))
    assert (finding.name, finding.effect) == ("keywords", "doubt")


@pytest.mark.parametrize(
    ("answer", "reference"),
    [
        (GASES, GASES),  # a list was asked for
        ("air rises, cools, and it rains; the air that comes down is warm and dry", RAIN),
        ("rain, wind, mountains", RAIN),  # three words may be all that she knows
        ("", RAIN),
    ],
)
def test_a_list_of_names_a_sentence_and_a_few_words_are_not(attempt, answer, reference):
    assert not keywords.find(attempt(answer, reference))
