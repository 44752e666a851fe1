"""Cuts a text into the tokens of the bundled embedder, without a segmenter.

A run of Han characters counts as every vocabulary word in it, overlapping, up to six
characters long. A Latin word counts as itself, or as word pieces, so that none is unknown; two
neighbouring words also count as their term (`gradient descent`). What is in no vocabulary
falls into a bucket of its own kind: two texts with the same rare number still share it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from zlib import crc32

from tutor.grading.reading.text import Text, is_han

LONGEST_HAN_WORD = 6
LONGEST_PIECE = 20
BUCKETS = 256
"""Rows shared by numbers and characters that are no token; a power of two."""

_HAN = r"\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff\U00020000-\U000323af〇"
# A word is cut at 64 letters, so that cutting it into pieces stays cheap.
_UNIT = re.compile(
    rf"(?P<word>[a-z]{{1,64}}(?:'[a-z]{{1,3}}\b)?)|(?P<han>[{_HAN}]+)|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<symbol>[-+*/^=<>~%$&|±√∑∏∫∂∇∞→]|[^\W\da-z_])"
)


class _Folds(dict[int, str]):
    """What a character is read as, by the rules of the reading, worked out when it occurs."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        form = " " if char.isspace() else Text(char).normal
        bare = unicodedata.normalize("NFD", form)[:1]
        form = self[code] = bare if bare.isascii() and bare.isalpha() and len(form) == 1 else form
        return form


_FOLDS = _Folds()


def fold(text: str) -> str:
    """The text in lower case, half width, simplified characters and without accents."""
    return text.translate(_FOLDS)


class Tokenizer:
    """Turns texts into rows of a vocabulary: one line a token, buckets `#0` to `#255` last."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self._rows = {token: row for row, token in enumerate(tokens)}
        self._first_bucket = self._rows["#0"]
        self._longest = _longest_words(tokens)
        self._in_pieces = lru_cache(maxsize=32768)(self._pieces)

    def ids(self, text: str) -> list[int]:
        """Rows of all tokens in the text, repeated as often as they occur.

        Time and result are linear in the length of the text: at most six rows a character.
        """
        found: list[int] = []
        before, end = "", -1
        for unit in _UNIT.finditer(fold(text)):
            form, kind = unit.group(), unit.lastgroup
            if kind == "han":
                self._add_han(form, found)
            elif kind == "word":
                found += self._in_pieces(form)
                if unit.start() == end + 1 and (term := f"{before} {form}") in self._rows:
                    found.append(self._rows[term])
                before, end = form, unit.end()
            else:
                found.append(self._row(form))
        return found

    def _add_han(self, run: str, found: list[int]) -> None:
        rows, longest, size = self._rows, self._longest, len(run)
        for start, char in enumerate(run):
            found.append(rows[char] if char in rows else self._row(char))
            reach = longest.get(run[start : start + 2], 0)
            for end in range(start + 2, min(start + reach, size) + 1):
                if (word := run[start:end]) in rows:
                    found.append(rows[word])

    def _row(self, form: str) -> int:
        row = self._rows.get(form)
        return self._first_bucket + crc32(form.encode()) % BUCKETS if row is None else row

    def _pieces(self, word: str) -> tuple[int, ...]:
        row = self._rows.get(word)
        return tuple(self._longest_pieces(word)) if row is None else (row,)

    def _longest_pieces(self, word: str) -> Iterator[int]:
        start, letters = 0, word.replace("'", "")
        while start < len(letters):
            mark = "##" if start else ""
            ends = range(min(len(letters), start + LONGEST_PIECE), start, -1)
            known = (end for end in ends if mark + letters[start:end] in self._rows)
            end = next(known, start + 1)
            yield self._row(mark + letters[start:end])
            start = end


def _longest_words(tokens: Sequence[str]) -> dict[str, int]:
    """For the two characters that a Han word begins with, how long the longest such word is."""
    longest: dict[str, int] = {}
    for token in tokens:
        if len(token) > 1 and is_han(token[0]):
            longest[token[:2]] = max(len(token), longest.get(token[:2], 0))
    return longest
