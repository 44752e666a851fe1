"""From a draft, a card as it was written, to the cards that are asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.deck.card import Card, CardKind, RubricLine
from tutor.deck.cloze import SHOWN_BLANK, read_cloze, upstream_deletions, upstream_text
from tutor.deck.fault import DeckFault
from tutor.deck.identity import basic_hash, basic_id, cloze_hash, cloze_id, family_hash


@dataclass(frozen=True, slots=True)
class Draft:
    """A card as written: `question` and `answer`, or a cloze text in `question` alone."""

    kind: CardKind
    line: int
    question: str
    answer: str
    rubric: tuple[RubricLine, ...]
    section: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Blank:
    """One blank: what identifies it (`text`, `first`, `last`), and what is shown of it."""

    text: str
    first: int
    last: int
    question: str
    fill: str


def cards_of(draft: Draft, *, deck: str, file: str, strict: bool) -> Iterator[Card]:
    """The cards of a draft: itself, or one for each blank.

    Raises `DeckFault` for a cloze text without a blank or with a rubric that could belong to
    any of several blanks.
    """
    if draft.kind == "basic":
        yield _basic(draft, deck, file)
        return
    blanks = list(_strict_blanks(draft, file) if strict else _loose_blanks(draft.question))
    if not blanks:
        mend = "put [brackets] around one"
        raise DeckFault(file, draft.line, "the cloze text has no blank", mend)
    if len(blanks) > 1:
        _check_shared_rubric(draft.rubric, file)
    for index, blank in enumerate(blanks):
        yield _cloze(draft, deck, file, blank, index)


def _basic(draft: Draft, deck: str, file: str) -> Card:
    question, answer = draft.question, draft.answer
    return Card(
        id=basic_id(question, answer),
        hash=basic_hash(question, answer),
        family=None,
        kind="basic",
        deck=deck,
        section=draft.section,
        file=file,
        line=draft.line,
        question=question,
        references=(answer, *_alternatives(draft.rubric)),
        rubric=draft.rubric,
        text=f"{question}\n{answer}",
    )


def _cloze(draft: Draft, deck: str, file: str, blank: _Blank, index: int) -> Card:
    return Card(
        id=cloze_id(blank.text, blank.first, blank.last),
        hash=cloze_hash(blank.text, blank.first, blank.last),
        family=family_hash(blank.text),
        kind="cloze",
        deck=deck,
        section=draft.section,
        file=file,
        line=draft.line,
        question=blank.question,
        references=(blank.fill.strip(), *_alternatives(draft.rubric)),
        rubric=draft.rubric,
        blank=index,
        text=draft.question,
    )


def _strict_blanks(draft: Draft, file: str) -> Iterator[_Blank]:
    text = upstream_text(draft.question)
    whole = text.encode()
    for found in upstream_deletions(draft.question):
        if found.last < 0:  # upstream computes 0 - 1 here in unsigned numbers
            what = "the cloze text starts with an empty blank"
            raise DeckFault(file, draft.line, what, "fill the brackets")
        before, after = whole[: found.first], whole[found.last + 1 :]
        question = before + SHOWN_BLANK.encode() + after
        fill = whole[found.first : found.last + 1]
        yield _Blank(text, found.first, found.last, _text(question), _text(fill))


def _text(data: bytes) -> str:
    # Upstream's offsets are off by a byte behind an escape inside an image.
    return data.decode(errors="replace")


def _loose_blanks(text: str) -> Iterator[_Blank]:
    """The blanks with upstream's offsets, or our own for one that upstream does not see."""
    cloze, clean = read_cloze(text), upstream_text(text)
    theirs = {(found.opened, found.closed): found for found in upstream_deletions(text)}
    ours = cloze.byte_offsets()
    for index, fill in enumerate(cloze.fills):
        question = cloze.question(index)
        if found := theirs.get(cloze.places[index]):
            yield _Blank(clean, found.first, found.last, question, fill)
        else:
            yield _Blank(cloze.text, *ours[index], question, fill)


def _check_shared_rubric(rubric: tuple[RubricLine, ...], file: str) -> None:
    for line in rubric:
        if line.kind != "tolerance":
            what = "the rubric line could belong to any of the cloze text's blanks"
            raise DeckFault(file, line.line, what, "write one cloze text for each blank")


def _alternatives(rubric: tuple[RubricLine, ...]) -> tuple[str, ...]:
    return tuple(line.text for line in rubric if line.kind == "alternative")
