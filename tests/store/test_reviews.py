from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor.errors import NotFoundError, StoreError
from tutor.store.counts import DeckCounts
from tutor.store.reviews import ReviewStore
from tutor.study.review import Override, Review

MakeReview = Callable[..., Review]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_review_comes_back_exactly(url: str, make_review: MakeReview) -> None:
    review = make_review("r1", "力除以面积 🙂👩‍🔬 ' \"; DROP TABLE reviews; -- \\ \r\n\t")
    with ReviewStore.open(url) as store:
        store.add(review)
    with ReviewStore.open(url) as reopened:
        assert reopened.get("r1") == review


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answer=st.text())
def test_any_answer_comes_back_exactly(
    store: ReviewStore, make_review: MakeReview, answer: str
) -> None:
    review = make_review(f"r{len(store.find(limit=1000))}", answer)
    store.add(review)
    assert store.get(review.id).answer == answer


def test_another_time_zone_is_the_same_moment(store: ReviewStore, make_review: MakeReview) -> None:
    beijing = timezone(timedelta(hours=8))
    review = make_review("r1").model_copy(update={"created_at": NOON.astimezone(beijing)})
    store.add(review)
    assert store.get("r1").created_at == NOON
    assert store.get("r1").created_at.utcoffset() == timedelta(0)


def test_overrides_are_added_and_the_last_one_counts(
    store: ReviewStore, make_review: MakeReview
) -> None:
    review = make_review("r1", verdict="incorrect")
    store.add(review)
    first = Override(verdict="partial", note="对一半", created_at=NOON)
    second = Override(verdict="correct", created_at=NOON - timedelta(days=1))
    assert store.add_override("r1", first).overrides == (first,)
    overridden = store.add_override("r1", second)
    assert overridden.overrides == (first, second)
    assert overridden.verdict == "correct"
    assert overridden.grade == review.grade
    assert store.find(limit=5) == [overridden]


def test_a_review_that_has_overrides_is_added_with_them(
    store: ReviewStore, make_review: MakeReview
) -> None:
    ruling = Override(verdict="correct", created_at=NOON)
    review = make_review("r1").model_copy(update={"overrides": (ruling,)})
    store.add(review)
    assert store.get("r1") == review


def test_unknown_reviews_are_named(store: ReviewStore) -> None:
    with pytest.raises(NotFoundError, match="'nobody'"):
        store.get("nobody")
    with pytest.raises(NotFoundError, match="'nobody'"):
        store.add_override("nobody", Override(verdict="correct", created_at=NOON))
    with pytest.raises(NotFoundError, match="'nobody'"):
        store.find(limit=1, before="nobody")


def test_add_many_adds_all_or_none(store: ReviewStore, make_review: MakeReview) -> None:
    store.add(make_review("r1"))
    with pytest.raises(StoreError, match="UNIQUE"):
        store.add_many([make_review("r2"), make_review("r1")])
    assert [review.id for review in store.find(limit=9)] == ["r1"]
    store.add_many([make_review("r2"), make_review("r3")])
    store.add_many([])
    assert [review.id for review in store.find(limit=9)] == ["r3", "r2", "r1"]


def test_find_narrows_and_pages(store: ReviewStore, make_review: MakeReview) -> None:
    store.add_many(
        [make_review(f"p{n}", deck="physics", card_id=f"c{n % 2}") for n in range(6)]
        + [make_review("m0", deck="music", card_id="c0"), make_review("x", deck=None)]
    )
    assert _ids(store.find(deck="music", limit=9)) == ["m0"]
    assert _ids(store.find(card_id="c0", limit=9)) == ["m0", "p4", "p2", "p0"]
    assert _ids(store.find(deck="physics", card_id="c0", limit=2)) == ["p4", "p2"]
    assert _ids(store.find(deck="physics", card_id="c0", limit=2, before="p2")) == ["p0"]
    assert store.find(deck="chemistry", limit=9) == []


def _ids(found: list[Review]) -> list[str]:
    return [review.id for review in found]


def test_counts_by_deck_take_the_verdict_that_stands(
    store: ReviewStore, make_review: MakeReview
) -> None:
    assert store.counts() == []
    store.add_many(
        [
            make_review("a", verdict="correct", deck="physics"),
            make_review("b", verdict="incorrect", deck="physics", unsure=True),
            make_review("c", verdict="partial", deck="physics", unsure=True),
            make_review("d", verdict="correct", deck="music"),
            make_review("e", verdict="correct", deck=None),
        ]
    )
    for verdict in ("partial", "correct"):  # b ends as correct, and is overridden once
        store.add_override("b", Override(verdict=verdict, created_at=NOON))
    assert store.counts() == [
        DeckCounts("music", 1, correct=1, partial=0, incorrect=0, unsure=0, overridden=0),
        DeckCounts("physics", 3, correct=2, partial=1, incorrect=0, unsure=2, overridden=1),
        DeckCounts(None, 1, correct=1, partial=0, incorrect=0, unsure=0, overridden=0),
    ]


def test_many_threads_write_and_read_at_once(store: ReviewStore, make_review: MakeReview) -> None:
    def work(thread: int) -> None:
        for n in range(10):
            review = make_review(f"{thread}-{n}")
            store.add(review)
            assert store.add_override(
                review.id, Override(verdict="correct", created_at=NOON)
            ).overrides

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert len(store.find(limit=100)) == 80
    assert store.counts()[0].overridden == 80


def test_a_damaged_row_is_an_error_and_no_grade(
    url: str, tmp_path: Path, store: ReviewStore, make_review: MakeReview
) -> None:
    store.add(make_review("r1"))
    grade = make_review("r1").grade.model_dump(mode="json") | {"verdict": "superb"}
    with sqlite3.connect(tmp_path / "reviews.db") as raw:
        raw.execute("UPDATE reviews SET grade = ?", [json.dumps(grade)])
    raw.close()
    with pytest.raises(StoreError, match=r"reviews\.db: review r1 is damaged"):
        store.get("r1")


def test_commits_reach_the_disk_and_references_are_checked(store: ReviewStore) -> None:
    with store.database.writing() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    # synchronous: 2 is FULL; busy_timeout is in milliseconds
    assert pragma == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }
