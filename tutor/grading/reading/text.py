"""Text as graders see it: one normal form for both scripts, and tokens that know their place.

The normal form folds what people write differently and mean alike: full and half width,
case, traditional and simplified Chinese, look-alike dashes and operators, zero-width
characters. It keeps what changes the meaning: signs, `^`, `_`, digits, brackets. Exponents
and indices that NFKC would glue to their base (`10²` to `102`) become `10^2`.
Every normalised character remembers where it came from, so that a quote is the learner's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from threading import Lock
from typing import Literal, NamedTuple

import opencc
import snowballstemmer

from tutor.grading.reading.memory import MANY, characters_of, remember

TokenKind = Literal["word", "han", "number", "operator"]

_SUPERSCRIPTS = {
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+-=()ni", strict=True)),
}
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()", strict=True))
_REPLACED = {
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("×✕✖∗﹡", "*"),
    **dict.fromkeys("·⋅∙•", "·"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("“”„«»「」『』″", '"'),
    **dict.fromkeys("‘’‚`´′", "'"),
    **dict.fromkeys("。．｡", "."),
    **dict.fromkeys("、､", ","),
    **dict.fromkeys("→⟶➔➜⇒", "→"),
    "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "～": "~", "∼": "~",
    "…": "...",
}  # fmt: skip
_INVISIBLE = {"Cf", "Cc", "Cs", "Co"}
_MOST_MARKS = 30
"""Combining marks that are composed with one character, as in the Stream-Safe Text Format of
UAX 15; sorting more of them takes time that grows with their square."""


class _CharTable(dict[str, str]):
    """Normal form of one character, worked out once for each character that occurs.

    `uneven` are the characters met that have none or several in their normal form, or that
    combine with the one before them.
    """

    def __init__(self) -> None:
        self.uneven: set[str] = set()

    def __missing__(self, char: str) -> str:
        form = self[char] = _fold(char)
        if len(form) != 1 or unicodedata.combining(char):
            self.uneven.add(char)
        return form


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _fold(char: str) -> str:
    if char.isspace():
        return " "
    if char in _SUPERSCRIPTS:
        return "^" + _SUPERSCRIPTS[char]
    if char in _SUBSCRIPTS:
        return "_" + _SUBSCRIPTS[char]
    if char in _REPLACED:
        return _REPLACED[char]
    if unicodedata.category(char) in _INVISIBLE:
        return ""
    if is_han(char):
        return str(_simplifier().convert(unicodedata.normalize("NFKC", char)))
    folded = unicodedata.normalize("NFKC", char).lower()
    return "".join(_REPLACED.get(part, part) for part in folded)


_CHARS = _CharTable()


def is_han(char: str) -> bool:
    """Whether the character is a Chinese ideograph."""
    return (
        "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U000323af" or char == "〇"
    )  # fmt: skip


def _clusters(raw: str) -> Iterator[tuple[int, str]]:
    """Characters with their combining marks composed, with raw offsets."""
    if not any(map(unicodedata.combining, raw)):
        yield from enumerate(raw)
        return
    start = 0
    for end in range(1, len(raw) + 1):
        long = end - start > _MOST_MARKS
        if end == len(raw) or long or not unicodedata.combining(raw[end]):
            yield start, unicodedata.normalize("NFC", raw[start:end])
            start = end


def _normal_form(raw: str) -> tuple[str, Sequence[int]]:
    """The normal form and, for each of its characters, the raw offset that it came from."""
    plain = "".join(map(_CHARS.__getitem__, raw))
    if _CHARS.uneven.isdisjoint(raw) and plain[:1] != " " and "  " not in plain:
        return plain, range(len(raw))
    forms: list[str] = []
    offsets: list[int] = []
    exponent = ""  # "^" or "_" while inside a run of super- or subscripts
    for start, cluster in _clusters(raw):
        form = _CHARS[cluster] if len(cluster) == 1 else "".join(_CHARS[char] for char in cluster)
        mark = form[:1] if cluster in _SUPERSCRIPTS or cluster in _SUBSCRIPTS else ""
        if mark and mark == exponent:
            form = form[1:]
        exponent = mark
        if form == " " and (not forms or forms[-1][-1:] == " "):
            continue
        if form:
            forms.append(form)
            offsets.extend([start] * len(form))
    return "".join(forms), offsets


class Token(NamedTuple):
    """A piece of text: `form` is what is compared, `start` and `end` are raw offsets."""

    kind: TokenKind
    form: str
    start: int
    end: int


_HAN_CLASS = r"\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\U00020000-\U000323af〇"
_LETTER = rf"[^\W\d_{_HAN_CLASS}]"
_TOKEN = re.compile(
    r"(?P<number>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?(?:e[+-]?\d+)?%?)"
    rf"|(?P<han>[{_HAN_CLASS}]+)"
    rf"|(?P<word>{_LETTER}+(?:'{_LETTER}+)?)"
    r"|(?P<operator><=|>=|!=|→|[-+*/^=<>~±·∑∏√∫∂∇∞])"
)


_MARKS = re.compile(r"[\s,.;:!?\"'()\[\]{}<>《》|\\]+")

_STEMMING = Lock()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Snowball English stem of a lower-case word; other scripts come back unchanged."""
    if not word.isascii() or word.isdigit():
        return word
    bare = word.removesuffix("'s").replace("'", "")
    with _STEMMING:
        return str(_stemmer().stemWord(bare))


@cache
def _stemmer() -> snowballstemmer.stemmer:
    """One thread at a time may use it: it holds the word that it works on."""
    return snowballstemmer.stemmer("english")


@dataclass(frozen=True)
class Text:
    """A piece of text with its normal form and tokens, each worked out once when asked for."""

    raw: str

    def __hash__(self) -> int:
        return hash(self.raw)

    @cached_property
    def _mapped(self) -> tuple[str, Sequence[int]]:
        return _normal_form(self.raw)

    @cached_property
    def normal(self) -> str:
        """The normal form: lower case, half width, simplified, single spaces, trimmed."""
        return self._mapped[0].rstrip()

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw offsets that the normal form's [start, end) came from; needs start < end."""
        offsets = self._mapped[1]
        if isinstance(offsets, range):  # every character stands where it stood
            return start, end
        stop = end
        while stop < len(offsets) and offsets[stop] == offsets[end - 1]:
            stop += 1
        return offsets[start], offsets[stop] if stop < len(offsets) else len(self.raw)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Words, Han runs, numbers and operators, in order, with raw offsets."""
        return tuple(self._tokens())

    def _tokens(self) -> Iterator[Token]:
        normal = self._mapped[0]
        for match in _TOKEN.finditer(normal):
            start, end = self.raw_span(match.start(), match.end())
            match match.lastgroup:
                case "word":
                    yield Token("word", match.group(), start, end)
                case "number":
                    yield from self._numbers(match.start(), match.end())
                case "han":
                    yield Token("han", match.group(), start, end)
                case _:
                    yield Token("operator", match.group(), start, end)

    def _numbers(self, start: int, end: int) -> Iterator[Token]:
        """One number, or several when what looks like thousands is a list: 100、200."""
        form = self.normal[start:end]
        span = self.raw_span(start, end)
        if "," not in form or "," in self.raw[slice(*span)]:
            yield Token("number", form.replace(",", ""), *span)
            return
        for piece in form.split(","):
            yield Token("number", piece, *self.raw_span(start, start + len(piece)))
            start += len(piece) + 1

    @cached_property
    def compact(self) -> str:
        """The normal form with letters, digits and operators only: for equality and n-grams."""
        return _MARKS.sub("", self.normal)

    def places_of(self, compact: str) -> list[tuple[int, int]]:
        """Raw spans where the compact form of another text stands in this one."""
        kept = [at for at, char in enumerate(self.normal) if not _MARKS.match(char)]
        starts = (match.start() for match in re.finditer(re.escape(compact), self.compact))
        return [self.raw_span(kept[at], kept[at + len(compact) - 1] + 1) for at in starts]


def length_of(text: Text) -> int:
    """The characters of a text as they were typed."""
    return len(text.raw)


@remember(MANY, characters_of)
def read(raw: str) -> Text:
    """The `Text` of a string; recently read strings are kept, since references recur."""
    return Text(raw)
