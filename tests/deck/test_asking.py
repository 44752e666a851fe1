from __future__ import annotations

import pytest

from tutor.deck.asking import item_of
from tutor.deck.parser import parse_deck
from tutor.errors import DeckError
from tutor.grading.item import Item, PointSpec, Tolerance


def items(text, *, strict=False):
    return [item_of(card) for card in parse_deck(text, file="d.md", strict=strict).cards]


def test_plain_card():
    assert items("Q: a\nA: b") == [Item("a", ("b",))]


def test_rubric_becomes_points_references_and_tolerance():
    text = "Q: a\nA: b 10\nR: one\nR: ~ two\nR: = bee\nR: ± 5%"
    assert items(text) == [
        Item(
            "a",
            ("b 10", "bee"),
            key_points=(PointSpec("one"), PointSpec("two", required=False)),
            tolerance=Tolerance(0.05),
        )
    ]


def test_blanks():
    assert items("C: [a] is [ 10 ]\nR: ± 0.5") == [
        Item("[...] is  10 ", ("a",), kind="cloze", tolerance=Tolerance(0.5, relative=False)),
        Item("a is [...]", ("10",), kind="cloze", tolerance=Tolerance(0.5, relative=False)),
    ]


@pytest.mark.parametrize(("text", "strict"), [("\nQ: a\nA: ", False), ("\nC: a [ ]", True)])
def test_a_card_without_an_answer_is_never_asked(text, strict):
    with pytest.raises(DeckError, match=r"^d\.md:2: the answer is empty; "):
        items(text, strict=strict)


def test_an_alternative_can_stand_in_for_an_empty_answer():
    assert items("Q: a\nA:\nR: = b") == [Item("a", ("b",))]
