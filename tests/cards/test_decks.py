"""The decks that are shipped parse, lint clean and can be graded."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.deck.asking import item_of
from tutor.deck.collection import load_deck
from tutor.deck.lint import check_deck
from tutor.grading.language import language_of

CARDS = Path(__file__).parents[2] / "cards"
DECKS = [CARDS / "instructgpt.md", CARDS / "memory-and-learning.md"]


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_deck_has_no_problem(path: Path) -> None:
    problems = [problem for problem in check_deck(load_deck(path)) if problem.severity != "note"]
    assert problems == []


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_every_card_can_be_graded_and_has_a_section(path: Path) -> None:
    for card in load_deck(path).cards:
        assert item_of(card).references
        assert card.section


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_every_rubric_has_a_required_point(path: Path) -> None:
    """With optional points alone nothing could be missing from an answer."""
    for card in load_deck(path).cards:
        points = item_of(card).key_points
        assert not points or any(point.required for point in points), card.question


def test_the_english_deck_is_english_and_large_enough() -> None:
    questions = {card.question for card in load_deck(CARDS / "memory-and-learning.md").cards}
    assert len(questions) >= 40
    assert {language_of(question) for question in questions} == {"en"}


def test_the_chinese_deck_asks_in_chinese() -> None:
    cards = load_deck(CARDS / "instructgpt.md").cards
    assert {language_of(card.question) for card in cards} == {"zh"}
