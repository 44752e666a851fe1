"""Text in a code that machines read and people do not: Base64, hexadecimal bytes."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable

Span = tuple[int, int]

_BASE64 = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{20,}+={0,2}")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:(?:\\x|0x|%)?[0-9A-Fa-f]{2}[\s,:]?){12,}+(?![0-9A-Za-z])")
_BYTE = re.compile(r"[0-9A-Fa-f]{2}(?![xX])")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEAST_LETTERS = 0.7
"""Share of letters and blanks from which on decoded bytes are words and no chance."""


def encoded_spans(answer: str) -> list[Span]:
    """The runs of characters that are words in a code, in order."""
    return sorted(
        match.span()
        for pattern, decode in ((_BASE64, _of_base64), (_HEX, _of_hex))
        for match in pattern.finditer(answer)
        if _is_words(decode, match.group())
    )


def _of_base64(run: str) -> bytes:
    signs = run.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(signs + "=" * (-len(signs) % 4))


def _of_hex(run: str) -> bytes:
    return bytes.fromhex("".join(_BYTE.findall(run)))


def _is_words(decode: Callable[[str], bytes], run: str) -> bool:
    try:
        text = decode(run).decode("utf-8")
    except (binascii.Error, ValueError):
        return False
    return text.isprintable() and len("".join(_WORD.findall(text))) >= _LEAST_LETTERS * len(
        text.replace(" ", "")
    )
