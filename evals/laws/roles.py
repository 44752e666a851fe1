"""Swapping roles: the sides of a relation, or what two claims beside each other are about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from random import Random

from evals.cases import Case
from evals.laws.claims import carrying, pieces
from evals.laws.places import has_formula
from tutor.grading.quotes import clauses
from tutor.grading.reading.glossary import Concept, concepts
from tutor.grading.reading.text import read

_PIVOT = re.compile(
    r"\b(?:more|less|fewer|better|worse|greater|larger|smaller|higher|lower|faster|slower"
    r"|stronger|weaker|longer|shorter) than\b|\b(?:causes?|leads? to|results? in|replaces?"
    r"|outperforms?|exceeds?|precedes?|depends? on|determines?|predicts?|contains?|includes?)\b"
    r"|大于|小于|高于|低于|优于|早于|晚于|多于|少于|快于|慢于|导致|引起|取代|代替|取决于|决定|包含|属于|预测"
)
"""A relation that does not hold the other way round as well."""
_MUTUAL = re.compile(
    r"越|互|彼此|相同|相等|一样|同样|都|也|\b(?:each other|both|same|equal|also|too|vice versa)\b"
)
"""What makes two sides alike, so that changing them about may say the same."""
_JOINED = (
    r"{}(?:\s?[(（][^)）]*[)）])?\s*(?:[和与、,]|\b(?:and|or|from)\b)\s*(?:the )?{}(?![A-Za-z-])"
)
"""Two names joined in a question: it asks for what tells them apart."""
_OPENING = re.compile(r"(?:(?:in|the|a|an)\s+|在|对)*", re.IGNORECASE)
_LEAST_SAID = 2
"""Characters that a claim says about its subject; a bare name is an item of a list."""


def with_roles_swapped(case: Case, chance: Random) -> str | None:
    """The answer with two terms changed about.

    Either the one before and the one after a relation word, with no other term in the clause,
    or the subjects of two clauses beside each other that the question contrasts. None without
    such a pair in a claim that carries a required key point, or where the two are alike.
    """
    answer = case.answer
    if has_formula(answer) or _MUTUAL.search(answer):
        return None
    terms = [term for term in concepts(read(answer)) if _is_named_once(answer, term)]
    claims = carrying(case)
    pairs = [
        (left, right)
        for left, right in (*_sides(case, terms), *_subjects(case, terms))
        if set(left.ids).isdisjoint(right.ids)
        and any(claim.start <= left.start < claim.end for claim in claims)
    ]
    return _exchanged(answer, *chance.choice(pairs)) if pairs else None


def _is_named_once(answer: str, term: Concept) -> bool:
    return answer.lower().count(answer[term.start : term.end].lower()) == 1


def _sides(case: Case, terms: list[Concept]) -> Iterator[tuple[Concept, Concept]]:
    """The terms around the relation word of an answer that makes a single claim."""
    answer = case.answer
    for start, end in clauses(answer) if len(pieces(answer)) == 1 else ():
        pivots = list(_PIVOT.finditer(answer, start, end))
        if len(pivots) == 1:
            left = [t for t in terms if start <= t.start and t.end <= pivots[0].start()]
            right = [t for t in terms if pivots[0].end() <= t.start and t.end <= end]
            if len(left) == len(right) == 1:
                yield left[0], right[0]


def _subjects(case: Case, terms: list[Concept]) -> Iterator[tuple[Concept, Concept]]:
    """Two terms that the question contrasts and that parts beside each other begin with."""
    by_start = {term.start: term for term in terms}
    for parts in (clauses(case.answer), pieces(case.answer)):
        for one, other in pairwise(parts):
            left, right = (_subject(case.answer, span, by_start) for span in (one, other))
            if left and right and _are_contrasted(case, left, right):
                yield left, right


def _are_contrasted(case: Case, *terms: Concept) -> bool:
    question, names = case.item.question, [case.answer[term.start : term.end] for term in terms]
    if any(_next(question, name) & _next(case.answer, name) for name in names):
        return False  # a part of two longer names, as 金属 of 金属性
    return any(
        re.search(_JOINED.format(*map(re.escape, pair)), question, re.IGNORECASE)
        for pair in (names, names[::-1])
    )


def _next(text: str, name: str) -> set[str]:
    """The letters that follow a name in a text without a space."""
    at = text.lower().find(name.lower())
    following = text[at + len(name) :][:1] if at >= 0 else ""
    return {following} if following.isalnum() else set()


def _subject(answer: str, span: tuple[int, int], by_start: dict[int, Concept]) -> Concept | None:
    opening = _OPENING.match(answer, *span)
    subject = by_start.get(opening.end() if opening else span[0])
    says_something = subject is not None and span[1] - subject.end >= _LEAST_SAID
    return subject if says_something else None


def _exchanged(answer: str, left: Concept, right: Concept) -> str:
    first, second = answer[left.start : left.end], answer[right.start : right.end]
    middle = answer[left.end : right.start]
    return answer[: left.start] + second + middle + first + answer[right.end :]
