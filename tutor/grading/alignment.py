"""Laying a target (a reference or one key point) beside an answer, term by term."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from tutor.grading.reading.lexicon import translations
from tutor.grading.reading.matching import strength
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
    known = remembered(given)
    said = remembered(answer)
    strengths = tuple(_expressed(target, answer, said))
    shares = [GIVEN_SHARE if known(term.form) >= GIVEN_STRENGTH else 1.0 for term in target.terms]
    own_weight = sum(share * term.weight for share, term in zip(shares, target.terms, strict=True))
    weights = _comparable_weights(target, answer)
    whole = _covered(weights, strengths)
    new_weights = [share * weight for share, weight in zip(shares, weights, strict=True)]
    if sum(new_weights) <= _LEAST_WEIGHT:
        return Alignment(whole, whole, own_weight, strengths, tuple(weights))
    return Alignment(
        _covered(new_weights, strengths), whole, own_weight, strengths, tuple(new_weights)
    )


def _covered(weights: Sequence[float], strengths: Sequence[tuple[Term, float]]) -> float:
    total = sum(weights)
    covered = sum(weight * found for weight, (_, found) in zip(weights, strengths, strict=True))
    return covered / total if total else 0.0


def _expressed(target: TermSet, answer: TermSet, said: Strength) -> Iterator[tuple[Term, float]]:
    """Every term with its strength; a term in a name that the answer gives otherwise counts."""
    named = [c for c in target.concepts if not answer.concept_ids.isdisjoint(c.ids)]
    starts = [concept.start for concept in named]  # concepts do not overlap
    aliased = {form for pair in target.aliases if _gives_one(pair, said) for form in chain(*pair)}
    for term in target.terms:
        found = said(term.form)
        if found < NAMED and (named or aliased) and term.weight > FUNCTION_WEIGHT:
            at = bisect_right(starts, term.start) - 1
            if term.form in aliased or (at >= 0 and term.end <= named[at].end):
                found = NAMED
        yield term, found


def _gives_one(pair: Alias, said: Strength) -> bool:
    return any(forms and min(map(said, forms)) >= GIVEN_STRENGTH for forms in pair)


def _comparable_weights(target: TermSet, text: TermSet) -> list[float]:
    """The terms' weights against a text: pairs of characters that cross a word boundary have
    no translation, so they count for next to nothing against a text without any Chinese."""
    if text.words and not text.characters:
        return [_translatable_weight(term) for term in target.terms]
    return [term.weight for term in target.terms]


def _translatable_weight(term: Term) -> float:
    if term.form[0].isascii() or translations(term.form):
        return term.weight
    return _UNTRANSLATABLE_SHARE * term.weight


@lru_cache(maxsize=256)
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
