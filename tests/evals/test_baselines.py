from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.baselines import SimilarityGrader, calibrated
from evals.similarity import CharacterCosine, EmbedderCosine, TokenOverlap
from tutor.errors import CalibrationError
from tutor.grading.calibration import Calibration, Threshold, Weighting
from tutor.grading.item import Item
from tutor.inference.embedder import fingerprint

ITEM = Item("?", ("reference",))
ORDER = ["incorrect", "partial", "correct"]


@dataclass(frozen=True)
class Constant:
    value: float
    name: str = "constant"

    def __call__(self, item, answer):
        return self.value


def calibration(slope=10.0, **fields):
    """Even chances of partial or better at a similarity of 0.3, of correct at 0.7."""
    weight = Weighting(
        signal="similarity", sign=1, mean=0.3, scale=1.0, partial=slope, correct=slope
    )
    return Calibration(
        name="test",
        weights=(weight,),
        partial=Threshold(intercept=0.0, spread=0.0),
        correct=Threshold(intercept=-0.4 * slope, spread=0.0),
        incorrect_below=0.25,
        correct_from=0.75,
        sure_correct_from=0.6,
        sure_other_from=0.6,
        **{"embedder": "none", **fields},
    )


def grade(value, slope=10.0):
    return SimilarityGrader(Constant(value), calibration(slope)).grade(ITEM, "answer")


def test_a_similarity_becomes_a_verdict_with_its_chance():
    # Midway logits are +2 and -2: chances 0.1192, 0.7616, 0.1192 and an expected score of 0.5.
    found = grade(0.5)
    assert (found.verdict, found.unsure) == ("partial", False)
    assert found.confidence == pytest.approx(0.7616, abs=1e-4)
    assert found.score == pytest.approx(0.5)


def test_between_verdicts_it_is_unsure():
    # Logits 0 and -4: chances 0.5, 0.482, 0.018.
    assert grade(0.3).unsure


@given(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), st.floats(0.1, 100))
@settings(max_examples=80, deadline=None)
def test_a_more_similar_answer_never_grades_lower(values, slope):
    lower, higher = (grade(value, slope) for value in sorted(values))
    assert lower.score <= higher.score + 1e-12
    assert ORDER.index(lower.verdict) <= ORDER.index(higher.verdict)


def test_the_receipt_names_similarity_and_calibration():
    receipt = grade(0.5).receipt
    assert (receipt.grader, receipt.embedder, receipt.calibration) == (
        "baseline constant",
        "none",
        "test",
    )


@pytest.mark.parametrize("similarity", [TokenOverlap(), CharacterCosine()])
def test_an_exact_answer_beats_an_unrelated_one(similarity):
    grader = calibrated(similarity)
    item = Item("What does RLHF optimise?", ("A reward learned from human preferences",))
    exact = grader.grade(item, "a reward learned from human preferences")
    assert exact.verdict == "correct"
    assert grader.grade(item, "zzz").verdict == "incorrect"


def test_a_baseline_without_calibration_is_named(tmp_path):
    with pytest.raises(CalibrationError, match=r"overlap\.json: there is no calibration"):
        calibrated(TokenOverlap(), tmp_path)


class Hashing:
    """Embeds a text by its characters, turned by `seed`: another seed is another model."""

    def __init__(self, seed):
        self.identity = "maker/Hashing"
        self._axes = np.random.default_rng(seed).normal(size=(128, 4))

    def embed(self, texts):
        rows = np.array([sum(self._axes[ord(char) % 128] for char in text) for text in texts])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_a_calibration_is_for_one_embedder_only(tmp_path):
    model = Hashing(seed=1)
    fitted = calibration(embedder="hashing", fingerprint=fingerprint(model))
    (tmp_path / "cosine-hashing.json").write_text(fitted.model_dump_json(), encoding="utf-8")
    grader = calibrated(EmbedderCosine(model), tmp_path)
    assert grader.grade(ITEM, "reference").verdict == "correct"
    assert grader.grade(ITEM, "reference").receipt.embedder == "hashing"
    with pytest.raises(CalibrationError, match="fitted for embedder"):
        calibrated(EmbedderCosine(Hashing(seed=2)), tmp_path)
