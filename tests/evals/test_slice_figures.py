from __future__ import annotations

import pytest

from evals.cases import Cuts, read_cases
from evals.metrics import Resampling
from evals.outcomes import Failure, brief
from evals.slice_figures import QUESTION, slice_figures

QUICK = Resampling(resamples=20)


def row(question, human, **fields):
    return (question, "x", {"label": human, **fields})


@pytest.fixture
def figures(write_cases, make_outcomes):
    """Slices of rows (question, human, fields) by what one grader said of each."""

    def of(rows, said):
        cases = read_cases(write_cases([row(q, h, **f) for q, h, f in rows]), Cuts()).cases
        outcomes = make_outcomes([(q, h, s) for (q, h, _), s in zip(rows, said, strict=True)])
        found = slice_figures(cases, {"fake": [brief(o) for o in outcomes]}, QUICK)
        return {(part.dimension, part.name): part for part in found}

    return of


def test_a_slice_counts_its_own_cases_and_their_directions(figures):
    zh, en = {"lang": "zh"}, {"lang": "en"}
    rows = [("q1", "correct", zh), ("q2", "partial", zh), ("q2", "partial", zh)]
    rows += [("q3", "incorrect", en)]
    found = figures(rows, ["correct", "correct", "incorrect", "incorrect"])
    chinese = found["language", "zh"]
    assert (chinese.cases, chinese.questions) == (3, 2)
    on = chinese.graders["fake"]
    # One of three right, one above people, one below.
    assert (on.accuracy.value, on.higher, on.lower) == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert found["language", "en"].graders["fake"].accuracy.value == 1.0


def test_what_is_the_whole_data_set_is_no_slice(figures):
    found = figures([("q1", "correct", {}), ("q2", "correct", {})], ["correct", "correct"])
    assert found == {}


def test_ungraded_cases_enter_no_figure(figures):
    failed = Failure(type="model-timeout", detail="late")
    rows = [("q1", "correct", {"lang": "zh"}), ("q2", "correct", {"lang": "en"})]
    found = figures(rows, ["correct", failed])
    assert found["language", "en"].cases == 1
    on = found["language", "en"].graders["fake"]
    assert (on.graded, on.accuracy.value, on.higher) == (0, None, None)
    assert on.accuracy.note


def test_lengths_are_in_the_order_of_length(write_cases, make_outcomes):
    answers = ["word " * 50, "one", "word " * 20, "word " * 8]
    rows = [(f"q{n}", answer, {"label": "correct"}) for n, answer in enumerate(answers)]
    cases = read_cases(write_cases(rows), Cuts()).cases
    outcomes = make_outcomes([(f"q{n}", "correct", "correct") for n in range(4)])
    found = slice_figures(cases, {"fake": [brief(o) for o in outcomes]}, QUICK)
    assert [p.name.split()[0] for p in found] == ["0", "6", "16", "over"]


def test_the_hardest_questions_have_enough_answers_to_tell(figures):
    easy, hard = [("easy", "correct", {})] * 5, [("hard", "correct", {})] * 5
    rows = [*easy, *hard, ("rare", "correct", {})]
    found = figures(rows, ["correct"] * 5 + ["incorrect"] * 5 + ["incorrect"])
    ranked = [name for dimension, name in found if dimension == QUESTION]
    assert ranked == ["hard", "easy"]
    on = found[QUESTION, "hard"].graders["fake"]
    # One question is one resample, so there is no interval, and the figure says so.
    assert on.accuracy.value == 0.0
    assert on.accuracy.low is None
    assert on.accuracy.note


def test_raters_stand_beside_the_graders(figures):
    agreeing = {"ratings": {"a": "correct", "b": "correct"}, "lang": "zh"}
    rows = [("q1", "correct", agreeing), ("q2", "correct", {"lang": "en"})]
    found = figures(rows, ["correct", "correct"])
    assert found["language", "zh"].people.value == 1.0
    assert found["language", "en"].people is None
