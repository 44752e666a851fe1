"""Polarity: negations and direction words of a clause, and whether another clause flips them.

"Does not increase" and "decreases" point the same way, "increases" and "decreases" do not.
Words that only look like negations (不同, not only) count as content. The word lists are data
files beside this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from tutor.grading.reading.memory import MANY, characters_of, remember
from tutor.grading.reading.terms import is_function_han, terms_of
from tutor.grading.reading.text import is_han, read, stem

_WORD = re.compile(r"\d+(?:\.\d+)?|[^\W\d_\u4e00-\u9fff]+(?:'[a-z]+)?")
_END = "(?=了?$)"
_SIGN = re.compile(r"±(\d+):([01])", re.ASCII)

Flip = Literal["negation", "direction"]
Direction = tuple[int, int]
"""A pair of antonyms by its line in the table, and a side of it, 0 or 1."""
NEGATION = "¬"
_REVERSING = frozenset("un in im ir il dis non non- de anti anti- counter".split())
_LEAST_STEM = 4


@dataclass(frozen=True, slots=True)
class Polarity:
    """What a clause says apart from its polarity (`rest`) and how it says it.

    `directions` are those of the antonyms that occur.
    """

    negations: int
    directions: frozenset[Direction]
    rest: str

    @property
    def content(self) -> frozenset[str]:
        """What of the rest carries meaning; read when first asked for, as seldom it is."""
        return _content(self.rest)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    pattern: re.Pattern[str]
    negations: frozenset[str]
    directions: dict[str, Direction]


def _rows(name: str) -> list[list[str]]:
    text = (files("tutor.grading") / "data" / name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _lexicon() -> _Lexicon:
    """Chinese forms and English phrases are found as strings, English words by their stems."""
    kinds = {(kind, language): forms.split("|") for kind, language, forms in _rows("negations.tsv")}
    directions = _directions()
    chinese = [*kinds["negation", "zh"], *kinds["other", "zh"], *filter(_is_chinese, directions)]
    english = [*kinds["negation", "en"], *directions]
    phrases = kinds["other", "en"] + [form for form in english if " " in form]
    pattern = (
        rf"(?<![a-z])(?:{_any_of(phrases)})(?![a-z])"
        rf"|{_any_of(chinese, _only_at_the_end(directions))}|[a-z]+(?:['\"][a-z]+)?"
    )
    negations = frozenset(kinds["negation", "zh"] + kinds["negation", "en"])
    return _Lexicon(re.compile(pattern), negations, directions)


def _only_at_the_end(directions: Iterable[str]) -> frozenset[str]:
    return frozenset(form for form in directions if len(form) == 1)


def _any_of(forms: Iterable[str], last: frozenset[str] = frozenset()) -> str:
    """A pattern of alternatives, longest first, that are told apart by their first letters.

    Those in `last` count at the end only.
    """
    by_letter: dict[str, list[str]] = {}
    for form in sorted(set(forms), key=len, reverse=True):
        tail = re.escape(form[1:]) + (_END if form in last else "")
        by_letter.setdefault(form[0], []).append(tail)
    return "|".join(f"{letter}(?:{'|'.join(tails)})" for letter, tails in by_letter.items())


def _directions() -> dict[str, Direction]:
    return {
        _key(form): (pair, side)
        for pair, sides in enumerate(_rows("antonyms.tsv"))
        for side, forms in enumerate(sides[:2])
        for form in forms.split("|")
    }


@cache
def _things() -> frozenset[int]:
    """The pairs that name two things rather than two ends of a scale."""
    rows = enumerate(_rows("antonyms.tsv"))
    return frozenset(pair for pair, sides in rows if sides[2:] == ["things"])


def names_a_thing(word: str) -> bool:
    """Whether a word, in normal form or as its `sign`, is one of two opposite things, as supply
    and demand, rather than an end of a scale."""
    direction = _direction_of(word)
    return direction is not None and direction[0] in _things()


def _key(form: str) -> str:
    """What a word or phrase is kept by: English words by their stems."""
    return form if " " in form else stem(form)


def _is_chinese(form: str) -> bool:
    return is_han(form[0])


@lru_cache(maxsize=8192)
def opposed(left: str, right: str) -> bool:
    """Whether two words are antonyms: a pair of the table, or as dependent and independent.

    They may be given in normal form or as their `sign`.
    """
    ours, theirs = _direction_of(left), _direction_of(right)
    if ours and theirs:
        return ours[0] == theirs[0] and ours[1] != theirs[1]
    short, long = sorted((left, right), key=len)
    return len(short) >= _LEAST_STEM and long.removesuffix(short) in _REVERSING


def _direction_of(word: str) -> Direction | None:
    if given := _SIGN.fullmatch(word):
        return int(given[1]), int(given[2])
    return _lexicon().directions.get(_key(word))


def sign(word: str) -> str:
    """A word, phrase or Chinese form as what it says: `NEGATION` for a negation, one and the
    same sign for all words of one direction, and else the word's stem."""
    if _is_negation(word):
        return NEGATION
    if len(word) == 1 and is_han(word):
        return word
    direction = _lexicon().directions.get(_key(word))
    return "±{}:{}".format(*direction) if direction else stem(word)


def _is_negation(word: str) -> bool:
    return word in _lexicon().negations or word.endswith(("n't", 'n"t'))


def signed_words() -> str:
    """The pattern of what `sign` takes: forms of the word lists, and any English word."""
    return _lexicon().pattern.pattern


@remember(MANY, characters_of)
def polarity(normal: str) -> Polarity:
    """The polarity of a clause in normal form."""
    lexicon = _lexicon()
    negations = 0
    directions: set[Direction] = set()

    def sort_out(match: re.Match[str]) -> str:
        nonlocal negations
        word = match.group()
        if _is_negation(word):
            negations += 1
            return " "
        direction = lexicon.directions.get(_key(word))
        if direction:
            directions.add(direction)
        return " " if direction else word

    rest = lexicon.pattern.sub(sort_out, normal)
    return Polarity(negations, frozenset(directions), rest)


@remember(MANY, characters_of)
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


def _turned(ours: frozenset[Direction], theirs: frozenset[Direction]) -> int:
    """Number of antonym pairs of which the two sides say opposite ends and neither says both."""
    return sum(
        1
        for pair, side in ours
        if (pair, 1 - side) in theirs
        and (pair, side) not in theirs
        and (pair, 1 - side) not in ours
    )
