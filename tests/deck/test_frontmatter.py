from __future__ import annotations

import pytest

from tutor.deck.parser import parse_deck
from tutor.errors import DeckError

CARD = "Q: a\nA: b"
BOTH = pytest.mark.parametrize("strict", [True, False], ids=["strict", "default"])


@BOTH
def test_name(strict):
    deck = parse_deck(f'---\nname = "My deck"\n---\n{CARD}', file="x/os.md", strict=strict)
    assert deck.name == "My deck"
    assert deck.cards[0].deck == "My deck"


@BOTH
@pytest.mark.parametrize(
    "front", ["", "---\n---\n", "---\nauthor = 'me'\n---\n", "---\r\n \r\n ---\r\n"]
)
def test_without_a_name_the_file_gives_it(front, strict):
    assert parse_deck(front + CARD, file="x/os.md", strict=strict).name == "os"


@BOTH
def test_lines_are_counted_from_the_top_of_the_file(strict):
    text = f'---\nname = "n"\n---\n\n{CARD}\nA: again'
    assert parse_deck(text.removesuffix("\nA: again"), file="f", strict=strict).cards[0].line == 5
    with pytest.raises(DeckError, match=r"^f:7: found an answer tag"):
        parse_deck(text, file="f", strict=strict)


@BOTH
def test_unclosed(strict):
    with pytest.raises(DeckError, match=r"^f:1: .*never closed"):
        parse_deck(f'---\nname = "n"\n\n{CARD}', file="f", strict=strict)


@BOTH
@pytest.mark.parametrize(
    ("front", "line"), [("name: My deck", 2), ('author = "me"\nname = ', 3), ("x = [[[[", 2)]
)
def test_not_toml(front, line, strict):
    with pytest.raises(DeckError, match=rf"^f:{line}: .*not TOML"):
        parse_deck(f"---\n{front}\n---\n{CARD}", file="f", strict=strict)


@BOTH
@pytest.mark.parametrize("value", ["x = " + "[" * 5000, "x = " + "1" * 5000])
def test_what_the_toml_reader_chokes_on_is_a_deck_error(value, strict):
    with pytest.raises(DeckError, match="not TOML"):
        parse_deck(f"---\n{value}\n---\n{CARD}", file="f", strict=strict)


@BOTH
def test_name_is_no_string(strict):
    with pytest.raises(DeckError, match=r"^f:1: .*name is 3"):
        parse_deck(f"---\nname = 3\n---\n{CARD}", file="f", strict=strict)


@pytest.mark.parametrize("rest", ["", "\n---\nQ: c\nA: d"])
def test_a_separator_above_the_first_card_is_front_matter_only_to_upstream(rest):
    assert parse_deck(f"---\n{CARD}{rest}", file="f").cards[0].question == "a"
    with pytest.raises(DeckError):
        parse_deck(f"---\n{CARD}{rest}", file="f", strict=True)


def test_byte_order_mark_hides_front_matter_only_from_upstream():
    text = f'\ufeff---\nname = "n"\n---\n{CARD}'
    assert parse_deck(text, file="f").name == "n"
    with pytest.raises(DeckError, match=r"^f:1: "):
        parse_deck(text, file="f", strict=True)
