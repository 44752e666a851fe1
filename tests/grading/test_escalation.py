from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tutor.grading.calibration import BUNDLED, Calibration, load_calibration
from tutor.grading.escalation import Enough, is_enough, is_settled
from tutor.grading.grade import Grade, Reason, Verdict
from tutor.grading.item import Item
from tutor.grading.local import LocalGrader

TABLE = (
    Enough(
        agreement=0.85,
        free={"correct": 0.78, "incorrect": 0.9},
        cloze={"incorrect": 0.85},
        kept=0.3,
        measured=0.9,
    ),
    Enough(agreement=0.95, cloze={"incorrect": 0.9}, kept=0.1, measured=0.97),
)
GRADER = LocalGrader(load_calibration())
CITY = Item("What is the capital of France?", ("Paris is the capital of France.",))


def weighed(verdict: Verdict, confidence: float, unsure: bool = False) -> Grade:
    """A grade that signals decided, with only what matters here."""
    score = {"incorrect": 0.0, "partial": 0.5, "correct": 1.0}[verdict]
    grade = GRADER.grade(CITY, "Paris is the capital of Spain and France.")
    return grade.model_copy(
        update={
            "verdict": verdict,
            "score": score,
            "confidence": confidence,
            "unsure": unsure,
            "reasons": (Reason(name="coverage", detail="says about half"),),
        }
    )


def test_the_row_of_the_agreement_decides():
    assert is_enough(weighed("correct", 0.78), "free", TABLE, 0.85)
    assert not is_enough(weighed("correct", 0.77), "free", TABLE, 0.85)
    assert not is_enough(weighed("correct", 0.99), "free", TABLE, 0.95)


def test_between_two_rows_the_higher_one_decides():
    assert is_enough(weighed("correct", 0.8), "free", TABLE, 0.5)
    assert not is_enough(weighed("correct", 0.8), "free", TABLE, 0.86)
    assert is_enough(weighed("incorrect", 0.9), "cloze", TABLE, 0.86)
    assert not is_enough(weighed("incorrect", 0.89), "cloze", TABLE, 0.86)


def test_a_verdict_that_is_not_in_the_row_is_never_enough():
    assert not is_enough(weighed("partial", 1.0), "free", TABLE, 0.85)
    assert not is_enough(weighed("correct", 1.0), "cloze", TABLE, 0.85)


def test_what_is_unsure_is_never_enough():
    assert not is_enough(weighed("correct", 1.0, unsure=True), "free", TABLE, 0.85)


@pytest.mark.parametrize("agreement", [0.96, 1.0])
def test_beyond_the_table_only_what_a_guard_settled_is_enough(agreement):
    assert not is_enough(weighed("incorrect", 1.0), "cloze", TABLE, agreement)
    assert is_enough(GRADER.grade(CITY, "I don't know."), "free", TABLE, agreement)


@pytest.mark.parametrize("answer", ["", "...", "I don't know.", "Paris is the capital of France."])
def test_what_a_guard_settled_is_enough_without_a_table(answer):
    local = GRADER.grade(CITY, answer)
    assert is_settled(local)
    assert is_enough(local, "free", (), 0.98)


def test_what_the_signals_decide_is_not_settled():
    local = GRADER.grade(CITY, "France is governed from Paris, a large city.")
    assert not is_settled(local)
    assert not is_enough(local, "free", (), 0.5)


def test_a_likely_fill_is_doubted_and_so_goes_to_the_judge():
    blank = Item("The capital of France is [...].", ("Paris",), kind="cloze")
    local = GRADER.grade(blank, "Pariss")
    assert (local.verdict, local.unsure) == ("correct", True)
    assert not is_enough(local, "cloze", load_calibration().escalation, 0.5)


@given(
    st.sampled_from(["incorrect", "partial", "correct"]),
    st.sampled_from(["free", "cloze"]),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0.01, 1),
    st.floats(0.01, 1),
)
@settings(deadline=None, max_examples=100)
def test_more_confidence_and_less_agreement_never_ask_a_judge(
    verdict, kind, confidence, more, agreement, less
):
    confidence, more = sorted((confidence, more))
    less, agreement = sorted((less, agreement))
    if is_enough(weighed(verdict, confidence), kind, TABLE, agreement):
        assert is_enough(weighed(verdict, more), kind, TABLE, agreement)
        assert is_enough(weighed(verdict, confidence), kind, TABLE, less)


def changed(table) -> Calibration:
    return Calibration.model_validate({**load_calibration().model_dump(), "escalation": table})


def test_a_calibration_without_a_table_is_valid():
    assert changed(()).escalation == ()


@pytest.mark.parametrize(
    "table",
    [
        TABLE[::-1],
        (TABLE[0], TABLE[0]),
        # 0.8 for incorrect fills at .95 lets more stand than 0.85 at .85.
        (TABLE[0], TABLE[1].model_copy(update={"cloze": {"incorrect": 0.8}})),
        # Nothing of partial stands at .85.
        (TABLE[0], TABLE[1].model_copy(update={"free": {"partial": 1.0}})),
    ],
)
def test_a_table_in_which_more_agreement_leaves_more_grades_is_refused(table):
    with pytest.raises(ValidationError, match="more agreement"):
        changed(table)


@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_calibration_says_what_is_enough_at_the_default(name):
    data = files("tutor.grading").joinpath("data", "calibrations", name)
    calibration = Calibration.model_validate_json(data.read_bytes())
    row = next(row for row in calibration.escalation if row.agreement >= 0.95)
    # Measured on sets that were left out, what stands agrees as often as was asked for.
    assert row.measured >= row.agreement
