"""Where settings come from, and how to say what is wrong there."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tutor.errors import SettingsError

PREFIX = "TUTOR_"
_TOML = Path("tutor.toml")
_CONFIDENTIAL = frozenset({"judge_headers", "judge_secret"})
"""Settings whose values are in no message."""
_TOML_POSITION = re.compile(r"(.*?)\s*\(at (?:line (\d+), column \d+|end of document)\)$")


def check_environment(names: Collection[str]) -> None:
    """Refuse a `TUTOR_` variable that is a slip for one we know.

    Other unknown ones are left alone: they may belong to another program.
    """
    known = [name.upper() for name in names]
    for variable in os.environ:
        name = variable.upper().removeprefix(PREFIX)
        if name == variable.upper() or name in known:
            continue
        if near := get_close_matches(name, known, n=1, cutoff=0.6):
            raise SettingsError(
                f"{variable} is no setting of tutor; did you mean {PREFIX}{near[0]}?"
            )


def openai_endpoint() -> tuple[str | None, str | None]:
    """Base URL and key that the variables of the `openai` client name, None for each unset."""
    return os.environ.get("OPENAI_BASE_URL") or None, os.environ.get("OPENAI_API_KEY") or None


def read_toml(names: Collection[str]) -> dict[str, Any]:
    """Read `tutor.toml` in the working directory; without the file nothing is set.

    Raises `SettingsError` when it cannot be read, is not TOML or has a key not in `names`.
    """
    if not _TOML.is_file():
        return {}
    try:
        text = _TOML.read_text(encoding="utf-8-sig")
        values = tomllib.loads(text)
    except OSError as error:
        raise SettingsError(f"{_TOML}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"{_TOML}: byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise _malformed(str(error), text) from None
    for key in values:
        if key not in names:
            raise _unknown_key(key, text, names)
    return values


def explain(error: ValidationError, given: Mapping[str, Any]) -> SettingsError:
    """Say which setting has which unusable value, and where it was set."""
    flaw = error.errors()[0]
    what = flaw["msg"].removeprefix("Value error, ")
    what = what[:1].lower() + what[1:]
    if not flaw["loc"]:  # about several settings together, which the message names
        return SettingsError(f"settings: {what}")
    name = str(flaw["loc"][0])
    value = "" if name in _CONFIDENTIAL else f" is {flaw['input']!r}"
    return SettingsError(f"{_place(name, given)}{value}: {what}")


def _place(name: str, given: Mapping[str, Any]) -> str:
    if name in given:
        return f"setting {name}"
    for variable, value in os.environ.items():
        if variable.upper() == PREFIX + name.upper() and value:
            return variable
    return f"{_TOML}:{_line_of(name, _TOML.read_text(encoding='utf-8-sig'))}: {name}"


def _malformed(message: str, text: str) -> SettingsError:
    position = _TOML_POSITION.match(message)
    if position is None:
        return SettingsError(f"{_TOML}: is not TOML: {message}")
    line = position[2] or len(text.splitlines())
    what = position[1][:1].lower() + position[1][1:]
    return SettingsError(f"{_TOML}:{line}: {what}; see https://toml.io for the format")


def _unknown_key(key: str, text: str, names: Collection[str]) -> SettingsError:
    near = get_close_matches(key, names, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(names)}"
    return SettingsError(f"{_TOML}:{_line_of(key, text)}: {key!r} is no setting of tutor; {hint}")


def _line_of(key: str, text: str) -> int:
    written = re.compile(rf"\s*\[?\s*[\"']?{re.escape(key)}\b")
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if written.match(line)), 1)
