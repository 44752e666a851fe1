"""Which deck the learner means: a path, or the name of a deck in the decks folder."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from tutor.deck.collection import read_decks
from tutor.errors import NotFoundError
from tutor.settings import Settings

_DEFAULT = "instructgpt.md"


def deck_path(wanted: str | None, settings: Settings) -> Path:
    """The deck file or folder to ask from.

    Without `wanted`: the InstructGPT deck if the decks folder has it, else the whole folder.
    `NotFoundError` names the nearest deck when there is none of that name; whether a path can
    be read is found out when it is loaded.
    """
    if wanted is None:
        default = settings.cards / _DEFAULT
        return default if default.is_file() else settings.cards
    path = Path(wanted).expanduser()
    if path.exists() or path.name != wanted or path.suffix == ".md":
        return path
    files = _files_by_name(settings.cards)
    if found := files.get(wanted.casefold()):
        return found
    raise NotFoundError(
        f"there is no deck {wanted!r} in {settings.cards}; {_advice(wanted, files)}"
    )


def _files_by_name(folder: Path) -> dict[str, Path]:
    """Deck files by the deck's name and by the file's, in small letters; the first one counts.

    Decks that cannot be read are among them, so that naming one says what is wrong with it.
    """
    decks, faults = read_decks(folder)
    named = [(name, deck.file) for deck in decks for name in (deck.name, Path(deck.file).stem)]
    named += [(Path(fault.file).stem, fault.file) for fault in faults]
    return {name.casefold(): Path(file) for name, file in reversed(named)}


def _advice(wanted: str, files: dict[str, Path]) -> str:
    near = get_close_matches(wanted.casefold(), files, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    names = ", ".join(sorted({path.stem for path in files.values()})[:8])
    return f"its decks are {names}" if names else "name a file instead"
