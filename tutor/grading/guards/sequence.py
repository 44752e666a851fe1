"""The items of an ordered list are all there, in another order.

It contradicts where the question asks for the order, or the reference tells it; where only
steps or stages are asked for, or the answer orders its items by words (B comes after A), it is
a doubt.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Effect, Finding
from tutor.grading.reading.sequence import (
    asks_for_order,
    asks_for_steps,
    items,
    tells_order,
    tells_relative_order,
)
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import Text

_LEAST_ITEMS = 2
_LONGEST = 300
"""Characters of a reference beyond which its parts are no items of a list."""
_TIMES, _ROOM = 2.5, 30
"""An answer of more than so many times the reference's characters, and some more, explains: it
may come to its items more than once."""
_LEAST_SHARE = 0.6
"""Share of an item's own terms that the answer must have for the item to be found in it."""


def find(attempt: Attempt) -> list[Finding]:
    """Contradict, or doubt, the first item that comes too early in the answer."""
    if attempt.item.kind == "cloze" or not _is_ordered(attempt):
        return []
    orders = [_places(reference, attempt.answer) for reference in attempt.references]
    if not orders or any(order is None or order == sorted(order) for order in orders):
        return []
    return [_finding(attempt, orders[0] or [])]


def _is_ordered(attempt: Attempt) -> bool:
    return (
        asks_for_order(attempt.question)
        or asks_for_steps(attempt.question)
        or any(map(tells_order, attempt.references))
    )


def _places(reference: Text, answer: Text) -> list[int] | None:
    """Where the answer first says each item of the reference, or None when it lacks one."""
    if len(reference.raw) > _LONGEST or len(answer.raw) > _TIMES * len(reference.raw) + _ROOM:
        return None
    wanted = items(reference)
    if len(wanted) < _LEAST_ITEMS:
        return None
    first: dict[str, int] = {}
    for term in terms_of(answer).terms:
        first.setdefault(term.form, term.start)
    places = [_place(forms, first) for forms in wanted]
    return [place for place in places if place is not None] if None not in places else None


def _place(forms: frozenset[str], first: dict[str, int]) -> int | None:
    found = sorted(first[form] for form in forms if form in first)
    return found[0] if len(found) >= _LEAST_SHARE * len(forms) else None


def _finding(attempt: Attempt, places: Sequence[int]) -> Finding:
    early = next(i for i in range(1, len(places)) if places[i] < max(places[:i]))
    return Finding(
        "sequence",
        _effect(attempt),
        "这几项都说到了，但先后顺序与参考不一致。",
        "The items are there, but not in the order of the reference.",
        _point_of(attempt, items(attempt.references[0])[early]),
        (0, len(attempt.answer.raw)),
    )


def _effect(attempt: Attempt) -> Effect:
    told = asks_for_order(attempt.question) or any(map(tells_order, attempt.references))
    unclear = any(map(tells_relative_order, (*attempt.references, attempt.answer)))
    return "contradict" if told and not unclear else "doubt"


def _point_of(attempt: Attempt, forms: frozenset[str]) -> int:
    """The key point that says most of an item."""
    shares = [len(forms & terms_of(text).forms) for _, text in attempt.points]
    return shares.index(max(shares)) if shares else 0
