"""What the store knows of people's rulings, which decks are graded by."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tutor.errors import StoreError
from tutor.grading.grade import Verdict
from tutor.grading.item import Item
from tutor.grading.ruling import Ruled
from tutor.store.reviews import ReviewStore
from tutor.study.review import Override, Review

MakeReview = Callable[..., Review]


def override(verdict: Verdict) -> Override:
    return Override(verdict=verdict, created_at=datetime(2026, 11, 24, tzinfo=UTC))


def rule(store: ReviewStore, review_id: str, verdict: Verdict) -> None:
    store.add_override(review_id, override(verdict))


def test_rulings_of_a_deck_come_latest_first(store: ReviewStore, make_review: MakeReview) -> None:
    store.add_many([make_review(f"r{n}", f"answer {n}") for n in range(3)])
    store.add(make_review("m", "answer m", deck="music"))
    for review_id, verdict in (("r2", "correct"), ("m", "partial"), ("r0", "incorrect")):
        rule(store, review_id, verdict)
    item = make_review("r0").item
    assert store.ruled("physics") == [
        Ruled(item, "answer 0", "incorrect"),
        Ruled(item, "answer 2", "correct"),
    ]
    assert store.ruled("music") == [Ruled(item, "answer m", "partial")]
    assert store.ruled("chemistry") == []


def test_an_answer_counts_once_with_its_last_verdict(
    store: ReviewStore, make_review: MakeReview
) -> None:
    store.add_many([make_review("r1", "same"), make_review("r2", "same"), make_review("r3")])
    other = Item("Another question?", ("R",))
    store.add(make_review("r4", "same").model_copy(update={"item": other}))
    for review_id, verdict in (
        ("r1", "correct"), ("r4", "correct"), ("r1", "partial"), ("r2", "incorrect"),
    ):  # fmt: skip
        rule(store, review_id, verdict)
    assert [(one.item.question, one.verdict) for one in store.ruled("physics")] == [
        ("What is 压强?", "incorrect"),
        ("Another question?", "correct"),
    ]


def test_the_latest_200_answers_are_given(store: ReviewStore, make_review: MakeReview) -> None:
    ruled = [
        make_review(f"r{n}", f"a{n}").model_copy(update={"overrides": (override("partial"),)})
        for n in range(230)
    ]
    store.add_many(ruled)
    assert [one.answer for one in store.ruled("physics")] == [f"a{n}" for n in range(229, 29, -1)]


def test_every_ruling_of_any_process_raises_the_number_of_the_last(
    store: ReviewStore, url: str, make_review: MakeReview
) -> None:
    store.add_many([make_review("r1"), make_review("r2", deck=None)])
    seen = [store.last_ruling()]
    rule(store, "r1", "correct")
    seen.append(store.last_ruling())
    with ReviewStore.open(url) as another:
        rule(another, "r2", "correct")
    seen.append(store.last_ruling())
    assert seen[0] == 0
    assert seen[0] < seen[1] < seen[2]


def test_a_damaged_ruled_review_is_an_error(
    store: ReviewStore, tmp_path: Path, make_review: MakeReview
) -> None:
    store.add(make_review("r1"))
    rule(store, "r1", "correct")
    with sqlite3.connect(tmp_path / "reviews.db") as raw:
        raw.execute("UPDATE reviews SET item = '{}'")
    raw.close()
    with pytest.raises(StoreError, match=r"a ruled review of deck 'physics' is damaged"):
        store.ruled("physics")
