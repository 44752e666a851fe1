from __future__ import annotations

from dataclasses import replace

import pytest

from evals.curves import POINTS, curves_of
from evals.outcomes import Failure
from evals.pairs import pairs_of


def test_bins_and_risk_by_hand(make_outcomes):
    rows = [
        ("q", "correct", "correct", {"confidence": 0.95}),
        ("q", "correct", "partial", {"confidence": 0.92}),
        ("q", "correct", "correct", {"confidence": 0.35}),
        ("q", "correct", "partial", {"confidence": 0.15}),
    ]
    curves = curves_of("fake", pairs_of(make_outcomes(rows)))
    # Bins [0.1, 0.2), [0.3, 0.4), [0.9, 1.0]: one, one and two grades.
    assert [(b.count, b.right) for b in curves.bins] == [(1, 0.0), (1, 1.0), (2, 0.5)]
    assert curves.bins[2].stated == pytest.approx(0.935)
    # Surest first: right, wrong, right, wrong.
    assert [p.coverage for p in curves.risk] == [0.25, 0.5, 0.75, 1.0]
    assert [p.risk for p in curves.risk] == pytest.approx([0.0, 1 / 2, 1 / 3, 2 / 4])


def test_a_long_curve_is_drawn_at_every_per_cent(make_outcomes):
    rows = [("q", "correct", "correct", {"confidence": n / 1000}) for n in range(1000)]
    curves = curves_of("fake", pairs_of(make_outcomes(rows)))
    assert len(curves.risk) == POINTS
    assert (curves.risk[0].coverage, curves.risk[-1].coverage) == (0.01, 1.0)


def test_why_there_is_no_curve(make_outcomes):
    failed = pairs_of(make_outcomes([("q", "correct", Failure(type="x", detail="y"))]))
    assert curves_of("fake", failed).note == "it graded nothing"
    graded = pairs_of(make_outcomes([("q", "correct", "correct")]))
    assert curves_of("fake", replace(graded, confidence=None)).note == "it states no confidence"
