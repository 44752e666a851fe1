"""A deck is graded as strictly as people ruled on it, and no other deck is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor import Tutor
from tutor.deck.card import Card
from tutor.deck.collection import load_collection
from tutor.errors import InvalidInputError, StoreError
from tutor.grading.calibration import load_calibration
from tutor.grading.grade import Grade
from tutor.grading.item import Item
from tutor.grading.local import LocalGrader
from tutor.grading.ruling import Ruled
from tutor.store.reviews import ReviewStore

UNLEARNED = load_calibration().name

# Every answer below says the first part of what its organ does and leaves out the second.
ORGANS = {
    "heart": ("pumps blood through the vessels", "keeps the pressure up"),
    "liver": ("breaks down poisons", "stores sugar for later"),
    "stomach": ("mixes food with acid", "kills most germs"),
    "kidney": ("filters waste out of the blood", "keeps water and salt in balance"),
    "skin": ("keeps germs outside", "cools the body by sweating"),
    "lung": ("takes up oxygen from the air", "gives off carbon dioxide"),
    "pancreas": ("makes juices for digestion", "releases insulin when sugar rises"),
    "spleen": ("removes old red cells", "holds a reserve of blood"),
    "bladder": ("collects urine", "empties when the muscle contracts"),
    "eye": ("bends light onto the retina", "adapts to darkness with the pupil"),
    "ear": ("turns sound into nerve signals", "senses how the head is held"),
    "bone": ("carries the weight of the body", "makes new blood cells in its marrow"),
    "muscle": ("moves the limbs when it contracts", "warms the body"),
}
GEARS = {
    "clutch": ("separates the engine from the gears", "lets a car start smoothly"),
    "brake": ("turns motion into heat", "holds the car on a slope"),
}
GRADER = LocalGrader(load_calibration())


def deck(facts: dict[str, tuple[str, str]]) -> str:
    return "\n\n".join(
        f"Q: What does the {part} do?\nA: It {first} and {second}."
        for part, (first, second) in facts.items()
    )


def half(card: Card) -> str:
    """An answer that says the first half."""
    return card.references[0].partition(" and ")[0]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[..., Tutor]]:
    """Makes tutors on the same two decks and the same database, as several processes would."""
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "organs.md").write_text(deck(ORGANS), encoding="utf-8")
    (tmp_path / "decks" / "gears.md").write_text(deck(GEARS), encoding="utf-8")
    ids = count()
    with ExitStack() as stack:

        def build(**changes: Any) -> Tutor:
            parts: dict[str, Any] = {
                "grader": lambda: GRADER,
                "collection": lambda: load_collection(tmp_path / "decks"),
                "store": lambda: ReviewStore.open(f"sqlite:///{tmp_path}/reviews.db"),
                "clock": lambda: datetime(2026, 11, 24, tzinfo=UTC),
                "new_id": lambda: f"r{next(ids)}",
            }
            return stack.enter_context(Tutor(**parts | changes))

        yield build


@pytest.fixture
def tutor(make: Callable[..., Tutor]) -> Tutor:
    return make()


def cards_of(tutor: Tutor, name: str) -> list[Card]:
    return [card for card in tutor.cards if card.deck == name]


def rule(tutor: Tutor, cards: list[Card], verdict: Any) -> None:
    for card in cards:
        tutor.override(tutor.review_card(card.id, half(card)).id, verdict)


def bare(grade: Grade) -> Grade:
    """The grade without what differs from call to call."""
    return grade.model_copy(
        update={"receipt": grade.receipt.model_copy(update={"elapsed_ms": 0.0})}
    )


def test_stricter_rulings_lower_like_answers_of_their_deck_and_of_no_other(tutor: Tutor) -> None:
    *ruled, muscle = cards_of(tutor, "organs")
    brake = cards_of(tutor, "gears")[-1]
    before, elsewhere = (tutor.grade_card(card.id, half(card)) for card in (muscle, brake))
    rule(tutor, ruled, "incorrect")
    after = tutor.grade_card(muscle.id, half(muscle))
    assert len(ruled) == 12
    assert after.score < before.score
    assert before.receipt.calibration == UNLEARNED
    assert after.receipt.calibration == f"{UNLEARNED}+12"
    assert bare(tutor.grade_card(brake.id, half(brake))) == bare(elsewhere)
    unbound = tutor.grade(muscle.question, muscle.references, half(muscle))
    assert bare(unbound) == bare(before)


def test_more_lenient_rulings_raise_them(tutor: Tutor) -> None:
    *ruled, muscle = cards_of(tutor, "organs")
    before = tutor.grade_card(muscle.id, half(muscle))
    rule(tutor, ruled, "correct")
    assert tutor.grade_card(muscle.id, half(muscle)).score > before.score
    assert tutor.standing("organs").than_policy == "more lenient"


def test_a_ruling_of_another_process_counts_at_once(make: Callable[..., Tutor]) -> None:
    one, another = make(), make()
    heart, liver, *_ = cards_of(one, "organs")
    assert one.grade_card(heart.id, half(heart)).receipt.calibration == UNLEARNED
    rule(another, [liver], "incorrect")
    assert one.grade_card(heart.id, half(heart)).receipt.calibration == f"{UNLEARNED}+1"
    assert make().grade_card(heart.id, half(heart)).receipt.calibration == f"{UNLEARNED}+1"


def test_a_ruling_is_final_for_its_review_and_only_informs_later_ones(tutor: Tutor) -> None:
    heart, liver, *_ = cards_of(tutor, "organs")
    first = tutor.review_card(heart.id, half(heart))
    rule(tutor, [liver], "incorrect")
    ruled = tutor.override(first.id, "correct")
    assert (ruled.verdict, ruled.grade) == ("correct", first.grade)
    assert tutor.review_of(first.id).verdict == "correct"


def test_the_standing_of_a_deck_says_policy_verdicts_and_direction(
    make: Callable[..., Tutor],
) -> None:
    tutor = make(policy="lenient")
    fresh = tutor.standing("organs")
    assert (fresh.policy, fresh.verdicts, fresh.than_policy) == ("lenient", 0, "the same")
    rule(tutor, cards_of(tutor, "organs"), "incorrect")
    learned = tutor.standing("organs")
    assert (learned.policy, learned.verdicts, learned.than_policy) == ("lenient", 13, "stricter")


def test_without_a_store_what_has_no_deck_is_graded_and_a_card_says_what_is_wrong(
    make: Callable[..., Tutor],
) -> None:
    def fail() -> Any:
        raise StoreError("reviews.db is damaged; restore it from a backup")

    tutor = make(store=fail)
    heart = cards_of(tutor, "organs")[0]
    assert tutor.grade("What is 2 + 2?", ["4"], "4").verdict == "correct"
    for use in (tutor.grade_card, tutor.review_card):
        with pytest.raises(StoreError, match="restore it from a backup"):
            use(heart.id, half(heart))
    alone = tutor.grade_card(heart.id, half(heart), policy=tutor.learn(()))
    assert alone.receipt.calibration == UNLEARNED


def test_verdicts_on_questions_without_a_deck_are_learned_from_and_taken_as_they_are(
    tutor: Tutor,
) -> None:
    *ruled, muscle = cards_of(tutor, "organs")
    verdicts = [
        Ruled(Item(card.question, card.references), half(card), "incorrect") for card in ruled
    ]
    strict = tutor.learn(verdicts)
    asked = (muscle.question, muscle.references, half(muscle))
    assert tutor.grade(*asked, policy=strict).score < tutor.grade(*asked).score
    assert tutor.grade(*asked, policy=strict).receipt.calibration == f"{UNLEARNED}+12"
    assert tutor.reviews() == []


@pytest.mark.parametrize("bad", [("", "partial"), ("R", "superb")])
def test_what_cannot_be_learned_from_is_refused(tutor: Tutor, bad: tuple[str, Any]) -> None:
    reference, verdict = bad
    with pytest.raises(InvalidInputError, match=r"references\[0\] is empty|verdict is 'superb'"):
        tutor.learn([Ruled(Item("Q?", (reference,)), "an answer", verdict)])


def test_an_unknown_policy_is_refused(tutor: Tutor) -> None:
    unknown: Any = "harsh"
    with pytest.raises(InvalidInputError, match="policy is 'harsh'; use lenient, standard or"):
        tutor.grade("Q?", ["R"], "R", policy=unknown)


def test_many_threads_learn_and_rule_at_once(tutor: Tutor) -> None:
    cards = cards_of(tutor, "organs")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda card: rule(tutor, [card], "partial"), cards))
    grade = tutor.grade_card(cards[0].id, "another answer")
    assert grade.receipt.calibration == f"{UNLEARNED}+13"


WORDS = ("pumps", "blood", "it", "vessels", "pressure", "not", "up", "through", "the", "heat", "。")


@settings(max_examples=60, deadline=None)
@given(
    answer=st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
    verdicts=st.lists(st.sampled_from(["correct", "partial", "incorrect"]), max_size=6),
)
def test_a_stricter_policy_never_gives_a_higher_score(answer: str, verdicts: list[Any]) -> None:
    tutor = Tutor(
        grader=lambda: GRADER,
        collection=lambda: pytest.fail("no deck is needed"),
        store=lambda: pytest.fail("no store is needed"),
        clock=lambda: datetime(2026, 11, 24, tzinfo=UTC),
        new_id=lambda: "r",
    )
    question, reference = "What does the heart do?", "It pumps blood and keeps the pressure up."
    ruled = [
        Ruled(Item(question, (reference,)), f"blood {n}", verdict)
        for n, verdict in enumerate(verdicts)
    ]
    for learned in (lambda policy: policy, lambda policy: tutor.learn(ruled, policy)):
        strict, standard, lenient = (
            tutor.grade(question, [reference], answer, policy=learned(policy)).score
            for policy in ("strict", "standard", "lenient")
        )
        assert strict <= standard <= lenient
