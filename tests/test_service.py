from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor as package
from tutor import Tutor
from tutor.deck.collection import Collection, load_collection
from tutor.errors import (
    DeckError,
    InvalidInputError,
    ModelError,
    NotFoundError,
    StoreError,
    TooLargeError,
)
from tutor.grading.grade import Feedback, Grade, Language, Receipt
from tutor.grading.item import Item, PointSpec
from tutor.grading.ruling import Ruled
from tutor.grading.strictness import Policy, Strictness, Threshold, Thresholds
from tutor.store.reviews import ReviewStore
from tutor.submission import make_item

UNKNOWN = Thresholds(*[Threshold(intercept=0, spread=1)] * 2)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DECK = """Q: What is a mole?
A: The amount of substance with 6.022e23 entities.

C: Water is [H2O] and salt is [NaCl].
"""


class EchoGrader:
    """Finds an answer right when it is a reference, and remembers what it was asked."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.asked: list[tuple[Item, str, Language | None]] = []
        self.failure = failure

    def learn(self, ruled: Sequence[Ruled], policy: Policy = "standard") -> Strictness:
        return Strictness(policy, len(ruled), UNKNOWN, UNKNOWN)

    def grade(
        self,
        item: Item,
        answer: str,
        language: Language | None = None,
        strictness: Strictness | None = None,
    ) -> Grade:
        self.asked.append((item, answer, language))
        if self.failure is not None:
            raise self.failure
        right = answer in item.references
        return Grade(
            verdict="correct" if right else "incorrect",
            score=float(right),
            confidence=0.9,
            unsure=False,
            key_points=(),
            reasons=(),
            feedback=Feedback(language=language or "en", summary="ok"),
            rating="good" if right else "again",
            receipt=Receipt(
                grader="echo", embedder="none", calibration="none", policy="none", elapsed_ms=0
            ),
        )


class Opening:
    """A function that makes a value, and counts how often it was asked to."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make
        self.times = 0

    def __call__(self) -> Any:
        self.times += 1
        return self.make()


def unavailable(error: Exception) -> Opening:
    def fail() -> Any:
        raise error

    return Opening(fail)


@pytest.fixture
def grader() -> EchoGrader:
    return EchoGrader()


@pytest.fixture
def decks(tmp_path: Path) -> Collection:
    (tmp_path / "chemistry.md").write_text(DECK, encoding="utf-8")
    return load_collection(tmp_path / "chemistry.md")


@pytest.fixture
def make(grader: EchoGrader, decks: Collection, tmp_path: Path) -> Iterator[Callable[..., Tutor]]:
    made: list[Tutor] = []

    def build(**changes: Any) -> Tutor:
        numbers = count(1)
        clock = iter(NOON + timedelta(minutes=n) for n in count())
        parts: dict[str, Any] = {
            "grader": lambda: grader,
            "collection": lambda: decks,
            "store": lambda: ReviewStore.open(f"sqlite:///{tmp_path}/reviews.db"),
            "clock": lambda: next(clock),
            "new_id": lambda: f"r{next(numbers)}",
        }
        made.append(Tutor(**(parts | changes)))
        return made[-1]

    yield build
    for tutor in made:
        tutor.close()


@pytest.fixture
def tutor(make: Callable[..., Tutor]) -> Tutor:
    return make()


def test_grading_hands_the_item_on_and_stores_nothing(
    make: Callable[..., Tutor], grader: EchoGrader
) -> None:
    store = unavailable(StoreError("disk on fire"))
    collection = unavailable(DeckError("os.md:3: broken"))
    tutor = make(store=store, collection=collection)
    grade = tutor.grade(
        "水是什么？",
        ["H2O", "水"],
        "水",
        key_points=["氢", PointSpec("氧", required=False)],
        language="zh",
    )
    assert grade.verdict == "correct"
    item = Item("水是什么？", ("H2O", "水"), (PointSpec("氢"), PointSpec("氧", required=False)))
    assert grader.asked == [(item, "水", "zh")]
    assert store.times == collection.times == 0


def test_a_review_is_the_grade_with_who_what_and_when(tutor: Tutor) -> None:
    review = tutor.review("What is water?", ["H2O"], "H2O")
    assert (review.id, review.created_at, review.card_id, review.deck) == ("r1", NOON, None, None)
    assert review.item == Item("What is water?", ("H2O",))
    assert review.answer == "H2O"
    assert review.grade == tutor.grade("What is water?", ["H2O"], "H2O")
    assert tutor.review_of("r1") == review
    assert tutor.reviews() == [review]


def test_a_card_is_reviewed_under_its_id_and_deck(tutor: Tutor, grader: EchoGrader) -> None:
    mole, water, salt = tutor.cards
    review = tutor.review_card(salt.id, "NaCl")
    assert (review.card_id, review.deck) == (salt.id, "chemistry")
    assert review.verdict == "correct"
    assert review.item.kind == "cloze"
    assert tutor.grade_card(water.id, "NaCl").verdict == "incorrect"
    assert [item.question for item, _, _ in grader.asked] == [salt.question, water.question]
    assert tutor.reviews(card_id=salt.id) == [review]
    assert tutor.reviews(card_id=mole.id) == []
    assert [deck.name for deck in tutor.decks] == ["chemistry"]
    assert tutor.card(mole.id) == mole


def test_drafts_are_kept_in_one_transaction(tutor: Tutor) -> None:
    drafts = [tutor.draft(make_item("Q?", ["A"]), answer) for answer in ("A", "B")]
    drafts.append(tutor.draft(tutor.cards[0], "C"))
    assert tutor.reviews() == []
    tutor.keep(drafts)
    assert tutor.reviews() == drafts[::-1]
    with pytest.raises(StoreError):
        tutor.keep([tutor.draft(make_item("Q?", ["A"]), "D"), drafts[0]])
    assert tutor.reviews() == drafts[::-1]


def test_an_override_is_the_verdict_that_counts(tutor: Tutor) -> None:
    review = tutor.review("What is water?", ["H2O"], "dihydrogen monoxide")
    assert review.verdict == "incorrect"
    ruled = tutor.override(review.id, "correct", "a synonym")
    assert ruled.verdict == "correct"
    assert ruled.grade == review.grade
    (ruling,) = ruled.overrides
    assert (ruling.note, ruling.created_at) == ("a synonym", NOON + timedelta(minutes=1))
    assert tutor.review_of(review.id) == ruled
    (counts,) = tutor.stats()
    assert (counts.reviews, counts.correct, counts.overridden) == (1, 1, 1)


def test_ids_that_nothing_has(tutor: Tutor) -> None:
    for call in (
        lambda: tutor.card("ffffffff"),
        lambda: tutor.review_card("ffffffff", "x"),
        lambda: tutor.review_of("nobody"),
        lambda: tutor.override("nobody", "correct"),
    ):
        with pytest.raises(NotFoundError, match=r"ffffffff|nobody"):
            call()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"question": " \n"}, "question is empty"),
        ({"references": []}, "references is empty; send at least one"),
        ({"references": ["ok", "\u3000"]}, r"references\[1\] is empty"),
        ({"references": "ok"}, "references is a single text; put it into a list"),
        ({"references": [None]}, r"references\[0\] is NoneType, not text"),
        ({"key_points": ["x", ""]}, r"key_points\[1\] is empty"),
        ({"key_points": "x"}, "key_points is a single text"),
        ({"kind": "essay"}, "kind is 'essay'; use free or cloze"),
        ({"language": "fr"}, "language is 'fr'; use zh or en"),
        ({"judge": "sometimes"}, "judge is 'sometimes'; use never, auto or always"),
        ({"judge": "always"}, "no judge is configured"),
        ({"answer": "a\0b"}, r"answer holds U\+0000 at character 2"),
        ({"answer": "\ud83d"}, r"answer holds U\+D83D at character 1"),
        ({"question": "q\udc00"}, r"question holds U\+DC00"),
        ({"answer": None}, "answer is NoneType, not text"),
    ],
)
def test_what_cannot_be_graded_as_it_was_sent(
    tutor: Tutor, grader: EchoGrader, changes: dict[str, Any], message: str
) -> None:
    sent = {"question": "Q?", "references": ["ok"], "answer": "ok"} | changes
    for use in (tutor.grade, tutor.review):
        with pytest.raises(InvalidInputError, match=message) as error:
            use(**sent)
        assert "\n" not in str(error.value)
    assert grader.asked == []
    assert tutor.reviews() == []


@pytest.mark.parametrize("limit", [-1, 0, 10_001])
def test_a_page_of_reviews_has_a_size(tutor: Tutor, limit: int) -> None:
    with pytest.raises(InvalidInputError, match=f"limit is {limit}; use 1 to 10000"):
        tutor.reviews(limit=limit)


def test_ids_are_text(tutor: Tutor) -> None:
    half = "\udcff"  # what a byte that is no UTF-8 becomes on a command line
    for call in (
        lambda: tutor.review_of(half),
        lambda: tutor.override(half, "correct"),
        lambda: tutor.reviews(deck=half),
        lambda: tutor.reviews(card_id=half),
        lambda: tutor.reviews(before=half),
    ):
        with pytest.raises(InvalidInputError, match=r"holds U\+DCFF"):
            call()


@pytest.mark.parametrize("verdict", ["superb", "", None])
def test_an_override_needs_a_verdict(tutor: Tutor, verdict: Any) -> None:
    review = tutor.review("Q?", ["A"], "A")
    with pytest.raises(InvalidInputError, match="use correct, partial or incorrect"):
        tutor.override(review.id, verdict)
    assert tutor.review_of(review.id) == review


def test_texts_up_to_the_limit_are_graded_and_longer_ones_refused(
    make: Callable[..., Tutor],
) -> None:
    tutor = make(max_answer_characters=10)
    assert tutor.grade("Q?", ["字" * 10], "字" * 10).verdict == "correct"
    with pytest.raises(TooLargeError, match="answer has 11 characters; the limit is 10: shorten"):
        tutor.grade("Q?", ["A"], "字" * 11)
    with pytest.raises(TooLargeError, match=r"references\[1\] has 11 characters"):
        tutor.grade("Q?", ["A", "字" * 11], "A")
    with pytest.raises(TooLargeError, match="references has 101 entries; the limit is 100"):
        tutor.grade("Q?", ["A"] * 101, "A")
    review = tutor.review("Q?", ["A"], "A")
    with pytest.raises(TooLargeError, match="note has 11 characters"):
        tutor.override(review.id, "partial", "n" * 11)


@pytest.mark.parametrize("references", [(), ("",), (" \n",)])
def test_a_card_without_a_reference_is_never_graded(
    tutor: Tutor, decks: Collection, grader: EchoGrader, references: tuple[str, ...]
) -> None:
    card = replace(decks.cards[0], references=references)
    with pytest.raises(DeckError, match=rf"{card.file}:1: the answer is empty"):
        tutor.draft(card, "anything")
    assert grader.asked == []


@pytest.mark.parametrize("failure", [ModelError("the model is away"), ZeroDivisionError("a bug")])
def test_a_failing_grader_is_never_a_grade(make: Callable[..., Tutor], failure: Exception) -> None:
    tutor = make(grader=lambda: EchoGrader(failure))
    with pytest.raises(type(failure), match=str(failure)):
        tutor.review("Q?", ["A"], "A")
    assert tutor.reviews() == []


def test_parts_are_made_once_even_when_many_threads_need_them(
    make: Callable[..., Tutor], decks: Collection, tmp_path: Path
) -> None:
    opened: Sequence[Opening] = [
        Opening(EchoGrader),
        Opening(lambda: decks),
        Opening(lambda: ReviewStore.open(f"sqlite:///{tmp_path}/once.db")),
    ]
    ids = count()
    tutor = make(
        grader=opened[0],
        collection=opened[1],
        store=opened[2],
        clock=lambda: NOON,
        new_id=lambda: str(next(ids)),
    )
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: tutor.review_card(tutor.cards[n % 3].id, "x"), range(40)))
    assert [part.times for part in opened] == [1, 1, 1]
    assert len(tutor.reviews(limit=100)) == 40


def test_what_failed_to_open_is_tried_again(make: Callable[..., Tutor], tmp_path: Path) -> None:
    attempts = iter([StoreError("locked")])

    def open_store() -> ReviewStore:
        for error in attempts:
            raise error
        return ReviewStore.open(f"sqlite:///{tmp_path}/late.db")

    tutor = make(store=open_store)
    with pytest.raises(StoreError, match="locked"):
        tutor.check_store()
    tutor.check_store()
    assert tutor.reviews() == []


def test_readiness_is_what_the_parts_say(make: Callable[..., Tutor]) -> None:
    make().check_grader()
    with pytest.raises(ModelError, match="no model"):
        make(grader=unavailable(ModelError("no model"))).check_grader()


def test_a_closed_tutor_opens_its_store_again(make: Callable[..., Tutor]) -> None:
    with make() as tutor:
        review = tutor.review("Q?", ["A"], "A")
    assert tutor.reviews() == [review]
    make().close()  # nothing was opened


@settings(max_examples=100, deadline=None)
@given(answer=st.text(alphabet=st.characters(), max_size=30))
def test_every_answer_is_graded_or_refused_by_name(answer: str) -> None:
    tutor = Tutor(
        grader=EchoGrader,
        collection=unavailable(DeckError("none")),
        store=unavailable(StoreError("none")),
        clock=lambda: NOON,
        new_id=lambda: "r",
    )
    storable = "\0" not in answer and not any("\ud800" <= char <= "\udfff" for char in answer)
    if storable:
        assert tutor.grade("Q?", ["A"], answer).receipt.grader == "echo"
    else:
        with pytest.raises(InvalidInputError, match="answer holds U"):
            tutor.grade("Q?", ["A"], answer)


def test_the_package_offers_its_names() -> None:
    for name in package.__all__:
        assert getattr(package, name) is not None
    assert set(package.__all__) <= set(dir(package))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(package, "nothing")  # noqa: B009


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = "numpy pydantic pydantic_settings sqlalchemy alembic fastapi openai torch"
    code = f"import tutor, sys; print([name for name in {heavy.split()} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
