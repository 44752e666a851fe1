"""Later grades: the last one stands, the first stays, and a person is over both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tutor.errors import NotFoundError
from tutor.grading.grade import Grade, Verdict
from tutor.store.counts import DeckCounts
from tutor.store.reviews import ReviewStore
from tutor.store.schema import reviews
from tutor.store.standing import waiting
from tutor.study.review import Override, Review

MakeReview = Callable[..., Review]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def graded(make_review: MakeReview) -> Callable[..., Grade]:
    def make(verdict: Verdict = "partial", unsure: bool = False, disputed: bool = False) -> Grade:
        grade = make_review("r", verdict=verdict, unsure=unsure).grade
        assert grade.receipt.judge is not None
        judge = grade.receipt.judge.model_copy(update={"disputed": disputed})
        receipt = grade.receipt.model_copy(update={"judge": judge})
        return grade.model_copy(update={"receipt": receipt})

    return make


def rule(store: ReviewStore, review_id: str, verdict: Verdict = "correct") -> None:
    store.add_override(review_id, Override(verdict=verdict, created_at=NOON))


def test_the_last_grade_stands_and_the_first_stays(
    store: ReviewStore, url: str, make_review: MakeReview, graded: Callable[..., Grade]
) -> None:
    review = make_review("r1", verdict="incorrect", unsure=True)
    store.add_many([review, make_review("r2")])
    store.add_regrade("r1", graded("partial"), NOON)
    again = store.add_regrade("r1", graded("correct"), NOON)
    assert again == review.model_copy(
        update={"grade": graded("correct"), "local_grade": review.grade}
    )
    with ReviewStore.open(url) as another:
        assert another.get("r1") == again
        assert another.find(limit=9) == [make_review("r2"), again]


def test_a_ruling_stays_over_a_grade_that_comes_after_it(
    store: ReviewStore, make_review: MakeReview, graded: Callable[..., Grade]
) -> None:
    store.add(make_review("r1"))
    rule(store, "r1", "correct")
    regraded = store.add_regrade("r1", graded("incorrect"), NOON)
    assert (regraded.verdict, regraded.grade.verdict) == ("correct", "incorrect")
    assert store.counts()[0].correct == 1


def test_a_grade_for_an_unknown_review_is_refused(
    store: ReviewStore, graded: Callable[..., Grade]
) -> None:
    with pytest.raises(NotFoundError, match="'nobody'"):
        store.add_regrade("nobody", graded(), NOON)


def test_a_review_that_has_a_later_grade_is_added_with_it(
    store: ReviewStore, make_review: MakeReview, graded: Callable[..., Grade]
) -> None:
    review = make_review("r1").model_copy(update={"local_grade": graded("incorrect", unsure=True)})
    store.add(review)
    assert store.get("r1") == review


def test_counts_take_the_grade_that_stands(
    store: ReviewStore, make_review: MakeReview, graded: Callable[..., Grade]
) -> None:
    store.add_many([make_review(id, verdict="incorrect", unsure=True) for id in "abc"])
    store.add_regrade("a", graded("correct", unsure=True), NOON)
    store.add_regrade("a", graded("partial"), NOON)
    store.add_regrade("b", graded("partial", unsure=True), NOON)
    rule(store, "b", "correct")
    # a: partial, sure; b: correct by ruling, its grade unsure; c: as it was
    assert store.counts() == [
        DeckCounts("physics", 3, correct=1, partial=1, incorrect=1, unsure=2, overridden=1)
    ]


def test_the_queue_is_what_waits_for_a_person(
    store: ReviewStore, make_review: MakeReview, graded: Callable[..., Grade]
) -> None:
    store.add_many(
        [
            make_review("sure"),
            make_review("unsure", unsure=True),
            make_review("disputed").model_copy(update={"grade": graded(disputed=True)}),
            make_review("ruled", unsure=True),
            make_review("settled", unsure=True),
            make_review("unsettled", deck="music", card_id="c2"),
            make_review("disputed later"),
        ]
    )
    rule(store, "ruled")
    store.add_regrade("settled", graded(unsure=True), NOON)
    store.add_regrade("settled", graded(), NOON)
    store.add_regrade("unsettled", graded(unsure=True), NOON)
    store.add_regrade("disputed later", graded(disputed=True), NOON)

    def queue(**narrowing: str) -> list[str]:
        return [review.id for review in store.find(queue=True, limit=9, **narrowing)]

    assert queue() == ["disputed later", "unsettled", "disputed", "unsure"]
    assert queue(deck="physics") == ["disputed later", "disputed", "unsure"]
    assert queue(card_id="c2") == ["unsettled"]
    assert queue(before="unsettled") == ["disputed", "unsure"]
    assert [review.id for review in store.find(queue=True, limit=2)] == queue()[:2]
    rule(store, "unsettled")
    assert queue() == ["disputed later", "disputed", "unsure"]


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 5), st.sampled_from(["sure", "unsure", "disputed", "rule"])),
        max_size=25,
    ),
    limit=st.integers(1, 7),
)
def test_the_queue_is_the_reviews_that_stand_doubtful_and_unruled(
    tmp_path_factory: pytest.TempPathFactory,
    make_review: MakeReview,
    graded: Callable[..., Grade],
    steps: list[tuple[int, str]],
    limit: int,
) -> None:
    with ReviewStore.open(f"sqlite:///{tmp_path_factory.mktemp('queue')}/r.db") as store:
        store.add_many([make_review(f"r{n}", unsure=n % 2 == 0) for n in range(6)])
        for n, step in steps:
            if step == "rule":
                rule(store, f"r{n}")
            else:
                grade = graded(unsure=step == "unsure", disputed=step == "disputed")
                store.add_regrade(f"r{n}", grade, NOON)
        waiting = [
            review
            for review in store.find(limit=9)
            if not review.overrides and (review.grade.unsure or _disputed(review.grade))
        ]
        assert store.find(queue=True, limit=limit) == waiting[:limit]


def _disputed(grade: Grade) -> bool:
    return grade.receipt.judge is not None and grade.receipt.judge.disputed


def test_the_queue_is_found_by_the_indices_of_doubtful_grades(store: ReviewStore) -> None:
    numbers = waiting(lambda query: query, 20)
    query = select(reviews).where(reviews.c.number.in_(numbers))
    with store.database.reading() as connection:
        sql = query.compile(connection, compile_kwargs={"literal_binds": True})
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
    assert any("ix_reviews_doubtful" in step for step in plan), plan
    assert any("ix_regrades_doubtful" in step for step in plan), plan
