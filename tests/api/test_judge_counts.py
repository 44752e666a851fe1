from __future__ import annotations

from tutor.api.judge_counts import JudgeCounts
from tutor.errors import ModelTimeoutError, StoreError
from tutor.grading.grade import FirstGrade, JudgeFailure, JudgeReceipt, JudgeTokens
from tutor.inference.chat import Usage

LOCAL = FirstGrade(verdict="partial", score=0.5, confidence=0.5, unsure=True)
RECEIPT = JudgeReceipt(
    model="m", endpoint="e", local=LOCAL, attempts=2, latency_ms=300,
    tokens=JudgeTokens(input=70, output=7, cached=50),
)  # fmt: skip


def lines(counts):
    return [line for line in counts.lines() if not line.startswith("#")]


def test_a_judgement_counts_what_it_took():
    counts = JudgeCounts()
    counts.heard(RECEIPT)
    found = lines(counts)
    assert 'tutor_judgements_total{outcome="judged"} 1' in found
    assert 'tutor_judge_seconds_bucket{le="0.25"} 0' in found
    assert 'tutor_judge_seconds_bucket{le="0.5"} 1' in found
    assert "tutor_judge_seconds_sum 0.3" in found
    assert "tutor_judge_requests_total 2" in found
    assert "tutor_judge_input_tokens_total 70" in found
    assert "tutor_judge_cached_tokens_total 50" in found


def test_a_remembered_judgement_took_nothing_now():
    counts = JudgeCounts()
    counts.heard(RECEIPT.model_copy(update={"remembered": True, "disputed": True}))
    found = lines(counts)
    assert 'tutor_judgements_total{outcome="remembered"} 1' in found
    assert "tutor_judge_requests_total 0" in found
    assert "tutor_judge_input_tokens_total 0" in found
    assert "tutor_judge_seconds_count 0" in found
    assert "tutor_disputed_total 1" in found


def test_a_failure_counts_by_its_kind_whether_it_is_a_grade_or_an_error():
    counts = JudgeCounts()
    failure = JudgeFailure(type="model-timeout", detail="none in 30 s")
    counts.heard(RECEIPT.model_copy(update={"error": failure}))
    error = ModelTimeoutError("none in 30 s")
    error.attempts, error.spent = 1, Usage(30)
    counts.failed(error)
    counts.failed(StoreError("reviews.db is full"))
    found = lines(counts)
    assert 'tutor_judgements_total{outcome="model-timeout"} 2' in found
    assert 'tutor_judgements_total{outcome="store-error"} 1' in found
    assert "tutor_judge_requests_total 3" in found
    assert "tutor_judge_input_tokens_total 100" in found
    assert "tutor_judge_seconds_count 0" in found
