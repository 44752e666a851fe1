from __future__ import annotations

from datetime import date

import pytest

from evals.graded import grade_with
from evals.near_copies import read_near_copies
from evals.near_copy_rates import grader_rates, near_copy_result
from evals.near_copy_report import markdown, misses
from evals.splits import Split
from tutor.errors import ModelError
from tutor.grading.grade import Reason

WRONG = {"label": "incorrect", "change": "decisive", "lang": "en"}
RIGHT = {"label": "correct", "change": "harmless", "lang": "zh"}
ROWS = [
    ("q1", "correct", {**WRONG, "split": "dev", "edit": "number"}),
    ("q1", "correct?", {**WRONG, "split": "dev", "edit": "order"}),
    ("q1", "incorrect", {**WRONG, "split": "dev", "edit": "order"}),
    ("q2", "correct", {**WRONG, "split": "test", "edit": "order"}),
    ("q1", "correct", {**RIGHT, "split": "dev", "edit": "synonym"}),
    ("q1", "correct?", {**RIGHT, "split": "dev", "edit": "synonym"}),
    ("q1", "incorrect?", {**RIGHT, "split": "dev", "edit": "voice"}),
    ("q2", "incorrect", {**RIGHT, "split": "test", "edit": "voice"}),
    ("q2", "partial", {**RIGHT, "split": "test", "edit": "voice"}),
    ("q2", "asleep", {**RIGHT, "split": "test", "edit": "voice"}),
]
"""Answers that say what the fake grader is to call them, and `?` for unsure."""


class Obedient:
    def __init__(self, make_grade):
        self._make_grade = make_grade

    def grade(self, item, answer, language=None):
        if answer == "asleep":
            raise ModelError("the model is asleep; wake it")
        grade = self._make_grade(answer.rstrip("?"), unsure=answer.endswith("?"))
        return grade.model_copy(update={"reasons": (Reason(name="told", detail="as told"),)})


@pytest.fixture
def graded(make_grade, write_cases):
    copies = read_near_copies(write_cases(ROWS), Split.ALL)
    return copies, *grade_with(copies.data, {"fake": Obedient(make_grade)})


@pytest.fixture
def found(graded):
    return grader_rates(*graded)


def counts(share):
    return share.count, share.of


def test_the_rates_of_a_grader(found):
    # Decisive: correct, correct but unsure, incorrect, correct.
    assert counts(found.overall.decisive_correct_and_sure) == (2, 4)
    assert counts(found.overall.decisive_correct) == (3, 4)
    # Harmless and graded: correct, correct but unsure, incorrect and unsure, incorrect, partial.
    assert counts(found.overall.harmless_incorrect) == (2, 5)
    assert counts(found.overall.harmless_partial) == (1, 5)
    assert counts(found.overall.harmless_unsure) == (2, 5)
    assert counts(found.overall.harmless_incorrect_or_unsure) == (3, 5)


def test_a_row_without_a_grade_counts_in_no_rate(found):
    assert found.ungraded == {"model-error": 1}
    assert counts(found.splits["test"].harmless_incorrect) == (1, 2)


def test_rates_by_kind_language_and_split(found):
    assert counts(found.edits["order"].decisive_correct) == (2, 3)
    assert counts(found.edits["order"].harmless_incorrect) == (0, 0)
    assert counts(found.languages["en"].decisive_correct) == (3, 4)
    assert counts(found.splits["dev"].decisive_correct) == (2, 3)


def test_the_report_shows_rates_and_who_made_them(graded):
    copies, outcomes = graded
    text = markdown(
        near_copy_result(
            copies,
            [outcomes],
            Split.ALL,
            command="the command",
            today=date(2026, 11, 24),
            version="1.0",
        )
    )
    assert "`the command`" in text
    assert "| decisive, called correct and sure | 50.0 % (15.0–85.0), 2 of 4 |" in text
    assert "| order | 1 of 3 | 2 of 3 | – | – | – |" in text
    assert "fake; embedder none; calibration none; policy standard." in text
    assert "1 rows ungraded (model-error)" in text


def test_misses_are_listed_with_all_that_is_needed_to_judge_them(graded):
    text = misses(*graded, Split.ALL)
    assert "a1 decisive order: called correct, unsure, confidence 0.90" in text
    assert "  question:  q1\n  reference: right\n  answer:    correct?\n" in text
    assert "  reason:    told: as told" in text


def test_misses_of_test_questions_are_listed_only_when_asked_for(graded):
    # Missed in all: a0, a1, a6 of the development questions; a3 and a7 of the test's.
    for split in (Split.ALL, Split.DEV):
        text = misses(*graded, split)
        assert "fake: 5 misses, those of dev questions listed" in text
        assert "a6 harmless" in text
        assert "a7 harmless" not in text
    text = misses(*graded, Split.TEST)
    assert "a7 harmless" in text
    assert "a6 harmless" not in text
