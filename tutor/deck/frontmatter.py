"""Front matter: TOML between two `---` lines at the top of a deck; only `name` is used."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from tutor.deck.fault import DeckFault
from tutor.deck.lines import trim

_NAME_MEND = 'write it as TOML, like name = "My deck"'
_KEY = re.compile(r"\s*[\w-]+\s*=")
_CARD_TAG = re.compile(r"[QAC][:：]|#")
_ERROR_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The deck's name, if it has one, and how many lines the front matter takes (0: none)."""

    name: str | None = None
    lines: int = 0


def read_front_matter(lines: list[str], file: str, *, strict: bool) -> FrontMatter:
    """Read the front matter at the top of a deck.

    Strictly, a first line `---` always opens front matter. In the default reading it is a
    separator between cards when no second `---` stands above the first tag or heading.
    Raises `DeckFault` when it is not closed, not TOML, or `name` is not a string.
    """
    if not lines or trim(lines[0]) != "---":
        return FrontMatter()
    closing = _closing(lines, strict=strict)
    if closing is None:
        if not strict and not any(_KEY.match(line) for line in lines[1:2]):
            return FrontMatter()
        raise DeckFault(
            file,
            1,
            'the front matter that opens with "---" is never closed',
            'add a line "---" below it',
        )
    return FrontMatter(_name(lines[1:closing], file, strict=strict), closing + 1)


def _closing(lines: list[str], *, strict: bool) -> int | None:
    for at in range(1, len(lines)):
        if trim(lines[at]) == "---":
            return at
        if not strict and _CARD_TAG.match(lines[at]):
            return None
    return None


def _name(lines: list[str], file: str, *, strict: bool) -> str | None:
    try:
        name = tomllib.loads("\n".join(lines)).get("name")
    except (ValueError, RecursionError) as error:  # ValueError: also integers of 4301 digits
        place = _ERROR_LINE.search(str(error))
        line = 1 + (int(place[1]) if place else len(lines))
        raise DeckFault(file, line, "the front matter is not TOML", _NAME_MEND) from error
    if name is None or (isinstance(name, str) and (strict or name.strip())):
        return name
    raise DeckFault(file, 1, f"the deck's name is {name!r:.40}", _NAME_MEND)
