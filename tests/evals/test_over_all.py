from __future__ import annotations

from datetime import date
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.cases import CaseFile
from evals.metrics import Estimate, Resampling
from evals.over_all import mean_over_sets, over_all
from evals.result import RunSettings, summarise

SETTINGS = RunSettings(
    resampling=Resampling(resamples=10), limit=None, correct_at=0.85, incorrect_below=0.25
)


def test_the_interval_of_a_mean_by_hand():
    first = Estimate(value=0.5, low=0.4, high=0.7)
    second = Estimate(value=0.7, low=0.4, high=0.9)
    mean = mean_over_sets([("a", first), ("b", second)])
    assert mean.value == pytest.approx(0.6)
    # Distances below: 0.1 and 0.3; above: 0.2 and 0.2; two sets.
    assert mean.low == pytest.approx(0.6 - sqrt(0.01 + 0.09) / 2)
    assert mean.high == pytest.approx(0.6 + sqrt(0.04 + 0.04) / 2)


estimates = (
    st.tuples(*[st.floats(0.0, 1.0)] * 3)
    .map(sorted)
    .map(lambda three: Estimate(low=three[0], value=three[1], high=three[2]))
)


@given(st.lists(estimates, min_size=1, max_size=6))
@settings(max_examples=50, deadline=None)
def test_a_mean_is_never_less_sure_than_the_mean_of_its_parts(parts):
    mean = mean_over_sets([(str(place), part) for place, part in enumerate(parts)])
    assert mean.low <= mean.value <= mean.high
    width = sum(part.high - part.low for part in parts) / len(parts)
    assert mean.high - mean.low <= width + 1e-9


def test_what_is_undefined_on_one_set_has_no_mean_and_says_where():
    found = mean_over_sets(
        [("a", Estimate(value=0.5, low=0.4, high=0.6)), ("b", Estimate(value=None, note="no rows"))]
    )
    assert (found.value, found.note) == (None, "b: no rows")
    found = mean_over_sets([("a", Estimate(value=0.5, note="no interval: one question"))])
    assert (found.value, found.low, found.note) == (0.5, None, "a: no interval: one question")


@pytest.fixture
def result(make_outcomes):
    def of(data, grader, said):
        rows = [("q1", "correct", said), ("q2", "incorrect", "incorrect")]
        file = CaseFile(data, f"{data}.jsonl", "0" * 64, ())
        outcomes = make_outcomes(rows, data=data, grader=grader)
        return summarise(file, outcomes, SETTINGS, today=date(2026, 11, 24), version="1")

    return of


def test_means_are_over_the_sets_that_all_graders_saw(result):
    sets = {
        "a": [result("a", "one", "correct"), result("a", "two", "partial")],
        "b": [result("b", "one", "partial"), result("b", "two", "partial")],
        "c": [result("c", "one", "partial")],
    }
    gaps = {name: {"two": {"accuracy": Estimate(value=-0.5)}} for name in ("a", "b")}
    found = over_all(sets, {**gaps, "c": {}})
    assert found.sets == ("a", "b")
    # Accuracies of `one`: 1 and 1/2; of `two`: 1/2 and 1/2.
    assert found.graders["one"]["accuracy"].value == 0.75
    assert found.graders["two"]["accuracy"].value == 0.5
    assert found.gaps["two"]["accuracy"].value == -0.5
    assert found.graded == {"one": 4, "two": 4}
    assert (found.people, found.rated_sets) == (None, 0)


def test_one_set_has_no_mean(result):
    assert over_all({"a": [result("a", "one", "correct")]}, {"a": {}}) is None
