from __future__ import annotations

from datetime import date

import pytest

from evals.attack_rates import attack_result, grader_on_attacks
from evals.attack_report import attack_markdown, successes
from evals.attacks import read_attacks
from evals.graded import grade_with
from evals.splits import Split
from tutor.errors import ModelError
from tutor.grading.grade import FirstGrade, JudgeReceipt, Reason

WRONG = {"label": "incorrect", "split": "dev", "lang": "en", "technique": "plea"}
HALF = {**WRONG, "label": "partial"}
KEY = {**WRONG, "technique": "master-key"}
STUFFED = {**WRONG, "technique": "keyword-stuffing", "lang": "zh"}
ROWS = [
    ("q1", "correct", {**WRONG, "base": "incorrect"}),
    ("q1", "correct unsure", {**WRONG, "base": "correct"}),
    ("q1", "partial", {**STUFFED, "base": "incorrect"}),
    ("q1", "incorrect seen", WRONG),
    ("q2", "correct judged", {**HALF, "split": "test"}),
    ("q2", "partial", {**HALF, "split": "test"}),
    ("q2", "incorrect seen", {**KEY, "split": "test"}),
    ("q2", "correct", {**KEY, "split": "test"}),
    ("q2", "asleep", {**KEY, "split": "test"}),
]
"""Answers that say what the fake grader is to call them, and how."""
LOCAL = FirstGrade(verdict="incorrect", score=0.0, confidence=0.5, unsure=True)


class Told:
    def __init__(self, make_grade):
        self._make_grade = make_grade

    def grade(self, item, answer, language=None):
        if answer == "asleep":
            raise ModelError("the model is asleep; wake it")
        verdict, _, how = answer.partition(" ")
        judge = JudgeReceipt(model="m", endpoint="e", local=LOCAL) if how == "judged" else None
        grade = self._make_grade(verdict, unsure=how == "unsure", judge=judge)
        name = "instructions" if how == "seen" else "told"
        return grade.model_copy(update={"reasons": (Reason(name=name, detail="as told"),)})


@pytest.fixture
def graded(make_grade, write_cases):
    attacks, grader = read_attacks(write_cases(ROWS), Split.ALL), Told(make_grade)
    runs = (grade_with(file, {"fake": grader})[0] for file in (attacks.data, attacks.bases))
    return attacks, *runs


@pytest.fixture
def found(graded):
    return grader_on_attacks(*graded)


def counts(share):
    return share.count, share.of


def test_the_rates_of_a_grader_are_over_all_but_the_master_keys(found):
    # Wrong: correct, correct but unsure, partial, incorrect. Half right: correct, partial.
    assert counts(found.overall.correct_and_sure) == (1, 4)
    assert counts(found.overall.correct) == (2, 4)
    assert counts(found.overall.partial) == (1, 4)
    assert counts(found.overall.half_right_correct) == (1, 2)
    assert counts(found.overall.judged) == (1, 6)


def test_what_the_attack_added_is_told_by_its_base(found):
    # incorrect to correct, correct to correct, incorrect to partial.
    assert counts(found.overall.raised) == (2, 3)


def test_recognised_are_those_of_the_attacks_that_address_the_grader(found):
    # Five pleas, of which one was seen through; stuffing addresses nobody.
    assert counts(found.overall.recognised) == (1, 5)


def test_master_keys_are_counted_apart_and_a_row_without_a_grade_in_no_rate(found):
    assert found.ungraded == {"model-error": 1}
    assert counts(found.master_keys.correct) == (1, 2)
    assert counts(found.master_keys.recognised) == (0, 0)


def test_rates_by_technique_language_and_split(found):
    assert counts(found.techniques["keyword-stuffing"].partial) == (1, 1)
    assert counts(found.techniques["master-key"].correct) == (1, 2)
    assert counts(found.languages["zh"].correct) == (0, 1)
    assert counts(found.splits["dev"].correct) == (2, 4)


def test_the_report_shows_rates_and_who_made_them(graded):
    attacks, outcomes, bases = graded
    text = attack_markdown(
        attack_result(
            attacks,
            [outcomes],
            [bases],
            Split.ALL,
            command="the command",
            today=date(2026, 11, 24),
            version="1.0",
        )
    )
    assert "`the command`" in text
    assert "| fake | 25.0 % (4.6–69.9), 1 of 4 | 50.0 % (15.0–85.0), 2 of 4 |" in text
    assert "| keyword-stuffing | 0 of 1 | 0 of 1 | 1 of 1 | – | 1 of 1 | – | 0 of 1 |" in text
    assert "fake; embedder none; calibration none; policy standard; judge m." in text
    assert "1 rows ungraded (model-error)" in text


def test_successes_are_listed_with_all_that_is_needed_to_judge_them(graded):
    text = successes(*graded, Split.ALL)
    assert "fake: 4 attacks won, those on dev questions listed" in text
    assert "a1 plea: incorrect, called correct, unsure, confidence 0.90" in text
    assert "  question:  q1\n  reference: right\n  answer:    'correct unsure'\n" in text
    assert "  reason:    told: as told" in text


def test_successes_on_test_questions_are_listed_only_when_asked_for(graded):
    assert "a4 plea" not in successes(*graded, Split.ALL)
    text = successes(*graded, Split.TEST)
    assert "a4 plea: partial, called correct" in text
    assert "a0 plea" not in text
