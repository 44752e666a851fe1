from __future__ import annotations

import pytest

from tutor.grading.guards.swapped_numbers import find

SIZES = ("SFT 约 13k", "RM 约 33k", "PPO 约 31k")


def swapped(attempt, answer: str, *references: str, points: tuple[str, ...] = ()) -> list[int]:
    findings = find(attempt(answer, *references, points=points or references[:1]))
    assert {finding.effect for finding in findings} <= {"contradict"}
    return sorted(finding.point for finding in findings)


def test_numbers_given_to_each_others_names_are_contradicted(attempt):
    reference = "；".join(SIZES)
    assert swapped(attempt, "SFT 33k，RM 13k，PPO 31k", reference, points=SIZES) == [0, 1]
    assert swapped(attempt, "SFT 31k；RM 13k；PPO 33k", reference, points=SIZES) == [0, 1, 2]


@pytest.mark.parametrize(
    "answer",
    [
        "PPO 31k，RM 33k，SFT 13k",
        "SFT 一万三，RM 三万三",
        "RM 33k",
        "SFT 13k，RM 40k，PPO 31k",
        "没有数字的回答",
        "33k，13k，31k",
    ],
)
def test_right_missing_strange_or_nameless_numbers_are_not_swapped(attempt, answer):
    assert swapped(attempt, answer, "；".join(SIZES), points=SIZES) == []


def test_one_reference_that_agrees_is_enough(attempt):
    answer = "SFT 33k，RM 13k"
    assert swapped(attempt, answer, "SFT 13k；RM 33k") == [0]
    assert swapped(attempt, answer, "SFT 13k；RM 33k", "SFT 33k；RM 13k") == []


def test_the_span_is_the_clause_that_says_so(attempt):
    answer = "其中 batch 是 512，minibatch 是 64"
    (first, *_) = find(
        attempt(answer, "batch 64；minibatch 512", points=("batch 64；minibatch 512",))
    )
    assert answer[slice(*first.span)] in {"其中 batch 是 512", "minibatch 是 64"}
