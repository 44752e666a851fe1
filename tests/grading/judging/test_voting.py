from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.grading.judging.judgement import JudgedPoint, Judgement
from tutor.grading.judging.voting import stability, vote

COVERED = JudgedPoint("covered", (0, 4))
MISSING = JudgedPoint("missing")
WRONG = JudgedPoint("contradicted", (0, 4))
UNPROVED = JudgedPoint("missing", unproved=True)


def elected(*ballots: JudgedPoint) -> JudgedPoint:
    (point,) = vote([Judgement((ballot,)) for ballot in ballots]).points
    return point


@pytest.mark.parametrize(
    ("ballots", "status", "unproved", "share"),
    [
        ((COVERED, COVERED, MISSING), "covered", False, 2 / 3),
        ((COVERED, MISSING), "missing", True, 1 / 2),  # a half is no majority
        ((COVERED, MISSING, WRONG), "missing", True, 1 / 3),
        ((COVERED, COVERED, MISSING, MISSING), "missing", True, 1 / 2),
        ((COVERED, UNPROVED, UNPROVED), "missing", True, 2 / 3),
        ((COVERED, COVERED, UNPROVED), "covered", False, 2 / 3),
        # A quote that was not found is no vote for missing: one of three is no majority.
        ((MISSING, UNPROVED, COVERED), "missing", True, 1 / 3),
        ((MISSING, MISSING, UNPROVED), "missing", False, 2 / 3),
        ((WRONG,), "contradicted", False, 1),
    ],
)
def test_more_than_half_decide(ballots, status, unproved, share):
    point = elected(*ballots)
    assert (point.status, point.unproved) == (status, unproved)
    assert point.stability == pytest.approx(share)


def test_the_span_is_the_one_quoted_most_by_those_who_won():
    short, long = JudgedPoint("covered", (3, 5)), JudgedPoint("covered", (0, 9))
    other = JudgedPoint("contradicted", (7, 9))
    assert elected(long, short, other, short, other).span == (3, 5)
    assert elected(long, short, other).span == (0, 9)  # a tie: the first
    third = JudgedPoint("covered", (4, 5))
    assert elected(other, other, long, short, third).span == (0, 9)  # losers quote in vain


def test_a_wrong_claim_needs_more_than_half_who_name_the_passage():
    samples = [[(0, 10)], [(5, 12), (20, 25)], [(40, 44)]]
    judgement = vote([Judgement((), tuple(spans)) for spans in samples])
    # Two of three overlap at the beginning; the other two passages have one vote each.
    assert judgement.wrong == ((0, 10),)


def test_half_of_the_judgements_make_no_wrong_claim():
    assert vote([Judgement((), ((0, 10),)), Judgement(())]).wrong == ()


def test_passages_that_do_not_overlap_lend_each_other_no_votes():
    # Each of the outer two overlaps with the middle one, which alone has three votes.
    samples = [[(0, 10)], [(8, 20)], [(18, 30)], [], []]
    judgement = vote([Judgement((), tuple(spans)) for spans in samples])
    assert judgement.wrong == ((8, 20),)


def test_stability_is_the_mean_over_the_points():
    ballots = [(COVERED, MISSING), (COVERED, COVERED), (COVERED, MISSING)]
    assert stability(vote([Judgement(each) for each in ballots])) == pytest.approx(5 / 6)
    assert stability(Judgement(())) == 1


POINT = st.sampled_from([COVERED, MISSING, WRONG, UNPROVED])


@given(st.lists(st.tuples(POINT, POINT), min_size=1, max_size=7), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=150)
def test_the_order_of_the_judgements_is_of_no_account(ballots, chance):
    shuffled = chance.sample(ballots, len(ballots))
    assert vote([Judgement(each) for each in ballots]) == vote(
        [Judgement(each) for each in shuffled]
    )


@given(st.tuples(POINT, POINT), st.integers(1, 5))
@settings(deadline=None, max_examples=50)
def test_judgements_that_agree_stand_as_they_are(points, times):
    judgement = Judgement(points, ((2, 3), (5, 7)))
    assert vote([judgement] * times) == judgement
