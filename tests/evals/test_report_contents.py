from __future__ import annotations

from datetime import date

import pytest

from evals.report_contents import Report, by_data_set, command_of, report_of
from evals.report_sources import evidence_of
from tutor.errors import InvalidInputError

TODAY = date(2026, 11, 24)
ROWS = [{"label": "correct", "question": f"q{n}"} for n in range(6)]
BETTER, WORSE = ["correct"] * 5 + ["partial"], ["correct"] * 2 + ["partial"] * 4


def test_later_graders_stand_beside_the_first(make_report):
    report = make_report((ROWS, {"one": WORSE, "two": BETTER}))
    (gap,) = report.sets[0].gaps
    assert (gap.first, gap.other) == ("one", "two")
    # Five of six right against two of six.
    assert gap.differences["accuracy"].value == pytest.approx(3 / 6)
    assert gap.sentences[0].startswith("two agrees more by accuracy: +50.0 points")


def test_differences_are_the_same_whichever_way_they_were_made(make_evidence):
    results, outcomes, data = make_evidence(ROWS, {"one": WORSE, "two": BETTER})

    def gaps(found, baseline="one"):
        evidence = evidence_of(found, [outcomes], [data], print, baseline)
        return report_of(evidence, command="", today=TODAY, version="1").sets[0].gaps

    compared_when_run = gaps(results)[0].differences["accuracy"]
    apart = [result.model_copy(update={"differences": {}}) for result in results]
    compared_now = gaps(apart)[0].differences["accuracy"]
    (turned,) = gaps(results, "two")
    # `one` was compared with `two`, and this asks for `two` minus `one`.
    for found in (compared_now, compared_when_run):
        assert (found.value, found.low, found.high) == pytest.approx((0.5, 1 / 6, 5 / 6), abs=0.2)
    assert compared_now.low == pytest.approx(compared_when_run.low)
    assert compared_now.high == pytest.approx(compared_when_run.high)
    assert (turned.other, turned.differences["accuracy"].value) == ("one", pytest.approx(-0.5))


def test_what_cannot_be_compared_is_not(make_evidence):
    results, _, _ = make_evidence(ROWS, {"one": WORSE, "two": BETTER})
    apart = [result.model_copy(update={"differences": {}}) for result in results]
    report = report_of(evidence_of(apart, [], [], print), command="", today=TODAY, version="1")
    assert report.sets[0].gaps == ()


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


def test_means_are_compared_with_the_baseline_though_a_set_lacks_it(make_report):
    both = {"two": WORSE, "one": BETTER}
    report = make_report((ROWS, {"two": WORSE}), (ROWS, both), (ROWS, both), baseline="one")
    assert report.graders == ("one", "two")
    assert report.over_all.sets == ("set1", "set2")
    (gap,) = report.gaps
    assert (gap.first, gap.other) == ("one", "two")
    assert gap.sentences[0].startswith("one agrees more by accuracy: +50.0 points")


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
