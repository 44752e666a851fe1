from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.agreement import (
    Undefined,
    accuracy,
    cohen_kappa,
    confusion,
    krippendorff_alpha,
    macro_f1,
)

VERDICTS = ("incorrect", "partial", "correct")
LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)


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
        krippendorff_alpha([], scale=VERDICTS, level="nominal"),
    ):
        assert isinstance(measure, Undefined)


@given(LABELS, st.sampled_from(["none", "linear", "quadratic"]))
@settings(max_examples=60, deadline=None)
def test_labels_agree_with_scikit_learn(pairs, weights):
    metrics = pytest.importorskip("sklearn.metrics")
    human, machine = (np.array(side) for side in zip(*pairs, strict=True))
    scale = [0, 1, 2, 3]
    assert accuracy(human, machine) == pytest.approx(metrics.accuracy_score(human, machine))
    table = metrics.confusion_matrix(human, machine, labels=scale)
    assert confusion(human, machine, scale=scale).tolist() == table.tolist()
    used = sorted(set(human) | set(machine))
    f1 = metrics.f1_score(human, machine, labels=used, average="macro")
    assert macro_f1(human, machine, labels=scale) == pytest.approx(f1, abs=1e-9)
    ours = cohen_kappa(human, machine, scale=scale, weights=weights)
    if isinstance(ours, Undefined):
        assert len(set(human) | set(machine)) == 1
    else:
        theirs = metrics.cohen_kappa_score(
            human, machine, labels=scale, weights=None if weights == "none" else weights
        )
        assert ours == pytest.approx(theirs, abs=1e-9)


def test_alpha_worked_by_hand():
    # Units aa, ab, bb: coincidences aa 2, ab 1, ba 1, bb 2; n_a = n_b = 3, n = 6.
    # Observed disagreement 2/6; expected 2 * 3 * 3 / (6 * 5) = 18/30; alpha = 1 - 10/18 = 4/9.
    ratings = [["a", "a"], ["a", "b"], ["b", "b"]]
    assert krippendorff_alpha(ratings, scale="ab", level="nominal") == pytest.approx(4 / 9)


def test_ordinal_alpha_worked_by_hand():
    # Units 00, 01, 22 (three labels of 3, 1 and 2 ratings). Midranks 1.5, 3.5, 5, so squared
    # distances 0-1: 4, 0-2: 12.25, 1-2: 2.25. Observed 2 * 4 / 6 = 8/6.
    # Expected 2 * (3*1*4 + 3*2*12.25 + 1*2*2.25) / (6 * 5) = 180/30 = 6. alpha = 1 - 8/36.
    ratings = [[0, 0], [0, 1], [2, 2]]
    alpha = krippendorff_alpha(ratings, scale=[0, 1, 2], level="ordinal")
    assert alpha == pytest.approx(1 - 8 / 36)


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_of_krippendorffs_four_observers_with_gaps(level, published):
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    units = list(zip(*observers, strict=True))
    alpha = krippendorff_alpha(units, scale=[1, 2, 3, 4, 5], level=level)
    assert round(alpha, 3) == published


def test_alpha_without_pairs_or_without_variety():
    assert krippendorff_alpha([["a", None]], scale="ab", level="nominal") == Undefined(
        "no unit has two ratings"
    )
    assert krippendorff_alpha([["a", "a"]] * 3, scale="ab", level="ordinal") == Undefined(
        "every rating is the same label"
    )


@given(st.lists(st.lists(st.sampled_from([0, 1, 2, None]), min_size=3, max_size=3), max_size=12))
@settings(max_examples=60, deadline=None)
def test_alpha_is_one_minus_the_ratio_of_pair_disagreements(units):
    # Interval alpha from its definition, pair by pair.
    kept = [[r for r in unit if r is not None] for unit in units]
    kept = [unit for unit in kept if len(unit) > 1]
    everything = [r for unit in kept for r in unit]
    ours = krippendorff_alpha(units, scale=[0, 1, 2], level="interval")
    n = len(everything)
    expected = sum((a - b) ** 2 for a in everything for b in everything)
    if not expected:
        assert isinstance(ours, Undefined)
        return
    within = sum(sum((a - b) ** 2 for a in u for b in u) / (len(u) - 1) for u in kept)
    assert ours == pytest.approx(1 - (within / n) / (expected / (n * (n - 1))), abs=1e-9)
