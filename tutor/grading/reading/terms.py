"""Content terms: the units in which answers and references are compared.

A Latin word counts as its stem, a number as itself, a run of Han characters as its
overlapping character pairs (measured on native data, pairs do as well as a segmenter).
Function words of both languages carry a small weight, not none: "not to" is not "to".
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import add, attrgetter
from typing import NamedTuple

from tutor.grading.reading.aliases import declared_aliases
from tutor.grading.reading.glossary import Concept, concept_ids, concepts
from tutor.grading.reading.memory import MANY, characters_of, remember
from tutor.grading.reading.quantities import Quantity, quantities
from tutor.grading.reading.text import Text, Token, read, stem

_FUNCTION_WORDS = frozenset(
    """a an the and or but if then else of at by for with about into through to from in on up out
    off over is are was were be been being am do does did have has had having it its it's this
    that these those there their they them he she his her we our you your i me my as so than too
    very can could will would shall should may might must just also which who whom whose what
    when where how why because since while both each other some any such only own same s t don d
    ll re ve""".split()
)
_NUMERAL_HAN = re.compile("[〇零一二两三四五六七八九十百千万亿]")
_NAMED = re.compile(r"(?P<head>[\u4e00-\u9fff ]{2,12})\s*[(（](?P<alias>[A-Za-z][A-Za-z -]*)[)）]")
"""A text that is nothing but a name and, in brackets, its other name: 强化学习优化（PPO）."""
_FUNCTION_HAN = re.compile(
    "[的了着吗呢吧啊呀嘛地得之所其及与和或并且而但也都就又还是在于对把被将从到向以为由这那个些种等有会能"
    "可要让使]"
)
FUNCTION_WEIGHT = 0.15
LETTER_WEIGHT = 0.5
"""Of a single Latin letter, which names a thing (bulb A, n) rather than says anything of it."""


class Term(NamedTuple):
    """A comparable unit; `weight` is its share of the meaning, `start` and `end` raw offsets."""

    form: str
    weight: float
    start: int
    end: int


_start = attrgetter("start")

Alias = tuple[frozenset[str], frozenset[str]]
"""The forms of two names for one thing."""


@dataclass(frozen=True, eq=False)
class TermSet:
    """The terms of a text, in order, and the set of their forms.

    Two are equal only when they are the same object, which makes them cheap keys. What a clause
    is seldom asked for is worked out when it is.
    """

    text: Text
    terms: tuple[Term, ...]
    forms: frozenset[str]
    characters: frozenset[str]
    """Single Han characters that occur, for half credit when word order differs."""
    words: tuple[str, ...]
    """Latin stems, for fuzzy comparison."""

    def within(self, start: int, end: int) -> TermSet:
        """The terms that stand between two raw offsets, without reading the text again."""
        first, last = (bisect_left(self.terms, at, key=_start) for at in (start, end))
        return _collected(read(self.text.raw[start:end]), self.terms[first:last])

    @cached_property
    def units(self) -> frozenset[str]:
        """Forms and single Han characters: whatever of the text may match a term."""
        return self.forms | self.characters

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """Glossary terms that occur, longest first found."""
        return concepts(self.text)

    @cached_property
    def concept_ids(self) -> frozenset[int]:
        """Every concept that occurs, also inside a longer term."""
        return concept_ids(self.text)

    @cached_property
    def aliases(self) -> tuple[Alias, ...]:
        """Names that the text itself declares to be the same, as in 监督微调（SFT）."""
        return _aliases(self.text)


def is_function_han(char: str) -> bool:
    """Whether a Han character mostly serves grammar."""
    return _FUNCTION_HAN.match(char) is not None


def terms_of(text: Text) -> TermSet:
    """The content terms of a text."""
    return _terms_of(text.raw)


@remember(MANY, characters_of)
def _terms_of(raw: str) -> TermSet:
    text = read(raw)
    return _collected(text, _plain_terms(text))


def _collected(text: Text, terms: tuple[Term, ...]) -> TermSet:
    han = frozenset(char for term in terms if not term.form.isascii() for char in term.form)
    words = tuple({term.form for term in terms if term.form[0].isalpha() and term.form.isascii()})
    return TermSet(text, terms, frozenset(term.form for term in terms), han, words)


def _plain_terms(text: Text) -> tuple[Term, ...]:
    numbers = [_number(quantity) for quantity in quantities(text)]
    words = (term for token in _outside(text.tokens, numbers) for term in _of_token(token))
    if not numbers:
        return tuple(words)
    return tuple(sorted((*numbers, *words), key=lambda term: term.start))


def _outside(tokens: Sequence[Token], numbers: Sequence[Term]) -> Iterator[Token]:
    """The tokens that are no part of a number; both are in the order of the text."""
    if not numbers:
        yield from tokens
        return
    starts = [number.start for number in numbers]
    for token in tokens:
        at = bisect_right(starts, token.start) - 1
        if at < 0 or not _is_within(token, numbers[at]):
            yield token


def _number(quantity: Quantity) -> Term:
    """A quantity by its value, however it is written: 13k, 13,000, 一万三千."""
    mark = "#" if quantity.ordinal else ""
    return Term(f"{mark}{quantity.value:g}", 1.0, *quantity.span)


def _is_within(token: Token, number: Term) -> bool:
    """Whether a token is digits or a magnitude of the number: the 13 and the k of 13k."""
    return token.end <= number.end and (token.kind == "number" or len(token.form) == 1)


def _aliases(text: Text) -> tuple[Alias, ...]:
    named = _NAMED.fullmatch(text.raw.strip())
    pairs = [(named["head"], named["alias"])] if named else []
    return tuple(
        (_forms(read(left)), _forms(read(right)))
        for left, right in (*pairs, *declared_aliases(text))
    )


def _forms(text: Text) -> frozenset[str]:
    return frozenset(term.form for term in _plain_terms(text))


def _of_token(token: Token) -> list[Term]:
    match token.kind:
        case "word":
            return [Term(stem(token.form), _word_weight(token.form), token.start, token.end)]
        case "number":
            return [Term(token.form, 1.0, token.start, token.end)]
        case "han":
            return _pairs(token)
        case _:
            return []


def _word_weight(word: str) -> float:
    if word in _FUNCTION_WORDS:
        return FUNCTION_WEIGHT
    return LETTER_WEIGHT if len(word) == 1 else 1.0


def _pairs(token: Token) -> list[Term]:
    form = token.form
    if len(form) == 1:
        return [Term(form, _han_weight(form), token.start, token.end)]
    if token.end - token.start == len(form):  # mostly so
        return [
            Term(pair, _han_weight(pair), start, start + 2)
            for start, pair in enumerate(map(add, form, form[1:]), token.start)
        ]
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


@lru_cache(maxsize=16384)
def _han_weight(pair: str) -> float:
    """A pair weighs half a word, since a word of two characters makes two or three pairs."""
    function = len(_FUNCTION_HAN.findall(pair))
    if len(_NUMERAL_HAN.findall(pair)) == len(pair):
        return 0.08 if len(pair) == 2 else 0.1
    return (0.5, 0.25, 0.08)[function] if len(pair) == 2 else (0.5, 0.1)[function]
