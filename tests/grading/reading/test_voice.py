from __future__ import annotations

import pytest

from tutor.grading.reading.voice import active


@pytest.mark.parametrize(
    ("passive", "turned"),
    [
        ("newer memories are disturbed by older learning", "older learning disturbed newer memories"),
        ("the laws can be made by parliament", "parliament make the laws"),
        ("a shot must be tried by the offence within 24 seconds", "the offence tried a shot within 24 seconds"),
        ("the resource cannot be found by the server", "the server not find the resource"),
        ("laws are made by parliament and interpreted by courts", "parliament make laws and courts interpreted"),
        ("手工劳动被机器取代", "机器取代手工劳动"),
        ("通货膨胀由货币超发导致", "货币超发导致通货膨胀"),
        ("胰岛素使血糖降低", "胰岛素降低血糖"),
    ],
)  # fmt: skip
def test_a_passive_clause_becomes_active(passive, turned):
    assert active(passive) == turned


@pytest.mark.parametrize(
    "clause",
    [
        "电流由正极流向负极",
        "由于下雨",
        "自由落体",
        "it stands by the door",
        "使用工具",
        "a value is stored",
    ],
)
def test_any_other_clause_stays(clause):
    assert active(clause) == clause
