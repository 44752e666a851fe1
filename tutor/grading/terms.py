"""Content terms: the units in which answers and references are compared.

A Latin word counts as its stem, a number as itself, a run of Han characters as its
overlapping character pairs (measured on native data, pairs do as well as a segmenter).
Function words of both languages carry a small weight, not none: "not to" is not "to".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tutor.grading.text import Text, Token, read, stem

_FUNCTION_WORDS = frozenset(
    """a an the and or but if then else of at by for with about into through to from in on up out
    off over is are was were be been being am do does did have has had having it its it's this that these those
    there their they them he she his her we our you your i me my as so than too very can could
    will would shall should may might must just also which who whom whose what when where how
    why because since while both each other some any such only own same s t don d ll re ve""".split()
)
_FUNCTION_HAN = re.compile("[的了着吗呢吧啊呀嘛地得之所其及与和或并且而但也都就又还是在于对把被将从到向以为由这那个些种等有会能可要让使]")
FUNCTION_WEIGHT = 0.15


class Term(NamedTuple):
    """A comparable unit; `weight` is its share of the meaning, `start` and `end` raw offsets."""

    form: str
    weight: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TermSet:
    """The terms of a text, in order, and the set of their forms."""

    terms: tuple[Term, ...]
    forms: frozenset[str]
    characters: frozenset[str]
    """Single Han characters that occur, for half credit when word order differs."""
    words: tuple[str, ...]
    """Latin stems, for fuzzy comparison."""


def is_function_han(char: str) -> bool:
    """Whether a Han character mostly serves grammar."""
    return _FUNCTION_HAN.match(char) is not None


def terms_of(text: Text) -> TermSet:
    """The content terms of a text."""
    return _terms_of(text.raw)


@lru_cache(maxsize=8192)
def _terms_of(raw: str) -> TermSet:
    terms = tuple(term for token in read(raw).tokens for term in _of_token(token))
    han = frozenset(char for term in terms if not term.form.isascii() for char in term.form)
    words = tuple({term.form for term in terms if term.form[0].isalpha() and term.form.isascii()})
    return TermSet(terms, frozenset(term.form for term in terms), han, words)


def _of_token(token: Token) -> list[Term]:
    match token.kind:
        case "word":
            weight = FUNCTION_WEIGHT if token.form in _FUNCTION_WORDS else 1.0
            return [Term(stem(token.form), weight, token.start, token.end)]
        case "number":
            return [Term(token.form, 1.0, token.start, token.end)]
        case "han":
            return _pairs(token)
        case _:
            return []


def _pairs(token: Token) -> list[Term]:
    form = token.form
    if len(form) == 1:
        return [Term(form, _han_weight(form), token.start, token.end)]
    step = (token.end - token.start) / len(form)  # a Han character is one raw character
    return [
        Term(
            form[i : i + 2],
            _han_weight(form[i : i + 2]),
            token.start + int(i * step),
            token.start + int((i + 2) * step),
        )
        for i in range(len(form) - 1)
    ]


def _han_weight(pair: str) -> float:
    """A pair weighs half a word, since a word of two characters makes two or three pairs."""
    function = len(_FUNCTION_HAN.findall(pair))
    return (0.5, 0.25, 0.08)[function] if len(pair) == 2 else (0.5, 0.1)[function]
