from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.baselines import OrderedCuts, SimilarityGrader, load_cuts
from evals.similarity import CharacterCosine, TokenOverlap
from tutor.errors import CalibrationError
from tutor.grading.item import Item

ITEM = Item("?", ("reference",))
ORDER = ["incorrect", "partial", "correct"]


@dataclass(frozen=True)
class Constant:
    value: float
    name: str = "constant"
    embedder: str = "none"

    def __call__(self, item, answer):
        return self.value


def grade(value, slope=10.0):
    cuts = OrderedCuts("test", slope, partial_at=0.3, correct_at=0.7)
    return SimilarityGrader(Constant(value), cuts).grade(ITEM, "answer")


def test_cuts_are_where_chances_are_even():
    cuts = OrderedCuts("test", 10.0, partial_at=0.3, correct_at=0.7)
    assert cuts.probabilities([0.3])[0] == pytest.approx(0.5)
    assert cuts.probabilities([0.7])[2] == pytest.approx(0.5)


def test_chances_worked_by_hand():
    # At the middle of the cuts, logits are +2 and -2: 0.1192, 0.7616, 0.1192.
    chances = OrderedCuts("test", 10.0, partial_at=0.3, correct_at=0.7).probabilities([0.5])
    assert chances == pytest.approx((0.1192, 0.7616, 0.1192), abs=1e-4)


def test_the_most_probable_verdict_is_given_with_its_chance():
    found = grade(0.5)
    assert (found.verdict, found.unsure) == ("partial", False)
    assert found.confidence == pytest.approx(0.7616, abs=1e-4)
    # Expected score: 0.1192 * 1 + 0.7616 / 2 = 0.5.
    assert found.score == pytest.approx(0.5)
    assert grade(0.31).unsure


@given(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), st.floats(0.1, 500))
@settings(max_examples=80, deadline=None)
def test_a_more_similar_answer_never_grades_lower(values, slope):
    lower, higher = (grade(value, slope) for value in sorted(values))
    assert lower.score <= higher.score + 1e-12
    assert ORDER.index(lower.verdict) <= ORDER.index(higher.verdict)


def test_the_receipt_names_similarity_and_parameters():
    receipt = grade(0.5).receipt
    assert (receipt.grader, receipt.embedder, receipt.calibration) == (
        "baseline constant",
        "none",
        "test",
    )


@pytest.mark.parametrize("similarity", [TokenOverlap(), CharacterCosine()])
def test_an_exact_answer_beats_an_unrelated_one(similarity):
    grader = SimilarityGrader(similarity, load_cuts(similarity))
    item = Item("What does RLHF optimise?", ("A reward learned from human preferences",))
    exact = grader.grade(item, "a reward learned from human preferences")
    assert exact.verdict == "correct"
    assert grader.grade(item, "zzz").verdict == "incorrect"


def test_parameters_say_what_they_were_fitted_on(tmp_path):
    path = tmp_path / "baselines.json"
    values = {"slope": 1, "partial_at": 0.2, "correct_at": 0.4}
    fits = {"constant": {**values, "fitted_on": "school 12ab"}, "e5": {**values, "fitted_on": None}}
    path.write_text(json.dumps(fits), encoding="utf-8")
    assert load_cuts(Constant(0.1), path).identity == "constant, school 12ab"
    assert load_cuts(Constant(0.1, embedder="e5"), path).identity == "e5, unfitted"


def test_parameters_of_another_embedder_are_refused():
    with pytest.raises(CalibrationError, match="no parameters for e6, only for overlap"):
        load_cuts(Constant(0.1, embedder="e6"))


def test_damaged_parameters_are_named(tmp_path):
    path = tmp_path / "baselines.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CalibrationError, match=r"baselines\.json: cannot be read"):
        load_cuts(TokenOverlap(), path)
