"""Fences around untrusted text, so that nothing in it can pass for the prompt's own.

Every line of it begins with `| `, and the delimiters around it carry a token that only this
installation can work out. Text is changed as little as that needs: what cannot be seen is
taken out, and what a server might read as a token of its chat template, or a reader as one of
our delimiters, gets spaces between its signs. The compact form of `reading.text`, by which
quotes are found again, knows no spaces; mathematics and code stay legible.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from itertools import count

_PREFIX = "| "
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800"
_INVISIBLE = {"Cc", "Cf", "Cs", "Co"}
_JOINER = "\u034f"
_LOOKALIKES = {
    **dict.fromkeys("‹〈⟨❮❰ᐸ˂⧼", "<"),
    **dict.fromkeys("›〉⟩❯❱ᐳ˃⧽", ">"),
    **dict.fromkeys("«≪⟪⋘", "《"),
    **dict.fromkeys("»≫⟫⋙", "》"),
    **dict.fromkeys("∣│┃❘ǀ⏐▏", "|"),
}
_BREAK = re.compile(
    r"<(?=<<)|(?<=<)<(?=<)|>(?=>>)|(?<=>)>(?=>)|《(?=《)|》(?=》)"  # our delimiters
    r"|<(?=\|)|\|(?=>)"  # <|im_start|>
    r"|<(?=/?\w{1,40}(?:\W\w{1,40}){0,2}>)"  # <s>, </s>, <start_of_turn>, <<SYS>>
    r"|\[(?=/?[A-Za-z_]{2,20}\])"  # [INST], [/INST]
    r"|\#(?=\#)"  # ### Instruction:
)
_RUN = re.compile(r"(.)\1{63,}")
"""One character so many times that it says nothing more."""
_KEPT_OF_RUN = 32
_BLANK_LINES = re.compile(r"\n{3,}")
_SIGNS = "abcdefghjkmnpqrstuvwxyz", "23456789"
_NONCE_LENGTH = 10


class Seal:
    """Tokens that depend on a secret and on content, and on nothing else.

    The same content gets the same tokens, so that a prompt is the same every time it is made;
    who does not know the secret cannot guess them.
    """

    def __init__(self, secret: bytes, *content: str) -> None:
        fields = (field.encode("utf-8", "surrogatepass") for field in content)
        framed = b"".join(len(field).to_bytes(8, "big") + field for field in fields)
        self._digest = hmac.digest(secret, framed, sha256)

    @property
    def name(self) -> str:
        """What tells it apart from seals of other content."""
        return self._digest.hex()

    def number(self, purpose: str) -> int:
        """A number in [0, 2**64)."""
        return int.from_bytes(self._derived(purpose)[:8], "big")

    def order(self, purpose: str, length: int) -> list[int]:
        """The numbers in [0, length), shuffled."""
        return sorted(range(length), key=lambda i: self._derived(f"{purpose} {i}"))

    def tokens(self, purpose: str, number: int, length: int, absent_from: str) -> list[str]:
        """So many different tokens of letters and digits by turns, none within `absent_from`."""
        found: dict[str, None] = {}
        for i in count():
            if len(found) == number:
                break
            token = _spelt(self._derived(f"{purpose} {i}"), length)
            if token not in absent_from:
                found[token] = None
        return list(found)

    def nonce(self, text: str) -> str:
        """The token for the delimiters around a text, in which it does not occur."""
        return self.tokens("nonce", 1, _NONCE_LENGTH, text)[0]

    def _derived(self, purpose: str) -> bytes:
        return sha256(self._digest + purpose.encode()).digest()


def _spelt(digest: bytes, length: int) -> str:
    signs = (_SIGNS[i % 2] for i in range(length))
    return "".join(
        some[byte % len(some)] for some, byte in zip(signs, digest[:length], strict=True)
    )


def opening(name: str, nonce: str) -> str:
    """The line above a fenced text."""
    return f"<<<{name} {nonce}>>>"


def closing(name: str, nonce: str) -> str:
    """The line below a fenced text."""
    return f"<<<END {name} {nonce}>>>"


def quoted(text: str) -> str:
    """Untrusted text made harmless, each of its lines behind `| `."""
    return "\n".join(_PREFIX + line for line in neutralise(text).split("\n"))


def neutralise(text: str) -> str:
    """Text without what cannot be seen, and with no sign that is ours or a chat template's.

    Line ends of every kind become `\\n`, at most one line in a row stays empty, one character
    repeated 64 times or more is repeated 32 times. Twice done is done once.
    """
    plain = text.replace("\r\n", "\n").translate(_VISIBLE)
    plain = _BLANK_LINES.sub("\n\n", "\n".join(map(str.rstrip, plain.split("\n")))).strip("\n")
    plain = _RUN.sub(lambda run: run[1] * _KEPT_OF_RUN, plain)
    return _broken(plain, plain.translate(_FOLDED))


def _broken(text: str, folded: str) -> str:
    """The text with a space behind each sign that a pattern finds in its folded form."""
    pieces = list(_between(text, [match.end() for match in _BREAK.finditer(folded)]))
    return " ".join(pieces)


def _between(text: str, cuts: list[int]) -> Iterator[str]:
    start = 0
    for cut in (*cuts, len(text)):
        yield text[start:cut]
        start = cut


class _Visible(dict[int, str]):
    """What is shown of a character; worked out once for each that occurs."""

    def __missing__(self, code: int) -> str:
        shown = self[code] = _shown(chr(code))
        return shown


class _Folded(dict[int, str]):
    """A character as patterns see it: half width, look-alikes as what they look like."""

    def __missing__(self, code: int) -> str:
        char = unicodedata.normalize("NFKC", chr(code))
        folded = self[code] = _LOOKALIKES.get(chr(code), char if len(char) == 1 else chr(code))
        return folded


_VISIBLE, _FOLDED = _Visible(), _Folded()


def _shown(char: str) -> str:
    if char in _LINE_ENDS:
        return "\n"
    if char.isspace() or char in _BLANK_LETTERS:
        return "\t" if char == "\t" else " "
    if char == _JOINER or _is_selector(char) or unicodedata.category(char) in _INVISIBLE:
        return ""
    return char


def _is_selector(char: str) -> bool:
    """Whether it selects a variant of the character before it; in a row such hide whole texts.

    Those that choose between emoji and plain sign have a use.
    """
    return "\ufe00" <= char <= "\ufe0d" or "\U000e0100" <= char <= "\U000e01ef"
