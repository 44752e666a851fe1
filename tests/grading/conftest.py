from __future__ import annotations

from pathlib import Path

import pytest

from tutor.deck.asking import item_of
from tutor.deck.collection import load_deck
from tutor.grading.calibration import load_calibration
from tutor.grading.item import Item
from tutor.grading.local import LocalGrader

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def grader() -> LocalGrader:
    """The grader of a plain install."""
    return LocalGrader(load_calibration())


@pytest.fixture(scope="session")
def items() -> tuple[Item, ...]:
    """Every card of the bundled decks."""
    decks = (path for path in sorted((ROOT / "cards").glob("*.md")) if path.name != "README.md")
    return tuple(item_of(card) for deck in decks for card in load_deck(deck).cards)
