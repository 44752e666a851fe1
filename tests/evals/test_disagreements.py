from __future__ import annotations

from dataclasses import replace

from evals.cases import Cuts, read_cases
from evals.disagreements import disagreements, worst
from evals.outcomes import Failure, brief

FAILED = Failure(type="model-timeout", detail="late")


def found(outcomes, most=10):
    return [outcome.id for outcome in worst([brief(o) for o in outcomes], most)]


def test_the_most_confident_and_wrong_come_first(make_outcomes):
    rows = [
        ("q", "correct", "partial", {"confidence": 0.6}),
        ("q", "correct", "incorrect", {"confidence": 0.9}),
        ("q", "correct", "correct", {"confidence": 1.0}),
        ("q", "correct", FAILED),
        ("q", "incorrect", "partial", {"confidence": 0.9}),
    ]
    # a1 and a4 are as confident; a1 is two verdicts off, a4 one. a2 is right, a3 ungraded.
    assert found(make_outcomes(rows)) == ["a1", "a4", "a0"]
    assert found(make_outcomes(rows), most=1) == ["a1"]


def test_without_confidence_the_farthest_come_first(make_outcomes):
    rows = [("q", "correct", "partial"), ("q", "correct", "incorrect")]
    outcomes = [brief(outcome) for outcome in make_outcomes(rows)]
    silent = [replace(o, grade=replace(o.grade, confidence=None)) for o in outcomes]
    assert [outcome.id for outcome in worst(silent, 10)] == ["a1", "a0"]


def test_a_disagreement_holds_what_a_reader_needs(write_cases, make_outcomes):
    ratings = {"ratings": {"ann": "correct", "bob": "partial"}, "label": "correct"}
    cases = read_cases(write_cases([("why?", "so", ratings)]), Cuts()).cases
    (outcome,) = make_outcomes([("why?", "correct", "incorrect")])
    (one,) = disagreements([brief(outcome)], {"a0": outcome}, {"a0": cases[0]})
    assert (one.question, one.references, one.answer) == ("why?", ("right",), "so")
    assert [(r.rater, r.verdict) for r in one.ratings] == [("ann", "correct"), ("bob", "partial")]
    assert (one.verdict, one.grade.verdict, one.states_confidence) == ("correct", "incorrect", True)
