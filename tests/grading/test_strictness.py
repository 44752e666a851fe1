from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.strictness import (
    POLICY_SHIFT,
    SCORED_SHARE,
    Prior,
    Strictness,
    Threshold,
    Thresholds,
    Weighed,
    learn_strictness,
)

VERDICTS = ("incorrect", "partial", "correct")


def prior(partial=(1.0, 1.5), correct=(-0.5, 1.0), correlation=0.6) -> Prior:
    thresholds = Thresholds(
        *(Threshold(intercept=mean, spread=spread) for mean, spread in (partial, correct))
    )
    return Prior(thresholds, correlation)


def intercepts(thresholds: Thresholds) -> tuple[float, float]:
    return thresholds.partial.intercept, thresholds.correct.intercept


def spreads(thresholds: Thresholds) -> tuple[float, float]:
    return thresholds.partial.spread, thresholds.correct.spread


def test_without_verdicts_it_is_exactly_the_policy():
    for policy, shift in POLICY_SHIFT.items():
        found = learn_strictness(prior(), (), policy)
        assert found == Strictness(policy, 0, found.believed, found.believed)
        assert intercepts(found.believed) == (1.0 + shift * 1.5, -0.5 + shift * 1.0)
        assert spreads(found.believed) == (1.5, 1.0)


def test_a_lenient_policy_begins_higher_than_a_strict_one():
    assert POLICY_SHIFT["lenient"] > POLICY_SHIFT["standard"] == 0 > POLICY_SHIFT["strict"]


def test_one_verdict_moves_to_where_prior_and_likelihood_balance():
    # Apart, each intercept b from N(0, 1) with one half of a "yes" at logit 0:
    # b = (1 - sigmoid(b)) / 2, so b = 0.2223, and 1 / spread^2 = 1 + 0.5553 * 0.4447 / 2.
    flat = prior((0.0, 1.0), (0.0, 1.0), 0.0)
    found = learn_strictness(flat, [Weighed(0.0, 0.0, "correct")], "standard")
    assert intercepts(found.believed) == pytest.approx((0.2223, 0.2223), abs=1e-4)
    assert spreads(found.believed) == pytest.approx((0.9435, 0.9435), abs=1e-4)
    # A partial answer is a "yes" to the first question and a "no" to the second.
    found = learn_strictness(flat, [Weighed(0.0, 0.0, "partial")], "standard")
    assert intercepts(found.believed) == pytest.approx((0.2223, -0.2223), abs=1e-4)


def test_what_is_learned_of_one_threshold_moves_a_related_one():
    # No logit of "correct" says anything here: at -30 nobody would have expected it.
    told = [Weighed(0.0, -30.0, "partial")]
    apart = learn_strictness(prior(correlation=0.0), told, "standard")
    together = learn_strictness(prior(correlation=0.9), told, "standard")
    assert apart.believed.correct.intercept == pytest.approx(-0.5, abs=1e-6)
    assert together.believed.correct.intercept > -0.4


def test_many_verdicts_outweigh_the_prior():
    # 800 of 1000 answers at logit 0 are correct: the intercept nears log(0.8 / 0.2) = 1.386.
    told = [Weighed(0.0, 0.0, "correct" if i % 5 else "incorrect") for i in range(1000)]
    found = learn_strictness(prior(), told, "standard")
    assert intercepts(found.believed) == pytest.approx((1.386, 1.386), abs=0.05)
    assert max(spreads(found.believed)) < 0.15


def test_the_score_takes_a_part_of_what_confidence_takes():
    told = [Weighed(0.2, -0.4, "correct")] * 6
    found = learn_strictness(prior(), told, "standard")
    for start, learned, scored in zip(
        prior().thresholds, found.believed, found.scored, strict=True
    ):
        moved = SCORED_SHARE * (learned.intercept - start.intercept)
        assert scored.intercept == pytest.approx(start.intercept + moved)
        assert scored.spread == start.spread
        assert moved > 0.1


def test_known_thresholds_have_nothing_to_learn():
    known = prior((0.3, 0.0), (-0.2, 0.0))
    found = learn_strictness(known, [Weighed(1.0, 1.0, "incorrect")], "lenient")
    assert found.believed == found.scored == known.thresholds
    assert found.verdicts == 1


TOLD = st.lists(
    st.builds(Weighed, st.floats(-8, 8), st.floats(-8, 8), st.sampled_from(VERDICTS)), max_size=25
)
PRIORS = st.builds(
    lambda means, wide, along: prior((means[0], wide[0]), (means[1], wide[1]), along),
    st.tuples(st.floats(-3, 5), st.floats(-4, 3)),
    st.tuples(st.floats(0.2, 3), st.floats(0.2, 3)),
    st.floats(0, 0.95),
)
POLICIES = st.sampled_from(sorted(POLICY_SHIFT))


@given(PRIORS, TOLD, POLICIES, st.data())
@settings(deadline=None, max_examples=120)
def test_a_more_lenient_verdict_never_lowers_an_intercept(prior, told, policy, data):
    raised = [
        one._replace(verdict=data.draw(st.sampled_from(VERDICTS[VERDICTS.index(one.verdict) :])))
        for one in told
    ]
    before = learn_strictness(prior, told, policy)
    after = learn_strictness(prior, raised, policy)
    for one, other in ((before.believed, after.believed), (before.scored, after.scored)):
        assert all(b >= a - 1e-6 for a, b in zip(intercepts(one), intercepts(other), strict=True))


@given(PRIORS, TOLD, POLICIES)
@settings(deadline=None, max_examples=80)
def test_verdicts_never_widen_a_spread_and_their_order_is_nothing(prior, told, policy):
    found = learn_strictness(prior, told, policy)
    start = spreads(prior.thresholds)
    assert all(a <= b + 1e-9 for a, b in zip(spreads(found.believed), start, strict=True))
    turned = learn_strictness(prior, told[::-1], policy)
    assert intercepts(turned.believed) == pytest.approx(intercepts(found.believed), abs=1e-6)


@given(PRIORS, TOLD)
@settings(deadline=None, max_examples=60)
def test_a_lenient_policy_never_ends_below_a_strict_one(prior, told):
    found = [
        intercepts(learn_strictness(prior, told, policy).believed)
        for policy in ("strict", "standard", "lenient")
    ]
    for lower, higher in itertools.pairwise(found):
        assert all(a <= b + 1e-6 for a, b in zip(lower, higher, strict=True))


def test_absurd_logits_end_in_finite_thresholds():
    told = [Weighed(1e300, -1e300, "incorrect"), Weighed(-1e300, 1e300, "correct")] * 50
    found = learn_strictness(prior(), told, "standard")
    assert all(map(math.isfinite, (*intercepts(found.believed), *spreads(found.believed))))
