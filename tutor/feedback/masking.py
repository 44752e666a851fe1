"""Masking: a text with some of its words replaced by underscores, letter for letter."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tutor.grading.reading.glossary import concepts
from tutor.grading.reading.text import Token, is_han, read

_FUNCTION_HAN = frozenset("的了着和与或及并在是为以对把被将从到等而且其之也都很一个")
_FUNCTION_WORDS = frozenset(
    "a an the of to in on at by for from with and or is are be as that this it its".split()
)


class _Word(NamedTuple):
    """A content word, its raw offsets, and whether it is a number."""

    start: int
    end: int
    is_number: bool = False


def beginning(text: str) -> str:
    """The first content word with all but its first letter masked; a number is masked whole."""
    word = next(_words(text), _Word(0, len(text)))
    shown = text[word.start : word.end]
    keep = 0 if word.is_number or len(shown) < 2 else 1
    return shown[:keep] + _masked(shown[keep:]) + ("" if word.end == len(text) else " …")


def gapped(text: str, parity: int) -> str:
    """The text with its numbers and about half of its other content words masked.

    `parity` 0 masks the first of these words and every second after it, 1 the others. Where
    there are only one or two, each keeps its first half instead: a term is soon recognised.
    """
    words = list(_words(text))
    numbers = [word for word in words if word.is_number]
    others = [word for word in words if not word.is_number]
    if len(others) > 2:
        return _with_gaps(text, numbers + others[parity::2])
    return _with_gaps(text, numbers + [_second_half(word) for word in others])


def _second_half(word: _Word) -> _Word:
    return word._replace(start=(word.start + word.end + 1) // 2)


def _with_gaps(text: str, hidden: Iterable[_Word]) -> str:
    chars = list(text)
    for word in hidden:
        chars[word.start : word.end] = _masked(text[word.start : word.end])
    return "".join(chars)


def _masked(text: str) -> str:
    return "".join("_" if char.isalnum() else char for char in text)


def _words(text: str) -> Iterator[_Word]:
    """Content words in order: glossary terms whole, other Han runs in pairs of characters."""
    terms = deque(concepts(read(text)))
    end = 0
    for token in read(text).tokens:
        while terms and terms[0].start < token.end:
            term = terms.popleft()
            if end <= term.start:
                yield from _plain(token, text, max(end, token.start), term.start)
                yield _Word(term.start, term.end)
                end = term.end
        yield from _plain(token, text, max(end, token.start), token.end)


def _plain(token: Token, text: str, start: int, end: int) -> Iterator[_Word]:
    """The content words of the part of a token that no glossary term covers."""
    if start >= end or token.kind == "operator" or token.form in _FUNCTION_WORDS:
        return
    if token.kind != "han":
        yield _Word(start, end, token.kind == "number")
        return
    while start < end:
        if text[start] in _FUNCTION_HAN or not is_han(text[start]):
            start += 1
            continue
        stop = start + 1
        if stop < end and text[stop] not in _FUNCTION_HAN:
            stop += 1
        yield _Word(start, stop)
        start = stop
