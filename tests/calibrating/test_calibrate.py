from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tutor.calibrating.answers import VERDICTS, digest_of
from tutor.calibrating.calibrate import DECIDING, calibrate
from tutor.errors import InvalidInputError
from tutor.grading.calibration import Calibration
from tutor.grading.local import LocalGrader

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def stricter(labelled):
    """The same answers, graded by people who give nothing for half an answer."""
    return [
        replace(one, verdict="incorrect") if one.verdict == "partial" else one for one in labelled
    ]


def shuffled(labelled, seed):
    verdicts = [one.verdict for one in labelled]
    random.Random(seed).shuffle(verdicts)
    return [replace(one, verdict=v) for one, v in zip(labelled, verdicts, strict=True)]


@pytest.fixture(scope="module")
def found(labelled, grader, start):
    return calibrate(stricter(labelled), grader, start, now=NOON)


def test_people_of_another_strictness_are_met(found):
    assert {"log_loss", "accuracy"} <= set(found.better)
    assert found.worse == ()


def test_it_says_what_it_is_and_where_it_is_from(found, labelled, start):
    digest = digest_of(stricter(labelled))
    assert found.calibration.name == f"own-{digest[:8]}"
    assert found.calibration.embedder == start.embedder
    assert found.calibration.fingerprint == start.fingerprint
    provenance = dict(found.calibration.provenance)
    assert provenance.pop("tutor")
    assert provenance == {
        "script": "tutor calibrate",
        "source": "labelled answers",
        "answers": 345,
        "questions": 80,
        # 97 incorrect and 87 partial in the data; all of the latter are incorrect here.
        "verdicts": {"incorrect": 184, "partial": 0, "correct": 161},
        "languages": provenance["languages"],
        "sha256": digest,
        "folds": 5,
        "moved": ["thresholds", "weights", "cuts"],
        "policy": "standard",
        "date": "2026-11-24",
        "based_on": {"name": start.name, "provenance": start.provenance},
    }
    assert sum(provenance["languages"].values()) == 345
    assert Calibration.model_validate_json(found.calibration.model_dump_json())


def test_the_same_answers_give_the_same_figures(found, labelled, grader, start):
    assert calibrate(stricter(labelled), grader, start, now=NOON) == found


@pytest.mark.parametrize("seed", [1, 2])
def test_verdicts_by_chance_show_no_improvement(labelled, start, seed):
    """Beginning with a calibration that knows how often people give which verdict, nothing is
    left to learn from verdicts that have nothing to do with the answers."""
    knows = calibrate(shuffled(labelled, 10 + seed), LocalGrader(start), start, now=NOON)
    grader = LocalGrader(knows.calibration)
    again = calibrate(shuffled(labelled, seed), grader, knows.calibration, now=NOON)
    assert again.better == ()


def test_a_fit_to_verdicts_by_chance_is_no_better_than_naming_the_commonest(
    labelled, grader, start
):
    blind = calibrate(shuffled(labelled, 3), grader, start, now=NOON)
    commonest = max([one.verdict for one in labelled].count(verdict) for verdict in VERDICTS)
    assert blind.changes["accuracy"].after.value <= commonest / len(labelled)


def test_a_start_that_was_fitted_on_the_same_answers_is_refused(found, labelled):
    fitted = found.calibration
    with pytest.raises(InvalidInputError, match=f"{fitted.name} was fitted on these very answers"):
        calibrate(stricter(labelled), LocalGrader(fitted), fitted, now=NOON)


def test_too_little_is_refused(labelled, grader, start):
    with pytest.raises(InvalidInputError, match="too little to fit on: 29 labelled answers"):
        calibrate(labelled[:29], grader, start, now=NOON)


def test_overrides_move_the_intercepts_alone(labelled, grader, start):
    found = calibrate(labelled, grader, start, overrides=True, now=NOON)
    assert found.calibration.weights == start.weights
    assert found.calibration.correct_from == start.correct_from
    assert found.calibration.provenance["source"] == "overrides of a deck"
    assert found.calibration.provenance["moved"] == ["thresholds"]


def test_overrides_move_half_the_way(labelled, grader, start):
    usual = calibrate(labelled[:200], grader, start, now=NOON).calibration
    half = calibrate(labelled[:200], grader, start, overrides=True, now=NOON).calibration
    middle = (usual.correct.intercept + start.correct.intercept) / 2
    assert usual.weights == start.weights
    assert half.correct.intercept == pytest.approx(middle, abs=2e-4)
    assert half.correct.intercept != pytest.approx(start.correct.intercept, abs=0.01)


def test_overrides_of_mistakes_alone_are_refused(labelled, grader, start):
    wrong = [one for one in labelled if grader.grade(one.item, one.answer).verdict != one.verdict]
    right = [one for one in labelled if one not in wrong]
    assert len(wrong) > 90
    with pytest.raises(InvalidInputError, match="only 29 of 119 rulings agree with the grader"):
        calibrate(wrong[:90] + right[:29], grader, start, overrides=True, now=NOON)
    # 30 of 120 are a quarter.
    calibrate(wrong[:90] + right[:30], grader, start, overrides=True, now=NOON)


def test_a_figure_that_decides_is_named_when_it_is_worse(found):
    turned = {
        name: replace(change, direction="worse") if name == "ece" else change
        for name, change in found.changes.items()
    }
    assert replace(found, changes=turned).worse == ()
    turned["macro_f1"] = replace(found.changes["macro_f1"], direction="worse")
    assert replace(found, changes=turned).worse == ("macro_f1",)
    assert "macro_f1" in DECIDING


@pytest.mark.parametrize(("right", "worse"), [(0.849, ("right_when_sure",)), (0.85, ())])
def test_sure_grades_may_be_right_less_often_down_to_the_stated_rate(found, right, worse):
    was = found.changes["right_when_sure"]
    now = replace(was, direction="worse", after=replace(was.after, value=right))
    assert replace(found, changes={**found.changes, "right_when_sure": now}).worse == worse
