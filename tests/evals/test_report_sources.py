from __future__ import annotations

import pytest

from evals.outcomes import Failure
from evals.report_sources import SHOWN, evidence_of
from tutor.errors import InvalidInputError

ROWS = [{"label": "correct", "question": f"q{n}"} for n in range(20)]
WRONG = ["partial"] * 20


def test_everything_of_a_data_set_is_brought_together(make_evidence):
    results, outcomes, data = make_evidence(ROWS, {"one": WRONG, "two": ["correct"] * 20})
    notes = []
    ((_, found),) = evidence_of(results, [outcomes], [data], notes.append).values()
    assert {grader: len(each) for grader, each in found.outcomes.items()} == {"one": 20, "two": 20}
    assert len(found.cases) == 20
    assert [one.grader for one in found.disagreements] == ["one"] * SHOWN
    assert notes == []


def test_of_a_sample_only_its_cases_are_taken(make_evidence):
    results, outcomes, data = make_evidence(ROWS, {"one": WRONG})
    sampled = results[0].model_copy(
        update={"cases": 1, "confusion": {v: {"partial": v == "correct"} for v in ("correct",)}}
    )
    outcomes.write_text(outcomes.read_text("utf-8").split("\n")[3], "utf-8")
    ((_, found),) = evidence_of([sampled], [outcomes], [data], print).values()
    assert [case.id for case in found.cases] == ["a3"]


def test_a_later_outcome_of_a_case_counts_instead_of_an_earlier(make_evidence, make_outcomes):
    failed = Failure(type="model-timeout", detail="late")
    results, outcomes, data = make_evidence(ROWS[:1], {"one": ["partial"]})
    (early,) = make_outcomes([("q0", "correct", failed)], grader="one")
    outcomes.write_text(f"{early.model_dump_json()}\n{outcomes.read_text('utf-8')}", "utf-8")
    ((_, found),) = evidence_of(results, [outcomes], [data], print).values()
    assert found.outcomes["one"][0].error is None
    assert [one.grade.verdict for one in found.disagreements] == ["partial"]


def test_outcomes_that_a_result_does_not_sum_up_are_refused(make_evidence):
    results, outcomes, _ = make_evidence(ROWS, {"one": WRONG})
    for content in (
        outcomes.read_text("utf-8").split("\n", 1)[1],
        outcomes.read_text("utf-8").replace('"verdict":"partial"', '"verdict":"incorrect"', 1),
    ):
        outcomes.write_text(content, "utf-8")
        with pytest.raises(InvalidInputError, match="outcomes of one on set are not those that"):
            evidence_of(results, [outcomes], [], print)


def test_outcomes_on_cases_that_the_file_lacks_are_refused(make_evidence):
    results, outcomes, data = make_evidence(ROWS[:1], {"one": ["partial"]})
    outcomes.write_text(outcomes.read_text("utf-8").replace('"a0"', '"b7"'), "utf-8")
    with pytest.raises(InvalidInputError, match=r"set\.jsonl: has no case b7"):
        evidence_of(results, [outcomes], [data], print)


def test_what_belongs_to_no_result_is_told(make_evidence):
    results, outcomes, data = make_evidence(ROWS, {"one": WRONG, "two": WRONG})
    other = make_evidence(ROWS[:1], {"one": ["correct"]}, name="other")[2]
    notes = []
    evidence_of(results[:1], [outcomes], [data, other], notes.append)
    assert sorted(notes) == [
        "20 outcomes of two on set belong to no result that was named",
        "other.jsonl: no result is about these bytes; run the graders on it again",
    ]
