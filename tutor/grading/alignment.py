"""Laying a target (a reference or one key point) beside an answer, term by term."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import mul
from typing import NamedTuple

from tutor.grading.reading.lexicon import translations
from tutor.grading.reading.matching import strength
from tutor.grading.reading.memory import FEW, MANY, remember
from tutor.grading.reading.terms import FUNCTION_WEIGHT, Alias, Term, TermSet

GIVEN_SHARE = 0.15
"""Weight that a term keeps when the question already gives it away."""
GIVEN_STRENGTH = 0.8
NAMED = 0.95
"""Strength of a term that the answer expresses by another name of the same concept."""
_UNTRANSLATABLE_SHARE = 0.05
_MOST_REMEMBERED = 2048
_LEAST_WEIGHT = 0.3

Strength = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How far the answer expresses a target.

    `new` is the covered share, 0 to 1, of what the question does not give away; where the
    question gives everything away it equals `whole`, the covered share of all terms.
    """

    new: float
    whole: float
    weight: float
    """Total weight of what the question does not give away, in words: the target's own,
    whatever the answer is written in."""
    strengths: tuple[tuple[Term, float], ...]
    """Every term of the target with the strength that the answer expresses it with."""
    weights: tuple[float, ...]
    """What each of these terms counts for in `new`."""


def align(target: TermSet, answer: TermSet, given: TermSet) -> Alignment:
    """Align a target with an answer; `given` are the question's terms."""
    strengths = _strengths(target, answer)
    wanted = _wanted(target, given, bool(answer.words and not answer.characters))
    whole = _covered(wanted.weights, strengths)
    terms = tuple(zip(target.terms, strengths, strict=True))
    if sum(wanted.new) <= _LEAST_WEIGHT:
        return Alignment(whole, whole, wanted.own, terms, wanted.weights)
    return Alignment(_covered(wanted.new, strengths), whole, wanted.own, terms, wanted.new)


class _Wanted(NamedTuple):
    """What the terms of a target count for, whatever the answer says."""

    own: float
    weights: tuple[float, ...]
    new: tuple[float, ...]
    """Less for what the question gives away."""


@remember(MANY, lambda target, given, translated: len(target.text.raw + given.text.raw))
def _wanted(target: TermSet, given: TermSet, translated: bool) -> _Wanted:
    """The weights of a target's terms; `translated` when the answer has no Chinese in it.

    Pairs of characters that cross a word boundary have no translation, so they count for next
    to nothing against a text without any Chinese.
    """
    known = remembered(given)
    shares = [GIVEN_SHARE if known(term.form) >= GIVEN_STRENGTH else 1.0 for term in target.terms]
    weights = tuple(
        _translatable_weight(term) if translated else term.weight for term in target.terms
    )
    return _Wanted(
        sum(share * term.weight for share, term in zip(shares, target.terms, strict=True)),
        weights,
        tuple(share * weight for share, weight in zip(shares, weights, strict=True)),
    )


def _covered(weights: Sequence[float], strengths: Sequence[float]) -> float:
    total = sum(weights)
    return sum(map(mul, weights, strengths)) / total if total else 0.0


def _strengths(target: TermSet, answer: TermSet) -> list[float]:
    """The strength of every term; one in a name that the answer gives otherwise counts."""
    said = remembered(answer)
    found = [said(term.form) for term in target.terms]
    named = [c for c in target.concepts if not answer.concept_ids.isdisjoint(c.ids)]
    starts = [concept.start for concept in named]  # concepts do not overlap
    aliased = {form for pair in target.aliases if _gives_one(pair, said) for form in chain(*pair)}
    for place, term in enumerate(target.terms if named or aliased else ()):
        if found[place] < NAMED and term.weight > FUNCTION_WEIGHT:
            at = bisect_right(starts, term.start) - 1
            if term.form in aliased or (at >= 0 and term.end <= named[at].end):
                found[place] = NAMED
    return found


def _gives_one(pair: Alias, said: Strength) -> bool:
    return any(forms and min(map(said, forms)) >= GIVEN_STRENGTH for forms in pair)


def _translatable_weight(term: Term) -> float:
    if term.form[0].isascii() or translations(term.form):
        return term.weight
    return _UNTRANSLATABLE_SHARE * term.weight


@remember(FEW, lambda text: len(text.text.raw))
def remembered(text: TermSet) -> Strength:
    """`strength` against one text, each form worked out once."""
    return _Strengths(text).__getitem__


class _Strengths(dict[str, float]):
    """The strengths that forms were found to have in a text."""

    def __init__(self, text: TermSet) -> None:
        self._text = text

    def __missing__(self, form: str) -> float:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        found = self[form] = strength(form, self._text)
        return found
