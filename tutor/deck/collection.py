"""Collections: the decks of a file or a folder, read from disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NoReturn

from tutor.deck.card import Card
from tutor.deck.fault import DeckFault
from tutor.deck.parser import ParsedDeck, parse_deck
from tutor.errors import DeckError, NotFoundError

SHORTEST_PREFIX = 6
"""Characters of a card's id that are enough to name it when no other card shares them."""

_HASH_LENGTH = 64


@dataclass(frozen=True)
class Collection:
    """Decks in the order of their paths, and their cards by id."""

    decks: tuple[ParsedDeck, ...]

    @property
    def cards(self) -> tuple[Card, ...]:
        """All cards in order; a card that several decks share comes once, from the first."""
        return tuple(self._by_id.values())

    @cached_property
    def _by_id(self) -> dict[str, Card]:
        found: dict[str, Card] = {}
        for deck in self.decks:
            for card in deck.cards:
                found.setdefault(card.id, card)
        return found

    def card(self, card_id: str) -> Card:
        """The card with this id, upstream hash, or prefix of an id (6 characters or more).

        Raises `NotFoundError` when there is none or when several cards share the prefix.
        """
        wanted = card_id.strip().lower()
        if wanted in self._by_id:
            return self._by_id[wanted]
        found = [card for card in self.cards if _names(wanted, card)]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(card.id for card in found[:3])
            raise NotFoundError(f"{len(found)} cards start with {wanted!r} ({ids}); add characters")
        raise NotFoundError(f"no card has the id {card_id!r}; list them with `tutor cards list`")

    def deck(self, name: str) -> ParsedDeck:
        """The deck with this name or file; raises `NotFoundError` when there is not one."""
        found = [deck for deck in self.decks if name in {deck.name, deck.file}]
        if len(found) == 1:
            return found[0]
        if found:
            files = ", ".join(deck.file for deck in found)
            raise NotFoundError(f"{len(found)} decks are named {name!r}; say which file: {files}")
        known = ", ".join(repr(deck.name) for deck in self.decks[:10])
        raise NotFoundError(f"no deck is named {name!r}; there are {known or 'none'}")


def _names(wanted: str, card: Card) -> bool:
    if len(wanted) == _HASH_LENGTH:
        return card.hash == wanted
    return len(wanted) >= SHORTEST_PREFIX and card.id.startswith(wanted)


def load_deck(path: Path, *, strict: bool = False) -> ParsedDeck:
    """Read one deck.

    Raises `DeckError`, one line, when the file cannot be read, is not UTF-8 text, does not
    parse, or has no cards.
    """
    file = str(path)
    text = _decoded(_read(path), file)
    deck = parse_deck(text, file=file, strict=strict)
    if not deck.cards:
        what = "no cards found" if text.strip() else "the deck is empty"
        raise DeckFault(file, None, what, 'write one, with "Q:" and "A:" or with "C:"')
    return deck


def load_collection(path: Path, *, strict: bool = False) -> Collection:
    """Read a deck, or all decks (`*.md`) in a folder and the folders below it.

    The default reading passes over hidden files and folders and README files; the strict one
    reads them. Symlinked folders are not entered. Raises `DeckError`, one line, that names
    every deck which cannot be read with its first fault.
    """
    decks, faults = read_decks(path, strict=strict)
    if not faults:
        return Collection(decks)
    if len(faults) == 1:
        raise faults[0]
    listed = " | ".join(map(str, faults))
    raise DeckError(f"{len(faults)} decks cannot be read: {listed}")


def read_decks(
    path: Path, *, strict: bool = False
) -> tuple[tuple[ParsedDeck, ...], tuple[DeckFault, ...]]:
    """The decks at a path that can be read, and the faults of those that cannot."""
    decks: list[ParsedDeck] = []
    faults: list[DeckFault] = []
    try:
        for file in _deck_files(path, strict=strict):
            try:
                decks.append(load_deck(file, strict=strict))
            except DeckFault as fault:
                faults.append(fault)
    except DeckFault as fault:
        faults.append(fault)
    return tuple(decks), tuple(faults)


def _deck_files(path: Path, *, strict: bool) -> list[Path]:
    if not os.path.isdir(path):  # `Path.is_dir` raises for a name that is too long
        return [path]
    found = sorted(
        file
        for file in _files_below(path)
        if file.suffix == ".md" and (strict or not _passed_over(file.relative_to(path)))
    )
    if not found:
        raise DeckFault(str(path), None, "no decks in this folder", "put a .md file into it")
    return [file for file in found if os.path.isfile(file)]


def _files_below(folder: Path) -> Iterator[Path]:
    for inner, _, names in os.walk(folder, onerror=_fail_to_read):
        yield from (Path(inner) / name for name in names)


def _passed_over(relative: Path) -> bool:
    hidden = any(part.startswith(".") for part in relative.parts)
    return hidden or relative.stem.lower() == "readme"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        _fail_to_read(error, str(path))


def _fail_to_read(error: OSError, file: str = "") -> NoReturn:
    place = file or str(error.filename)
    if isinstance(error, FileNotFoundError):
        raise DeckFault(place, None, "no such file or folder", "check the path") from error
    if isinstance(error, IsADirectoryError):
        raise DeckFault(place, None, "this is a folder", "name one deck in it") from error
    what = f"cannot be read: {error.strerror or error}"
    raise DeckFault(place, None, what, "check the path and its permissions") from error


def _decoded(data: bytes, file: str) -> str:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise DeckFault(file, 1, "the deck is UTF-16", "save it as UTF-8")
    if (at := data.find(b"\0")) >= 0:
        line = data.count(b"\n", 0, at) + 1
        what = f"a NUL byte at offset {at}: this is no text file"
        raise DeckFault(file, line, what, "name a Markdown deck, saved as UTF-8")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}"
        raise DeckFault(file, line, what, _encoding_mend(data)) from error


def _encoding_mend(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "save the file as UTF-8"
    return "it may be GBK: convert it with `iconv -f GB18030 -t UTF-8`"
