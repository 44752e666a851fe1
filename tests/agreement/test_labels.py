from __future__ import annotations

import pytest

from tutor.agreement import (
    Undefined,
    accuracy,
    cohen_kappa,
    confusion,
    macro_f1,
    weighted_f1,
)

VERDICTS = ("incorrect", "partial", "correct")


def test_confusion_counts_human_rows_by_machine_columns():
    human = ["correct", "correct", "partial"]
    machine = ["correct", "incorrect", "correct"]
    table = confusion(human, machine, scale=VERDICTS)
    assert table.tolist() == [[0, 0, 0], [0, 0, 1], [1, 0, 1]]


def test_a_label_off_the_scale_is_refused():
    with pytest.raises(ValueError, match="label right is not on the scale"):
        confusion(["right"], ["correct"], scale=VERDICTS)


def test_sides_of_different_length_are_refused():
    with pytest.raises(ValueError, match=r"got \(2,\) and \(1,\)"):
        accuracy([1, 2], [1])


def test_accuracy():
    assert accuracy([1, 2, 2, 0], [1, 2, 0, 0]) == 0.75


def test_macro_f1_weighs_labels_alike():
    # a: precision 2/3, recall 2/2, F1 = 4/5; b: precision 1/1, recall 1/2, F1 = 2/3.
    # Mean: (4/5 + 2/3) / 2 = 11/15.
    assert macro_f1(list("aabb"), list("aaab"), labels="ab") == pytest.approx(11 / 15)


def test_macro_f1_leaves_out_a_label_that_nobody_uses():
    assert macro_f1(list("ab"), list("ab"), labels="abc") == 1.0


def test_macro_f1_counts_a_label_used_by_the_machine_alone_as_zero():
    # a: 2 * 1 / (2 + 1) = 2/3; b: 2 * 1 / (1 + 1) = 1; c: 0. Mean 5/9.
    assert macro_f1(list("aab"), list("acb"), labels="abc") == pytest.approx(5 / 9)


def test_weighted_f1_weighs_labels_by_the_humans_rows():
    # a: precision 3/4, recall 3/3, F1 = 6/7 on 3 rows; b: 0 on 1 row. (3 * 6/7 + 1 * 0) / 4.
    assert weighted_f1(list("aaab"), list("aaaa")) == pytest.approx(18 / 28)


def test_weighted_f1_counts_a_label_of_the_machine_alone_through_the_misses_only():
    # a: 2 * 1 / (2 + 1) = 2/3 on 2 rows; b: 1 on 1 row; c has no human row and weighs nothing.
    assert weighted_f1(list("aab"), list("acb")) == pytest.approx((2 * 2 / 3 + 1) / 3)


def test_kappa_of_artstein_and_poesio_table_1():
    # Agreed (20 + 50) / 100 = .7; by chance .4 * .3 + .6 * .7 = .54; (.7 - .54) / .46 = .348.
    human = [0] * 40 + [1] * 60
    machine = [0] * 20 + [1] * 20 + [0] * 10 + [1] * 50
    assert cohen_kappa(human, machine, scale=[0, 1]) == pytest.approx(0.16 / 0.46)


def test_kappa_of_artstein_and_poesio_table_4():
    # Agreed (46 + 32 + 10) / 100 = .88; by chance .46 * .52 + .44 * .32 + .10 * .16 = .396;
    # (.88 - .396) / .604 = .8013.
    human = [0] * 46 + [1] * 44 + [2] * 10
    machine = [0] * 52 + [1] * 32 + [2] * 16
    assert cohen_kappa(human, machine, scale=[0, 1, 2]) == pytest.approx(0.484 / 0.604)


def test_weighted_kappas():
    # Human 46/44/10, machine 50/40/10; the four rows 46-49 are 1 against 0, all else agrees.
    # Chance disagreement, per 100: none 100 - (23 + 17.6 + 1) = 58.4 -> 1 - 4/58.4 = .9315;
    # linear (18.4 + 4.4 + 22 + 4) + 2 * (4.6 + 5) = 68 -> 1 - 4/68 = .9412;
    # quadratic 48.8 + 4 * 9.6 = 87.2 -> 1 - 4/87.2 = .9541.
    human = [0] * 46 + [1] * 44 + [2] * 10
    machine = [0] * 50 + [1] * 40 + [2] * 10
    scale = [0, 1, 2]
    assert cohen_kappa(human, machine, scale=scale) == pytest.approx(1 - 4 / 58.4)
    linear = cohen_kappa(human, machine, scale=scale, weights="linear")
    assert linear == pytest.approx(1 - 4 / 68)
    quadratic = cohen_kappa(human, machine, scale=scale, weights="quadratic")
    assert quadratic == pytest.approx(1 - 4 / 87.2)


def test_the_declared_scale_changes_a_weighted_kappa():
    human, machine = [0, 1, 5, 5], [0, 5, 5, 1]
    narrow = cohen_kappa(human, machine, scale=[0, 1, 5], weights="quadratic")
    declared = cohen_kappa(human, machine, scale=range(6), weights="quadratic")
    # Ranks 0, 1, 2, 2 against 0, 2, 2, 1: disagreement 2 of an expected
    # (1 + 2 * 4 + 1 + 2 * 1 + 2 * 4 + 2 * 1) / 4 = 22/4, so 1 - 8/22.
    assert narrow == pytest.approx(1 - 8 / 22)
    # By value: 2 * 16 of (1 + 2 * 25 + 1 + 2 * 16 + 2 * 25 + 2 * 16) / 4 = 166/4, so 1 - 128/166.
    assert declared == pytest.approx(1 - 128 / 166)


def test_a_gap_in_the_labels_closes_when_the_scale_is_read_off_the_data():
    # The pitfall as published tools have it: .750 by ranks among the labels present, .429 by
    # the declared 0 to 5. Rank disagreement 2 of 2 * 4 * (1 + 4 + 1) / 6 = 8;
    # by value 2 * 16 of 2 * 4 * (1 + 25 + 16) / 6 = 56.
    human, machine = [0, 0, 1, 1, 5, 5], [0, 0, 1, 5, 1, 5]
    by_rank = cohen_kappa(human, machine, scale=[0, 1, 5], weights="quadratic")
    assert by_rank == pytest.approx(1 - 2 / 8)
    declared = cohen_kappa(human, machine, scale=range(6), weights="quadratic")
    assert declared == pytest.approx(1 - 32 / 56)
    assert (round(by_rank, 3), round(declared, 3)) == (0.75, 0.429)


def test_kappa_of_constant_raters():
    assert cohen_kappa([1, 1], [1, 1], scale=[0, 1]) == Undefined(
        "both raters give one and the same label throughout"
    )
    # One constant rater: agreement is exactly what chance gives.
    assert cohen_kappa([1, 1, 0], [1, 1, 1], scale=[0, 1]) == pytest.approx(0.0)


def test_nothing_to_compare_is_undefined():
    for measure in (
        accuracy([], []),
        macro_f1([], [], labels=VERDICTS),
        cohen_kappa([], [], scale=VERDICTS),
        weighted_f1([], []),
    ):
        assert isinstance(measure, Undefined)
