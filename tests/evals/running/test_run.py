from __future__ import annotations

import threading

import pytest

from evals.cases import Cuts, read_cases
from evals.outcomes import Cost
from evals.running.own_grader import BrokenGraderError
from evals.running.run import Run, outcomes
from tutor.errors import ModelError
from tutor.inference.chat import Usage


class Fussy:
    """Grades right answers correct, remembers what it saw, and fails on an empty answer."""

    def __init__(self, make_grade):
        self.asked = []
        self._make_grade = make_grade

    def grade(self, item, answer, language=None):
        self.asked.append((item.question, answer))
        if not answer:
            error = ModelError("the model is asleep; wake it")
            error.spent = Usage(input=20, output=1)
            raise error
        return self._make_grade("correct" if answer in item.references else "incorrect")


@pytest.fixture
def cases(write_cases):
    rows = [
        ("q1", "right", {"label": "correct"}),
        ("q1", "", {"label": "incorrect"}),
        ("q2", "wrong", {"label": "partial", "lang": "en"}),
    ]
    return read_cases(write_cases(rows), Cuts()).cases


def test_a_case_that_cannot_be_graded_is_named_with_its_cost_and_stops_nothing(cases, make_grade):
    grader = Fussy(make_grade)
    found = list(outcomes(Run("set", "fussy", grader), cases))
    assert grader.asked == [("q1", "right"), ("q1", ""), ("q2", "wrong")]
    assert [o.grade and o.grade.verdict for o in found] == ["correct", None, "incorrect"]
    assert found[1].error.type == "model-error"
    assert found[1].error.detail == "the model is asleep; wake it"
    assert found[1].cost == Cost(20, 1)
    assert (found[2].human.verdict, found[2].language, found[2].error) == ("partial", "en", None)


def test_a_bug_in_a_grader_is_not_taken_for_a_failure(cases):
    class Broken:
        def grade(self, item, answer, language=None):
            raise KeyError("bug")

    with pytest.raises(KeyError):
        list(outcomes(Run("set", "broken", Broken()), cases))


class Gated:
    """Lets answers through by name, and counts how many wait."""

    def __init__(self, make_grade, names):
        self.gates = {name: threading.Event() for name in names}
        self.waiting = threading.Semaphore(0)
        self.started = []
        self._grade = make_grade("correct")

    def grade(self, item, answer, language=None):
        self.started.append(answer)
        self.waiting.release()
        assert self.gates[answer].wait(5)
        return self._grade


@pytest.fixture
def gated(write_cases, make_grade):
    rows = [("q", name, {"label": "correct"}) for name in "abcd"]
    return Gated(make_grade, "abcd"), read_cases(write_cases(rows), Cuts()).cases


def test_outcomes_come_as_they_are_made_and_no_more_than_asked_for_are_under_way(gated):
    grader, cases = gated
    found = outcomes(Run("set", "gated", grader, at_once=2), cases)
    grader.gates["b"].set()
    assert next(found).id == "a1"
    for _ in range(3):  # a, b, and c in the place of b
        assert grader.waiting.acquire(timeout=5)
    assert sorted(grader.started) == ["a", "b", "c"]
    for gate in grader.gates.values():
        gate.set()
    assert sorted(outcome.id for outcome in found) == ["a0", "a2", "a3"]


def test_what_is_left_early_starts_nothing_more(gated):
    grader, cases = gated
    found = outcomes(Run("set", "gated", grader, at_once=2), cases)
    grader.gates["a"].set()
    assert next(found).id == "a0"
    found.close()
    for gate in grader.gates.values():
        gate.set()
    assert "d" not in grader.started


def test_grades_made_beside_one_that_raises_are_handed_out_first(cases, make_grade):
    barrier = threading.Barrier(3)

    class Half:
        def grade(self, item, answer, language=None):
            barrier.wait(5)
            if answer == "wrong":
                raise BrokenGraderError("mine:f raised KeyError")
            return make_grade("correct")

    found = outcomes(Run("set", "half", Half(), at_once=3), cases)
    seen = []
    with pytest.raises(BrokenGraderError, match="case a2 of set: mine:f raised KeyError"):
        seen.extend(outcome.id for outcome in found)
    assert set(seen) <= {"a0", "a1"}


def test_a_key_changes_with_the_answer_the_item_and_the_grader_and_with_nothing_else(write_cases):
    def key(identity="v1", **fields):
        row = {"label": "correct", "question": "q", "answer": "a", **fields}
        (case,) = read_cases(write_cases([("q", "a", row)]), Cuts()).cases
        return Run("set", "fussy", Fussy(None), identity).key(case)

    same = {key(), key(label="incorrect"), key(lang="zh"), key(ratings={"ann": "partial"})}
    others = {
        key("v2"),
        key(answer="b"),
        key(question="p"),
        key(references=["a"]),
        key(kind="cloze"),
    }
    assert len(same) == 1
    assert len(same | others) == 6
