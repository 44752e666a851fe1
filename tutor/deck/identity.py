"""Identity of cards: upstream's content hash for exchange, and our own id as key.

Upstream feeds BLAKE3 with the parts of a card back to back, so `("ab", "c")` and
`("a", "bc")` share a hash. Our id puts the length before each part and cannot collide so.
Neither depends on the deck's name or file: a card that moves keeps its reviews.
"""

from __future__ import annotations

from blake3 import blake3

ID_LENGTH = 16
"""Hex characters of a card's id: 64 bits, short enough to type."""


def basic_hash(question: str, answer: str) -> str:
    """Upstream's hash of a basic card, 64 hex characters."""
    return blake3(f"Basic{question}{answer}".encode()).hexdigest()


def cloze_hash(text: str, start: int, end: int) -> str:
    """Upstream's hash of one blank: clean text, byte offsets, `end` inclusive."""
    offsets = start.to_bytes(8, "little") + end.to_bytes(8, "little")
    return blake3(b"Cloze" + text.encode() + offsets).hexdigest()


def family_hash(text: str) -> str:
    """Upstream's hash of a whole cloze text, shared by its blanks."""
    return blake3(b"Cloze" + text.encode()).hexdigest()


def basic_id(question: str, answer: str) -> str:
    """Our id of a basic card."""
    return _id(b"basic", question.encode(), answer.encode())


def cloze_id(text: str, start: int, end: int) -> str:
    """Our id of one blank of a cloze text; the same text and offsets as for upstream's hash."""
    return _id(b"cloze", text.encode(), b"%d" % start, b"%d" % end)


def _id(*parts: bytes) -> str:
    framed = b"".join(b"%d:%b" % (len(part), part) for part in parts)
    return blake3(framed).hexdigest()[:ID_LENGTH]
