from __future__ import annotations

import pytest

from tutor.grading.guards.opposite import find


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("夏季太阳直射点北移，白天变长", "夏季太阳直射点南移，白天变长"),
        ("血液先进入右心房，再进入右心室", "血液先进入左心房，再进入左心室"),
        ("The two contact forces have equal sizes", "The two contact forces have unequal sizes"),
        ("A row passes when its score >= 5", "A row passes when its score <= 5"),
        ("所有哺乳动物是恒温动物", "有些哺乳动物是恒温动物"),
        (
            "The two groups of patients were exposed to noise",
            "The two groups of patients were unexposed to noise",
        ),
    ],
)
def test_a_word_exchanged_for_its_opposite_contradicts(attempt, reference, answer):
    (finding,) = find(attempt(answer, reference))
    assert (finding.name, finding.effect, finding.point) == ("opposite", "contradict", 0)


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("胰岛素由胰岛 β 细胞分泌", "胰岛素由胰岛 α 细胞分泌"),
        ("KL 越大奖励越低", "KL 越小奖励越高"),
        ("训练误差小，测试误差大", "测试误差大，训练误差小"),
        ("夏季太阳直射点北移，白天变长", "夏天白天长"),
        ("Alignment is worse on A and better on B", "Alignment is better on A and worse on B"),
    ],
)
def test_other_changes_are_left_to_other_guards(attempt, reference, answer):
    assert find(attempt(answer, reference)) == []


def test_the_key_point_that_is_copied_is_named(attempt):
    points = ("太阳直射点北移到北回归线", "北半球白天变长")
    answer = "夏至。北半球白天变短。别的我不记得了，但是和高度角有关"
    (finding,) = find(attempt(answer, "；".join(points), points=points))
    assert finding.point == 1
    assert answer[slice(*finding.span)] == "北半球白天变短"


def test_beside_several_copied_references_nothing_is_proved(attempt):
    assert find(attempt("灯泡一直亮着", "灯泡一直暗着", "灯泡总是亮着")) == []
