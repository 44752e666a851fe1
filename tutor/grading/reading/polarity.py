"""Polarity: negations and direction words of a clause, and whether another clause flips them.

"Does not increase" and "decreases" point the same way, "increases" and "decreases" do not.
Words that only look like negations (不同, not only) count as content. The word lists are data
files beside this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from tutor.grading.reading.terms import is_function_han, terms_of
from tutor.grading.reading.text import is_han, read, stem

_WORD = re.compile(r"\d+(?:\.\d+)?|[^\W\d_\u4e00-\u9fff]+(?:'[a-z]+)?")
_END = "(?=了?$)"

Flip = Literal["negation", "direction"]


@dataclass(frozen=True, slots=True)
class Polarity:
    """What a clause says apart from its polarity (`content`) and how it says it.

    `directions` are (pair, side) of the antonyms that occur; a word may be in several pairs.
    """

    negations: int
    directions: frozenset[tuple[int, int]]
    content: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    pattern: re.Pattern[str]
    negations: frozenset[str]
    directions: dict[str, frozenset[tuple[int, int]]]


def _rows(name: str) -> list[list[str]]:
    text = (files("tutor.grading") / "data" / name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _lexicon() -> _Lexicon:
    """Chinese forms are found as strings, English ones word by word through their stems."""
    kinds = {(kind, language): forms.split("|") for kind, language, forms in _rows("negations.tsv")}
    directions = _directions()
    chinese = [*kinds["negation", "zh"], *kinds["other", "zh"], *filter(_is_chinese, directions)]
    phrases = "|".join(kinds["other", "en"] + [f for f in kinds["negation", "en"] if " " in f])
    forms = sorted(chinese, key=len, reverse=True)
    pattern = "|".join(
        form + _END if len(form) == 1 and form in directions else form for form in forms
    )
    return _Lexicon(
        re.compile(rf"(?<![a-z])(?:{phrases})(?![a-z])|{pattern}|[a-z]+(?:['\"][a-z]+)?"),
        frozenset(kinds["negation", "zh"] + kinds["negation", "en"]),
        directions,
    )


def _directions() -> dict[str, frozenset[tuple[int, int]]]:
    table: dict[str, frozenset[tuple[int, int]]] = {}
    for pair, sides in enumerate(_rows("antonyms.tsv")):
        for side, forms in enumerate(sides):
            for form in map(stem, forms.split("|")):
                table[form] = table.get(form, frozenset()) | {(pair, side)}
    return table


def _is_chinese(form: str) -> bool:
    return is_han(form[0])


@lru_cache(maxsize=8192)
def polarity(normal: str) -> Polarity:
    """The polarity of a clause in normal form."""
    lexicon = _lexicon()
    negations = 0
    directions: set[tuple[int, int]] = set()

    def sort_out(match: re.Match[str]) -> str:
        nonlocal negations
        word = match.group()
        if word in lexicon.negations or word.endswith(("n't", 'n"t')):
            negations += 1
            return " "
        sides = lexicon.directions.get(word if is_han(word[0]) else stem(word))
        directions.update(sides or ())
        return " " if sides else word

    rest = lexicon.pattern.sub(sort_out, normal)
    return Polarity(negations, frozenset(directions), _content(rest))


def _content(rest: str) -> frozenset[str]:
    """Han characters and stems that carry meaning."""
    han = {char for char in rest if is_han(char) and not is_function_han(char)}
    words = {stem(word) for word in _WORD.findall(rest) if carries_meaning(word)}
    return frozenset(han | words)


@lru_cache(maxsize=8192)
def carries_meaning(word: str) -> bool:
    """Whether a lower-case word is more than grammar."""
    return all(term.weight == 1.0 for term in terms_of(read(word)).terms)


def overlap(reference: Polarity, answer: Polarity) -> tuple[float, float]:
    """Shares of the reference's and of the answer's content that the two have in common."""
    shared = len(reference.content & answer.content)
    return (
        shared / len(reference.content) if reference.content else 0.0,
        shared / len(answer.content) if answer.content else 0.0,
    )


def weight(clause: Polarity) -> float:
    """How much a clause says: 1 a word, half of that a Han character, 1 for any direction."""
    words = sum(0.5 if is_han(form[0]) else 1.0 for form in clause.content)
    return words + bool(clause.directions)


def flip(reference: Polarity, answer: Polarity) -> Flip | None:
    """How the answer turns the reference's polarity around, or None when it does not.

    A negation and an antonym together cancel out, and so do two antonyms. A negation alone
    turns nothing when the direction words differ: then the two speak of different things.
    """
    turned = _turned(reference.directions, answer.directions)
    negated = (reference.negations - answer.negations) % 2
    if (turned + negated) % 2 == 0:
        return None
    if turned:
        return "direction"
    return "negation" if reference.directions == answer.directions else None


def _turned(ours: frozenset[tuple[int, int]], theirs: frozenset[tuple[int, int]]) -> int:
    """Number of antonym pairs of which the two sides say opposite ends and neither says both."""
    return sum(
        1
        for pair, side in ours
        if (pair, 1 - side) in theirs
        and (pair, side) not in theirs
        and (pair, 1 - side) not in ours
    )
