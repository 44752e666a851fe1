"""tutor grades free answers to flashcards.

    from tutor import open_tutor

    with open_tutor() as tutor:
        grade = tutor.grade("What is X?", ["The reference answer."], "What she typed.")

Names are imported when they are first used, so `import tutor` alone costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.deck.card import Card as Card
    from tutor.deck.collection import load_deck as load_deck
    from tutor.errors import TutorError as TutorError
    from tutor.grading.grade import Grade as Grade
    from tutor.grading.item import Item as Item
    from tutor.service import Tutor as Tutor
    from tutor.settings import Settings as Settings
    from tutor.settings import open_tutor as open_tutor
    from tutor.study.review import Review as Review

    __version__: str

_HOMES = {
    "Card": "tutor.deck.card",
    "Grade": "tutor.grading.grade",
    "Item": "tutor.grading.item",
    "Review": "tutor.study.review",
    "Settings": "tutor.settings",
    "Tutor": "tutor.service",
    "TutorError": "tutor.errors",
    "load_deck": "tutor.deck.collection",
    "open_tutor": "tutor.settings",
}

__all__ = [
    "Card",
    "Grade",
    "Item",
    "Review",
    "Settings",
    "Tutor",
    "TutorError",
    "__version__",
    "load_deck",
    "open_tutor",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        return _version()
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("tutor")
    except PackageNotFoundError:  # a checkout that was never installed
        return "0+checkout"
