"""The JSON object in what a model wrote: around it prose, thoughts and fences, in it slips.

`json` reads what is JSON. What is nearly JSON is read here: comments, trailing commas, single,
typographic and unescaped quotes, names without quotes, Python's literals, raw line breaks, and
LaTeX, whose backslashes mean something else in JSON (`\\frac`) or nothing at all (`\\alpha`).
Nothing is made up: an object that is cut off is none.
"""

from __future__ import annotations

import json
import re
from typing import Any

from tutor.inference.loose_json import HopelessError, LooseReader, NotJsonError

DEEPEST = 64
"""Objects and lists within each other; deeper ones are not read."""
MOST_WASTED = 20_000
"""Characters that may be read in vain before the search for an object is given up."""

# A brace before anything else does not begin an object, and is not worth a try.
_MARK = re.compile(r"""\{(?=\s*["'“‘}\w/#])|<(/?)think(?:ing)?>""", re.IGNORECASE)
# No model means a form feed or a backspace; a tab or a line end before these letters it may.
_LATEX = (
    r"[bf][a-z]+|n(?:abla|eq?|eg|u|ot(?:in)?|mid|onumber|exists|ewline|earrow)|"
    r"r(?:ho|ight(?:arrow)?|angle|m|floor|ceil|brace|brack)|"
    r"t(?:au|ext[a-z]*|heta|imes|o|an|anh|frac|op|riangle|ilde|herefore|ag)"
)
_ESCAPE = re.compile(
    rf"""\\(?:(?:{_LATEX})(?![A-Za-z])|(["'\\/bfnrt]|u[0-9A-Fa-f]{{4}})|)""", re.DOTALL
)


def last_object(text: str) -> dict[str, Any] | None:
    """The last complete JSON object of a text, outside the model's thoughts; None without one.

    An object inside another is part of that; an empty one does not replace one that holds
    something. An object that names a key twice with different values, or nests more than
    `DEEPEST` levels, is not read. The time grows with the length of the text.
    """
    repaired = _keep_backslashes(text)
    try:
        value = json.loads(repaired, strict=False, object_pairs_hook=unambiguous)
    except (ValueError, RecursionError):
        return _search(repaired)
    if isinstance(value, str):  # an object in a string: encoded twice
        return _search(_keep_backslashes(value))
    return _sound(value) if isinstance(value, dict) else _search(repaired)


def unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs as an object. Raises `NotJsonError` where a key has two different values."""
    value = dict(pairs)
    if len(value) != len(pairs) and any(value[key] != other for key, other in pairs):
        raise NotJsonError
    return value


def _search(text: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = None
    reader = LooseReader(text, unambiguous, deepest=DEEPEST)
    position, thinking = 0, False
    while reader.wasted <= MOST_WASTED and (mark := _MARK.search(text, position)):
        position = mark.end()
        if mark[1] is not None:
            thinking = not mark[1]
            found = None
        elif not thinking:
            try:
                value, position = reader.read_object(mark.start())
            except HopelessError:
                break
            except NotJsonError:
                continue
            found = _sound(value) if value or found is None else found
    return found


def _keep_backslashes(text: str) -> str:
    """Double each backslash that is the writer's own and not JSON's."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: found[0] if found[1] else "\\" + found[0], text)


def _sound(value: dict[str, Any]) -> dict[str, Any] | None:
    try:
        return {encodable(key): _sound_value(inner, 1) for key, inner in value.items()}
    except NotJsonError:
        return None


def _sound_value(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise NotJsonError
    match value:
        case str():
            return encodable(value)
        case list():
            return [_sound_value(inner, depth + 1) for inner in value]
        case dict():
            return {encodable(key): _sound_value(inner, depth + 1) for key, inner in value.items()}
        case float() if value - value != 0:  # infinite or not a number: no JSON
            raise NotJsonError
        case _:
            return value


def encodable(text: str) -> str:
    """The text with � for each half of a surrogate pair, which no encoding takes."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
