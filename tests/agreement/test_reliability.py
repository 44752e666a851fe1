from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.agreement import Undefined, cohen_kappa, gwet_ac, krippendorff_alpha

OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
"""Krippendorff's four observers of twelve units, which Gwet also works out."""
UNITS = list(zip(*OBSERVERS, strict=True))


def two_raters(both, first_only, second_only, neither):
    """Ratings of two raters out of a two by two table."""
    return [[1, 1]] * both + [[1, 0]] * first_only + [[0, 1]] * second_only + [[0, 0]] * neither


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
    alpha = krippendorff_alpha(UNITS, scale=[1, 2, 3, 4, 5], level=level)
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


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.691), ("ordinal", 0.807), ("interval", 0.811)]
)
def test_alpha_of_three_coders_with_many_gaps(level, published):
    coders = [
        [None, None, None, None, None, 3, 4, 1, 2, 1, 1, 3, 3, None, 3],
        [1, None, 2, 1, 3, 3, 4, 3, None, None, None, None, None, None, None],
        [None, None, 2, 1, 3, 4, 4, None, 2, 1, 1, 3, 3, None, 4],
    ]
    units = list(zip(*coders, strict=True))
    alpha = krippendorff_alpha(units, scale=[1, 2, 3, 4], level=level)
    assert round(alpha, 3) == published


@pytest.mark.parametrize(
    ("table", "kappa", "alpha", "ac1"),
    [
        ((45, 5, 5, 45), 0.80, 0.80, 0.80),
        ((88, 5, 5, 2), 0.23, 0.24, 0.89),
        ((90, 5, 5, 0), -0.05, -0.05, 0.89),
    ],
)
def test_the_paradox_of_kappa(table, kappa, alpha, ac1):
    # Raters agree on 90 of 100 in all three, but the last two hardly ever say "no".
    # 90/5/5/0: by chance .95^2 + .05^2 = .905, kappa -.005 / .095; for AC1 chance is
    # 2 * .95 * .05 = .095, (.9 - .095) / .905 = .8895.
    units = two_raters(*table)
    first, second = zip(*units, strict=True)
    assert round(cohen_kappa(first, second, scale=[0, 1]), 2) == kappa
    assert round(krippendorff_alpha(units, scale=[0, 1], level="nominal"), 2) == alpha
    assert round(gwet_ac(units, scale=[0, 1]), 2) == ac1


def test_ac1_of_four_observers_with_gaps():
    # Published: 0.77544. The eleventh unit but one has a lone rating, which counts for the
    # shares of the labels but is no pair.
    assert gwet_ac(UNITS, scale=[1, 2, 3, 4, 5]) == pytest.approx(0.77544, abs=5e-6)


def test_ac2_worked_by_hand():
    # Ranks 0-0, 0-1, 2-2, quadratic credit 1, 3/4, 1: observed 11/12. Shares 1/2, 1/6, 1/3:
    # sum p (1 - p) = 1/4 + 5/36 + 2/9 = 22/36. Sum of credits 3 + 4 * 3/4 = 6, so chance
    # 6 / (3 * 2) * 22/36 = 11/18. (11/12 - 11/18) / (7/18) = (33/36 - 22/36) / (14/36) = 11/14.
    found = gwet_ac([[0, 0], [0, 1], [2, 2]], scale=[0, 1, 2], weights="quadratic")
    assert found == pytest.approx(11 / 14)


def test_ac1_of_one_label_is_full_agreement_where_kappa_has_no_answer():
    units = [["a", "a"]] * 3
    assert gwet_ac(units, scale="ab") == 1.0
    assert isinstance(cohen_kappa(list("aaa"), list("aaa"), scale="ab"), Undefined)


def test_labels_that_nobody_uses_make_chance_smaller():
    # Observed 2/4 with shares .5 and .5: chance 1/2 on two labels, 1/4 on three.
    units = two_raters(1, 1, 1, 1)
    assert gwet_ac(units, scale=[0, 1]) == pytest.approx(0.0)
    assert gwet_ac(units, scale=[0, 1, 2]) == pytest.approx((0.5 - 0.25) / 0.75)


@pytest.mark.parametrize("units", [[], [[]], [["a", None], [None, None]], [["a"]]])
def test_without_a_pair_of_ratings_nothing_is_said(units):
    nothing = Undefined("no unit has two ratings")
    assert gwet_ac(units, scale="ab") == nothing
    assert krippendorff_alpha(units, scale="ab", level="nominal") == nothing


def test_a_scale_of_one_label_leaves_no_choice():
    assert gwet_ac([["a", "a"]], scale="a") == Undefined("a scale of one label leaves no choice")


def test_a_rating_off_the_scale_is_refused():
    with pytest.raises(ValueError, match="label c is not on the scale"):
        gwet_ac([["a", "c"]], scale="ab")
