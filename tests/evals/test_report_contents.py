from __future__ import annotations

import pytest

from evals.report_contents import Report, by_data_set, command_of
from tutor.errors import InvalidInputError

ROWS = [{"label": "correct", "question": f"q{n}"} for n in range(6)]
BETTER, WORSE = ["correct"] * 5 + ["partial"], ["correct"] * 2 + ["partial"] * 4


def test_later_graders_stand_beside_the_first(make_report):
    report = make_report((ROWS, {"one": WORSE, "two": BETTER}))
    (gap,) = report.sets[0].gaps
    assert (gap.first, gap.other) == ("one", "two")
    # Five of six right against two of six.
    assert gap.differences["accuracy"].value == pytest.approx(3 / 6)
    assert gap.sentences[0].startswith("two agrees more by accuracy: +50.0 points")


def test_differences_are_the_same_from_outcomes_and_from_results(make_report):
    whole = make_report((ROWS, {"one": WORSE, "two": BETTER}))
    alone = make_report((ROWS, {"one": WORSE, "two": BETTER}), told=False)
    assert alone.sets[0].gaps[0].sentences == whole.sets[0].gaps[0].sentences
    mine, theirs = (r.sets[0].gaps[0].differences["accuracy"] for r in (whole, alone))
    assert (mine.value, mine.low, mine.high) == pytest.approx(
        (theirs.value, theirs.low, theirs.high)
    )


def test_what_is_missing_is_said(make_report):
    (part,) = make_report((ROWS, {"one": WORSE}), told=False).sets
    assert part.curves == part.slices == part.disagreements == ()
    assert set(part.missing) == {"curves", "slices", "people"}
    assert "--outcomes FILE" in part.missing["curves"]
    assert "--data FILE" in part.missing["slices"]
    (part,) = make_report((ROWS, {"one": WORSE})).sets
    assert set(part.missing) == {"people"}
    assert (part.disagreed, len(part.disagreements)) == ({"one": 4}, 4)


def test_two_data_sets_have_means(make_report):
    said = {"one": WORSE, "two": BETTER}
    report = make_report((ROWS, said), (ROWS, said))
    assert report.over_all.sets == ("set0", "set1")
    assert report.gaps[0].sentences[0].startswith("two agrees more by accuracy: +50.0 points")


def test_a_report_is_read_back_from_its_json(make_report):
    report = make_report((ROWS, {"one": WORSE, "two": BETTER}))
    assert Report.model_validate_json(report.model_dump_json()) == report


def test_the_command_makes_the_result_again(make_evidence):
    (result,), _, _ = make_evidence(ROWS, {"one": WORSE})
    assert command_of(result) == (
        "python -m evals run --data set.jsonl --grader one --seed 0 --resamples 20 "
        "--correct-at 0.85 --incorrect-below 0.25"
    )


def test_the_baseline_comes_first(make_evidence):
    results, _, _ = make_evidence(ROWS, {"one": WORSE, "two": BETTER})
    assert [r.grader for r in by_data_set(results, "two")["set"]] == ["two", "one"]
    with pytest.raises(InvalidInputError, match="baseline three has no result; use one, two"):
        by_data_set(results, "three")


def test_results_that_do_not_belong_together_are_refused(make_evidence):
    (one, two), _, _ = make_evidence(ROWS, {"one": WORSE, "two": BETTER})
    with pytest.raises(InvalidInputError, match="set: two results of one"):
        by_data_set([one, one], None)
    other = two.model_copy(update={"settings": two.settings.model_copy(update={"correct_at": 0.9})})
    with pytest.raises(InvalidInputError, match="one and two were run on different cases"):
        by_data_set([one, other], None)
