from __future__ import annotations

import asyncio
import sys

import pytest

from evals.cases import Cuts
from evals.outcomes import NO_CONFIDENCE, Cost
from evals.running.own_grader import BrokenGraderError, OwnGrader
from tutor.errors import (
    EmptyReplyError,
    InvalidInputError,
    ModelTimeoutError,
    ModelUnreachableError,
    OverBudgetError,
)
from tutor.grading.item import Item

ITEM = Item("Why?", ("because", "since"))

SOURCE = """
import asyncio
from tutor.errors import OverBudgetError

asked = []
NUMBER = 3

def half(question, references, answer):
    asked.append((question, references, answer))
    return 0.5

async def slow(question, references, answer):
    await asyncio.sleep(0)
    return {"score": 1.0, "confidence": 0.9, "money": 0.25, "currency": "EUR"}

def silent(question, references, answer):
    return None

def out_of_ten(question, references, answer):
    return 7

def failing(question, references, answer):
    raise {"t": TimeoutError, "c": ConnectionError, "b": OverBudgetError, "k": KeyError}[answer](1)

def two(question, answer):
    return 1.0

class Exact:
    def grade(self, item, answer, language=None):
        return answer in item.references

class Inner:
    grader = Exact()

class Remote:
    async def grade(self, item, answer, language=None):
        return "partial"
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    """Opens a grader of a module of its own in the current folder, and closes it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    (tmp_path / "mine.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "broken.py").write_text("import no_such_library", encoding="utf-8")
    opened = []

    def open_(reference):
        opened.append(OwnGrader(reference, Cuts()))
        return opened[-1]

    yield open_
    for grader in opened:
        grader.close()
    for name in ("mine", "broken"):
        sys.modules.pop(name, None)


def test_a_function_gets_question_references_and_answer(own):
    grade = own("mine:half").grade(ITEM, "as it is")
    assert sys.modules["mine"].asked == [("Why?", ["because", "since"], "as it is")]
    assert (grade.verdict, grade.score, grade.rating) == ("partial", 0.5, "hard")
    assert grade.receipt.grader == "mine:half"


def test_a_grader_that_states_no_confidence_is_given_none(own):
    assert own("mine:half").grade(ITEM, "a").receipt.calibration == NO_CONFIDENCE
    sure = own("mine:slow").grade(ITEM, "a")
    assert (sure.confidence, sure.receipt.calibration) == (0.9, "its own")


def test_coroutines_run_in_one_loop_and_say_what_they_cost(own):
    grader = own("mine:slow")
    assert grader.costed(ITEM, "a")[1] == Cost(0, 0, 0.25, "EUR")
    # Also where the caller runs a loop of its own.
    assert asyncio.run(_within(grader)).score == 1.0


async def _within(grader):
    return grader.grade(ITEM, "a")


@pytest.mark.parametrize("name", ["mine:Exact", "mine:Inner.grader"])
def test_an_object_is_asked_for_items(own, name):
    grader = own(name)
    assert grader.grade(ITEM, "since").verdict == "correct"
    assert grader.grade(ITEM, "no").verdict == "incorrect"


def test_an_object_may_be_async(own):
    assert own("mine:Remote").grade(ITEM, "no").verdict == "partial"


def test_a_whole_grade_is_taken_as_it_is(own, make_grade):
    grader = own("mine:Exact")
    sys.modules["mine"].Exact.grade = lambda *_, **__: make_grade("partial", confidence=0.3)
    assert grader.grade(ITEM, "a") == make_grade("partial", confidence=0.3)


@pytest.mark.parametrize(
    ("answer", "failure"),
    [("t", ModelTimeoutError), ("c", ModelUnreachableError), ("b", OverBudgetError)],
)
def test_what_fails_outside_is_a_failure_of_the_case(own, answer, failure):
    with pytest.raises(failure):
        own("mine:failing").grade(ITEM, answer)


def test_none_is_a_failure_of_the_case(own):
    with pytest.raises(EmptyReplyError):
        own("mine:silent").grade(ITEM, "a")


def test_a_bug_is_named_with_its_line(own):
    line = 1 + SOURCE.splitlines().index(next(x for x in SOURCE.splitlines() if "KeyError" in x))
    with pytest.raises(BrokenGraderError, match=rf"KeyError\(1\) at mine.py:{line}; mend it"):
        own("mine:failing").grade(ITEM, "k")


def test_a_value_that_is_no_grade_is_named(own):
    with pytest.raises(BrokenGraderError, match="mine:out_of_ten returned a score of 7"):
        own("mine:out_of_ten").grade(ITEM, "a")


@pytest.mark.parametrize(
    ("reference", "complaint"),
    [
        ("nowhere:f", "run in the folder of nowhere.py"),
        ("broken:f", "no_such_library"),
        ("mine:f", "mine has no f; use one of OverBudgetError, half, slow"),
        ("mine:NUMBER", "it is int; name a function"),
        ("mine:two", "it must take question, references, answer"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_once(own, reference, complaint):
    with pytest.raises(InvalidInputError, match=complaint):
        own(reference)
