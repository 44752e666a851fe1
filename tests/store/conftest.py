from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tutor.grading.grade import (
    Feedback,
    FirstGrade,
    Grade,
    JudgeReceipt,
    KeyPoint,
    Reason,
    Receipt,
    Verdict,
)
from tutor.grading.item import Item, PointSpec, Tolerance
from tutor.store.reviews import ReviewStore
from tutor.study.review import Review

MakeReview = Callable[..., Review]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'reviews.db'}"


@pytest.fixture
def store(url: str) -> Iterator[ReviewStore]:
    with ReviewStore.open(url) as opened:
        yield opened


@pytest.fixture
def make_review() -> MakeReview:
    def make(
        id: str,
        answer: str = "pressure over area",
        verdict: Verdict = "partial",
        unsure: bool = False,
        deck: str | None = "physics",
        card_id: str | None = "c1",
    ) -> Review:
        grade = Grade(
            verdict=verdict,
            score=0.1 + 0.2,  # 0.30000000000000004: a float that a lossy text form would change
            confidence=2 / 3,
            unsure=unsure,
            key_points=(
                KeyPoint(text="力", status="covered", quote="pressure", span=(0, 8)),
                KeyPoint(text="面积", status="missing", required=False),
            ),
            reasons=(Reason(name="similarity", detail="接近"),),
            feedback=Feedback(language="zh", summary="对了一半。", missing=("面积",)),
            rating="hard",
            receipt=Receipt(
                grader="local/1",
                embedder="none",
                calibration="c",
                policy="standard",
                judge=JudgeReceipt(
                    model="m",
                    endpoint="http://localhost/v1",
                    prompt="judge-1",
                    prompt_hash="0f",
                    local=FirstGrade(verdict="partial", score=0.5, confidence=0.5, unsure=True),
                ),
                elapsed_ms=1.5,
            ),
        )
        item = Item(
            "What is 压强?",
            ("force / area", "力÷面积"),
            key_points=(PointSpec("力"), PointSpec("面积", required=False)),
            tolerance=Tolerance(0.05),
        )
        return Review(
            id=id,
            created_at=datetime(2026, 11, 24, 8, 30, 15, 123456, tzinfo=UTC),
            card_id=card_id,
            deck=deck,
            item=item,
            answer=answer,
            grade=grade,
        )

    return make
