from __future__ import annotations

from benchmarks.judging import WARM_UP, judge_endpoint, judged_at_once, settings
from tutor.settings import open_tutor


def test_answers_are_judged_by_a_plain_endpoint(monkeypatch, tmp_path):
    monkeypatch.setenv("TUTOR_DATABASE_URL", f"sqlite:///{tmp_path}/reviews.db")
    with judge_endpoint(0.01) as url:
        for name, value in settings(url, 8).items():
            monkeypatch.setenv(name, value)
        seconds, milliseconds = judged_at_once(10)
        with open_tutor() as tutor:
            reviews = tutor.reviews(limit=100)
    assert seconds > 0
    assert milliseconds > 0
    assert len(reviews) == WARM_UP + 10
    receipts = [review.grade.receipt.judge for review in reviews]
    judged = [receipt for receipt in receipts if receipt is not None]
    # The labelled answers hold a few that say nothing, which no judge is asked about.
    assert len(judged) > 0.9 * len(reviews)
    assert {(receipt.error, receipt.format) for receipt in judged} == {(None, "text")}
