"""Quoting: a learner's or a deck's own words, made fit to stand inside a sentence."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tutor.feedback.wording import Wording
from tutor.grading.reading.text import is_han

LONGEST_QUOTE = 60
LONGEST_POINT = 160
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def quote(text: str, words: Wording) -> str:
    """The text in quotation marks, at most 60 characters of it, control characters gone."""
    opening, closing = words.inner_quotes
    inner = shorten(clean(text), LONGEST_QUOTE)
    for mark, replacement in zip(words.quoted.split("{text}"), (opening, closing), strict=True):
        inner = inner.replace(mark, replacement)
    return words.quoted.format(text=inner)


@lru_cache(maxsize=1024)
def statement(text: str) -> str:
    """The text as the last words of a sentence: cleaned, shortened, without its own full stop."""
    return shorten(clean(text), LONGEST_POINT).rstrip("。.；;，, ")


def clean(text: str) -> str:
    """One line of printable characters with single spaces."""
    if text.isprintable():
        return re.sub(r" {2,}", " ", text).strip()
    printable = (
        " " if char.isspace() or char in "\x85\u2028\u2029" else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in _UNPRINTABLE
    )
    return re.sub(r" +", " ", "".join(printable)).strip()


def shorten(text: str, longest: int) -> str:
    """At most `longest` characters, the last one `…` where words were left out."""
    if len(text) <= longest:
        return text
    end = longest - 1
    while end and _inside_word(text, end):
        end -= 1
    return text[: end or longest - 1].rstrip() + "…"


def _inside_word(text: str, at: int) -> bool:
    """Whether a cut at this offset would split a word or a letter from its mark."""
    before, after = text[at - 1], text[at]
    if unicodedata.combining(after):
        return True
    return all(char.isalnum() and not is_han(char) for char in (before, after))
