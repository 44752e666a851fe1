"""Decks: Markdown text into cards.

There are two readings. The strict one is that of `eudoxia0/hashcards`, errors included. The
default one takes decks as people write them:

- headings are sections and end a card; code, tables, quotes, comments and paragraphs between
  cards are asides, which `check_deck` lists;
- an answer ends at the next tag, `---`, heading or comment, and at a blank line followed by a
  plain paragraph. That paragraph is an aside with a warning; to make it part of the answer,
  remove the blank line or indent it. A list, an indented line, a fence, a table, an image or
  display maths after a blank line goes on with the answer, and so does, in a cloze text, a
  paragraph with a blank in it;
- tags inside a fence are text; `Q：` and the like count as tags; a byte-order mark is skipped;
- `R:` lines under an answer are its rubric.

No line is lost: every line that is not blank is in one of the deck's `blocks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from tutor.deck.card import Card
from tutor.deck.draft import cards_of
from tutor.deck.fault import DeckFault
from tutor.deck.frontmatter import read_front_matter
from tutor.deck.lines import loose_kinds, split_lines, strict_kinds
from tutor.deck.reading import Block, Reader

_NOT_ASIDES = frozenset({"front matter", "heading", "separator", "card"})


@dataclass(frozen=True, slots=True)
class ParsedDeck:
    """A deck: its cards in file order, one for each blank of a cloze text.

    Of cards with the same content the first is kept; the others are `duplicates`.
    """

    name: str
    file: str
    cards: tuple[Card, ...]
    duplicates: tuple[Card, ...]
    blocks: tuple[Block, ...]

    @property
    def asides(self) -> tuple[Block, ...]:
        """What stands between the cards and is none: paragraphs, tables, code, comments."""
        return tuple(block for block in self.blocks if block.kind not in _NOT_ASIDES)


def parse_deck(text: str, *, file: str, strict: bool = False) -> ParsedDeck:
    """Read the cards of a deck.

    `file` stands in messages and, without its extension, is the deck's name when the front
    matter gives none. A deck may turn out to have no cards. Raises `DeckError`, one line with
    file, line, fault and mend, at the first thing that cannot be read.
    """
    lines = split_lines(text if strict else text.removeprefix("\ufeff"))
    _check_characters(lines, file)
    front = read_front_matter(lines, file, strict=strict)
    kinds = strict_kinds(lines) if strict else loose_kinds(lines, front.lines, file)
    name = PurePath(file).stem if front.name is None else front.name
    reader = Reader(lines, kinds, front.lines, file, strict=strict)
    drawn = [
        card
        for draft in reader.drafts()
        for card in cards_of(draft, deck=name, file=file, strict=strict)
    ]
    cards, duplicates = _first_of_each(drawn, strict=strict)
    head = (Block("front matter", 1, front.lines, "\n".join(lines[: front.lines])),)
    return ParsedDeck(
        name, file, cards, duplicates, (head if front.lines else ()) + tuple(reader.blocks)
    )


def _check_characters(lines: list[str], file: str) -> None:
    for number, line in enumerate(lines, start=1):
        try:
            line.encode()
        except UnicodeEncodeError as error:
            raise DeckFault(
                file, number, f"half a character, {line[error.start]!r}", "remove it"
            ) from error


def _first_of_each(cards: list[Card], *, strict: bool) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    first: dict[str, Card] = {}
    duplicates = []
    for card in cards:
        key = card.hash if strict else card.id
        if first.setdefault(key, card) is not card:
            duplicates.append(card)
    return tuple(first.values()), tuple(duplicates)
