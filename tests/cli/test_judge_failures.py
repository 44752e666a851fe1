"""What the learner sees when the judge fails: the reason, and a sitting that goes on."""

from __future__ import annotations

import pytest

from tests.cli.fake_judge import FakeCascade
from tests.cli.judged_sitting import HEARS, in_order, verdicts
from tutor.errors import (
    EmptyReplyError,
    FilteredReplyError,
    MalformedReplyError,
    ModelAccessError,
    ModelBusyError,
    ModelNotFoundError,
    ModelPausedError,
    ModelRequestError,
    ModelServerError,
    ModelTimeoutError,
    ModelUnreachableError,
    NotRecordedError,
    OverBudgetError,
    RefusedReplyError,
    TruncatedReplyError,
    UntrustedReplyError,
)
from tutor.grading.judging.wording import wording as judging_wording

FAILURES = [
    ModelPausedError,
    OverBudgetError,
    NotRecordedError,
    ModelTimeoutError,
    ModelUnreachableError,
    ModelBusyError,
    ModelServerError,
    ModelAccessError,
    ModelNotFoundError,
    ModelRequestError,
    TruncatedReplyError,
    RefusedReplyError,
    FilteredReplyError,
    EmptyReplyError,
    MalformedReplyError,
    UntrustedReplyError,
]


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_failure_is_said_with_its_reason_and_the_local_grade_stands(
    sit_judged, judged_tutor, judge, failure, language
):
    judge.failure = failure("what happened; what to do")
    sitting, shown = sit_judged("maybe fail", "", HEARS, "", "q", language=language)
    why = judging_wording(language).failures[failure.type]
    begins = {"zh": "没有得到评判模型的意见", "en": "There is no opinion of the judge"}[language]
    assert in_order(shown, begins, why, "(what happened; what to do)")
    assert verdicts(judged_tutor) == ["partial"]
    assert (sitting.tally.judge.failed, sitting.tally.failed) == (1, 0)


def test_the_same_failure_is_told_in_short_the_second_time(sit_judged, judge):
    judge.failure = ModelTimeoutError("no reply in 30 s; raise TUTOR_JUDGE_TIMEOUT")
    _, shown = sit_judged("maybe fail", "", HEARS, "", "", "maybe fail", "", HEARS, "", "q")
    assert shown.count("raise TUTOR_JUDGE_TIMEOUT") == 1
    assert shown.count("it did not answer in time") == 2


def test_a_pause_is_told_once(sit_judged, judge):
    judge.failure = ModelPausedError("five failures in a row; tried again in 30 s")
    sitting, shown = sit_judged("maybe fail", "", HEARS, "", "", "maybe fail", "", HEARS, "", "q")
    assert shown.count("left alone for a while") == 1
    assert sitting.tally.judge.failed == 2


@pytest.mark.parametrize("judge", [FakeCascade(error=True)])
def test_where_a_failure_is_to_be_an_error_it_counts_as_one(sit_judged, judged_tutor):
    sitting, shown = sit_judged("maybe fail", "", HEARS, "", "q")
    assert in_order(shown, "its server cannot be reached")
    assert sitting.tally.failed == 1
    assert verdicts(judged_tutor) == ["partial"]
