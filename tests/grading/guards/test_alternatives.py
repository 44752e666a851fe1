from __future__ import annotations

import pytest

from tutor.grading.guards.alternatives import find


@pytest.mark.parametrize(
    ("answer", "reference"),
    [
        ("Sydney or Melbourne or Canberra or Perth", "Canberra"),
        ("maybe Sydney, maybe Perth, Canberra", "Canberra"),
        ("1905、1908、1911 或 1919 年", "1911 年"),
        ("可能是监督微调、蒸馏、剪枝", "监督微调"),
        ("one of: insulin, glucagon, cortisol", "insulin"),
    ],
)
def test_several_possibilities_are_a_doubt(attempt, answer, reference):
    (finding,) = find(attempt(answer, reference))
    assert (finding.name, finding.effect) == ("alternatives", "doubt")


@pytest.mark.parametrize(
    ("answer", "reference"),
    [
        ("Canberra", "Canberra"),
        ("SFT or supervised fine-tuning", "SFT"),  # the same in other words
        ("helpful, honest or harmless", "helpful; honest; harmless"),
        ("Sydney, Melbourne or Perth", "Canberra"),  # wrong whichever it is
        ("red or blue or green", "red or blue"),  # so does the reference
        ("the address, 0x00 or something along those lines", "the address"),
        ("Sydney, Melbourne, Canberra, Perth", "Canberra"),  # a list, and no choice left open
        (
            "water moves to where the concentration of dissolved salt is higher, or, put otherwise, "
            "away from the dilute side, whatever the volume may be",
            "to the more concentrated solution",
        ),
    ],
)
def test_what_leaves_nothing_open_is_none(attempt, answer, reference):
    assert find(attempt(answer, reference)) == []
