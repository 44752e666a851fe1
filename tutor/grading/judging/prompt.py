"""Prompts as data: front matter, named parts, and `$slots` that are filled in one pass.

A prompt is a text file: TOML between two `---` lines, then parts, each below a line
`== name ==`. The front matter declares every slot that a part uses, so that a slip of the pen
in either place is found when the prompt is loaded and not in what a model is sent.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tutor.bundled import bundled_folder
from tutor.errors import PromptError
from tutor.grading.grade import Language

_PART = re.compile(r"^== ([a-z]+(?: [a-z]+)*) ==$", re.MULTILINE)
_SLOT = re.compile(r"\$(\$|[a-z_]+)")
_HASH_LENGTH = 16

_Name = Annotated[str, Field(pattern=r"^[a-z_]+$")]


class _Header(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: _Name
    version: int = Field(ge=1)
    menu: list[_Name] = []
    slots: list[_Name] = []


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as it lies in its file.

    `identity` names it with language and version, as `judge.en-1`; `hash` is the beginning of
    the SHA-256 of its text, in hex. `menu` are the words that a reply may choose from.
    """

    identity: str
    hash: str
    menu: tuple[str, ...]
    slots: frozenset[str]
    parts: Mapping[str, str]

    def part(self, name: str) -> str:
        """The text of a part, slots and all; raises `PromptError` when there is none."""
        if name not in self.parts:
            raise PromptError(
                f"prompt {self.identity}: no part {name!r}; write it below a line == {name} =="
            )
        return self.parts[name]

    def fill(self, name: str, values: Mapping[str, str]) -> str:
        """A part with its slots filled; raises `PromptError` when there is no such part.

        It is gone through once: what looks like a slot in a value stays as it is. `$$` is a
        dollar sign. Needs a value for every slot of the part.
        """
        return _SLOT.sub(lambda match: _filled(match[1], values), self.part(name))


def _filled(slot: str, values: Mapping[str, str]) -> str:
    return "$" if slot == "$" else values[slot]


@cache
def bundled_prompt(name: str, language: Language) -> Prompt:
    """The prompt that comes with tutor; raises what `load_prompt` raises."""
    return load_prompt(bundled_folder("prompts") / f"{name}.{language}.md")


def load_prompt(path: Path) -> Prompt:
    """Read a prompt from a file `name.language.md`.

    Raises `PromptError`, with file and reason, when it cannot be read, its front matter is not
    what it should be, or its slots are not those that it declares.
    """
    text = _text_of(path)
    head, body = _split(text, path)
    header = _header(head, path)
    parts = _parts(body, path)
    _check_slots(header, parts, path)
    language = path.suffixes[0].removeprefix(".") if len(path.suffixes) > 1 else ""
    identity = ".".join(filter(None, (header.name, language)))
    return Prompt(
        identity=f"{identity}-{header.version}",
        hash=sha256(text.encode()).hexdigest()[:_HASH_LENGTH],
        menu=tuple(header.menu),
        slots=frozenset(header.slots),
        parts=parts,
    )


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(
            f"{path}: the prompt cannot be read ({error}); install tutor again"
        ) from error


def _split(text: str, path: Path) -> tuple[str, str]:
    opening, _, rest = text.partition("\n")
    head, closing, body = rest.partition("\n---\n")
    if opening != "---" or not closing:
        raise PromptError(f"{path}: no front matter; begin with TOML between two lines ---")
    return head, body


def _header(head: str, path: Path) -> _Header:
    try:
        return _Header.model_validate(tomllib.loads(head))
    except tomllib.TOMLDecodeError as error:
        raise PromptError(f"{path}: the front matter is not TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise PromptError(f"{path}: front matter, {place}: {first['msg']}") from error


def _parts(body: str, path: Path) -> dict[str, str]:
    before, *pieces = _PART.split(body)
    names, texts = pieces[::2], pieces[1::2]
    if before.strip() or not names:
        raise PromptError(f"{path}: text outside of any part; begin it with a line == name ==")
    if doubled := {name for name in names if names.count(name) > 1}:
        raise PromptError(f"{path}: part {min(doubled)!r} stands there twice; keep one")
    return {name: text.strip("\n") for name, text in zip(names, texts, strict=True)}


def _check_slots(header: _Header, parts: Mapping[str, str], path: Path) -> None:
    used = {slot for text in parts.values() for slot in _SLOT.findall(text)} - {"$"}
    for slot in sorted(used ^ set(header.slots)):
        told = (
            "uses it and does not declare it" if slot in used else "declares it and never uses it"
        )
        raise PromptError(f"{path}: slot {slot!r}: the prompt {told}; mend the text or its slots")
