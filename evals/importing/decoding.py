"""From bytes to text, for files that do not always say, or know, how they were written."""

from __future__ import annotations

import codecs
from pathlib import Path

from tutor.errors import InvalidInputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def exact_text(path: Path, content: bytes, encoding: str | None) -> str:
    """The text of a file in the encoding of its byte order mark, else `encoding`, else UTF-8.

    A guess would turn names and answers into other ones unseen, so there is none: raises
    `InvalidInputError` that names the byte and the encodings to try.
    """
    name = _marked(content) or encoding or "utf-8"
    try:
        text = content.decode(name)
    except LookupError as error:
        raise InvalidInputError(
            f"encoding {name!r} is unknown; use such as utf-8, utf-16, gb18030, big5 or cp1252"
        ) from error
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            f"{path}: byte {error.start} is not {name}; say how it was saved: --encoding gb18030 "
            "(Chinese Excel), big5 or cp1252 (Western Excel), or save it as CSV UTF-8"
        ) from error
    if "\0" in text:
        raise InvalidInputError(
            f"{path}: holds zero bytes, as UTF-16 does; say so: --encoding utf-16-le"
        )
    return text


def likely_text(content: bytes, declared: str | None = None) -> str:
    """The text of an old file: UTF-8 where the bytes are that, else as declared, else cp1252.

    What is valid UTF-8 beyond ASCII is hardly ever anything else, whatever the file declares.
    """
    for name in (_marked(content), "utf-8", declared):
        try:
            if name is not None:
                return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252", errors="replace")


def _marked(content: bytes) -> str | None:
    return next((name for mark, name in _MARKS if content.startswith(mark)), None)
