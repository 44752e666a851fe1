"""Which deck the learner means: a path, or the name of a deck in the decks folder."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from tutor.errors import NotFoundError
from tutor.settings import Settings

DEFAULT_DECK = "instructgpt"


def deck_path(wanted: str | None, settings: Settings) -> Path:
    """The deck file or folder to ask from.

    Without `wanted`: the InstructGPT deck if the decks folder has it, else the whole folder.
    `NotFoundError` names the nearest deck when there is none of that name; whether a path can
    be read is found out when it is loaded.
    """
    files = _decks_by_name(settings.cards)
    if wanted is None:
        return files.get(DEFAULT_DECK, settings.cards)
    path = Path(wanted).expanduser()
    if path.exists() or path.name != wanted or path.suffix == ".md":
        return path
    if found := files.get(wanted.casefold()):
        return found
    raise NotFoundError(
        f"there is no deck {wanted!r} in {settings.cards}; {_advice(wanted, files)}"
    )


def _decks_by_name(folder: Path) -> dict[str, Path]:
    """Files by their name without `.md`; the first of equal names in sorted order counts."""
    paths = sorted(folder.rglob("*.md"), reverse=True) if folder.is_dir() else [folder]
    return {path.stem.casefold(): path for path in paths}


def _advice(wanted: str, files: dict[str, Path]) -> str:
    near = get_close_matches(wanted.casefold(), files, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    names = ", ".join(sorted(files)[:8])
    return f"its decks are {names}" if names else "name a file instead"
