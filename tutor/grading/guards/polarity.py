"""A negation or a direction is flipped: the answer repeats a clause and turns it around.

It contradicts only where that can be shown: the clause says the same as the reference's in
nearly the same words, exactly its polarity differs, and no clause of the answer says it the
right way round. Looser likenesses are a doubt.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Effect, Finding
from tutor.grading.reading.clauses import MOST, Clause, clauses
from tutor.grading.reading.covariation import (
    states_converse,
    tells_covariation,
    turns_every_direction,
)
from tutor.grading.reading.distinctions import takes_back
from tutor.grading.reading.polarity import Polarity, flip, overlap, polarity, weight
from tutor.grading.reading.relations import likeness, relations
from tutor.grading.reading.text import Text, read

_SURE = (0.8, 0.8)
_LIKELY = (0.7, 0.6)
"""Least shares of the reference's and of the answer's content that a flip must share."""
_PART = (0.4, 0.9)

_LEAST = {"negation": (2.0, 2.5), "direction": (2.0, 2.0)}
"""Least weight of a clause for a doubt and for a contradiction."""
_CONDITION = re.compile(
    r"如果|若|当|除非|只有|例如|此时|防止|避免|阻止|以免|免得"
    r"|(?<![a-z])(?:if|when|unless|only|until|prevent\w*|avoid\w*)(?![a-z])"
)
"""What, on one side only, may turn a clause around by itself."""

_SENTENCE_END = re.compile(r"[。；;！!？?\n]|\.(?!\d)")
_YES = re.compile(r"^(?:是的?|对的?|可以|能够?|会|有|yes|true)(?=[\s,.;!:]|$)")
_NO = re.compile(r"^(?:否|不是|不对|不可以|不能够?|不会|不行|没有|无法|no|false)(?=[\s,.;!:]|$)")
_REFUSAL = re.compile(r"不能|不可以|不会|无法|(?<![a-z])(?:cannot|can't|can not)(?![a-z])")


class _Flip(NamedTuple):
    effect: Effect
    point: int
    span: tuple[int, int]


def find(attempt: Attempt) -> list[Finding]:
    """Contradict or doubt the key points that the answer turns around, at most once each."""
    by_strength = sorted(_flips(attempt), key=lambda flipped: flipped.effect != "doubt")
    flips = {flipped.point: flipped for flipped in by_strength}
    if attempt.points and (said := _opposite_reply(attempt)):
        flips[0] = _Flip("contradict", 0, said)
    return [_finding(flips[point]) for point in sorted(flips)]


def _finding(flipped: _Flip) -> Finding:
    return Finding(
        "polarity",
        flipped.effect,
        "这里的肯定/否定或方向可能与要点相反。",
        "This may say the opposite of what the key point says.",
        flipped.point,
        flipped.span,
    )


def _flips(attempt: Attempt) -> Iterator[_Flip]:
    for index, (_, point) in enumerate(attempt.points):
        for clause in clauses(point)[: 1 + MOST // len(attempt.points)]:
            turned = [*_turned(index, clause, attempt)]
            if turned and not _said_right(clause, attempt):
                yield from _weighed(turned, point, attempt.answer)


def _weighed(turned: Sequence[_Flip], point: Text, answer: Text) -> Iterator[_Flip]:
    """The flips of a clause, seen beside those of the others: the answer may say from the other
    end how two things vary together or compare, or deny that something is not so."""
    if states_converse(point, answer):
        return
    unclear = (
        turns_every_direction(point, answer)
        or (tells_covariation(point) and tells_covariation(answer))
        or _has_converse(point, answer)
    )
    for flipped in turned:
        denied = takes_back(point) != takes_back(_sentence_at(flipped.span, answer))
        yield flipped._replace(effect="doubt") if unclear or denied else flipped


def _sentence_at(span: tuple[int, int], answer: Text) -> Text:
    """The sentence of an answer that a clause stands in."""
    ends = _sentence_ends(answer)
    start = ends[bisect_right(ends, span[0]) - 1]
    return read(answer.raw[start : ends[bisect_left(ends, span[1])]])


@lru_cache(maxsize=64)
def _sentence_ends(text: Text) -> tuple[int, ...]:
    ends = (match.end() for match in _SENTENCE_END.finditer(text.raw))
    return (0, *ends, len(text.raw))


def _has_converse(point: Text, answer: Text) -> bool:
    """Whether the answer compares things of the key point from the other side."""
    pairs = product(relations(point), relations(answer))
    return any(likeness(one, other) == "converse" for one, other in pairs)


def _said_right(clause: Clause, attempt: Attempt) -> bool:
    """Whether the answer also says the clause the right way round."""
    ours = polarity(clause.normal)
    return any(
        not flip(ours, theirs) and _says(ours, theirs)
        for theirs in (polarity(other.normal) for other in clauses(attempt.answer))
    )


def _says(ours: Polarity, theirs: Polarity) -> bool:
    """Whether a clause says most of the reference's, or nothing but some of it, its directions
    among it: a list may name what it speaks of only once."""
    shares = overlap(ours, theirs)
    part = _at_least(shares, _PART) and bool(ours.directions & theirs.directions)
    return shares[0] >= _LIKELY[0] or part


def _turned(index: int, clause: Clause, attempt: Attempt) -> Iterator[_Flip]:
    for other in clauses(attempt.answer):
        effect = _effect(clause, other)
        if effect and not _accepted(other, attempt):
            yield _Flip(effect, index, (other.start, other.end))


def _effect(clause: Clause, other: Clause) -> Effect | None:
    """What follows from the answer's clause `other` beside the reference's `clause`."""
    ours, theirs = polarity(clause.normal), polarity(other.normal)
    if (kind := flip(ours, theirs)) is None:
        return None
    shares = overlap(ours, theirs)
    if not _at_least(shares, _LIKELY) or weight(ours) < _LEAST[kind][0]:
        return None
    if _is_converse(clause, other):
        return None
    conditional = bool(_CONDITION.search(clause.normal)) != bool(_CONDITION.search(other.normal))
    same_things = ours.content <= theirs.content or theirs.content <= ours.content
    sure = _at_least(shares, _SURE) and weight(ours) >= _LEAST[kind][1] and not conditional
    if not same_things:  # threads cost less, processes cost more: it may be the converse
        return "doubt"
    return "contradict" if sure else "doubt"


def _is_converse(clause: Clause, other: Clause) -> bool:
    """Whether what is turned around is also swapped: B is slower than A, for A faster than B."""
    return _has_converse(read(clause.normal), read(other.normal))


def _at_least(shares: tuple[float, float], least: tuple[float, float]) -> bool:
    return shares[0] >= least[0] and shares[1] >= least[1]


def _accepted(clause: Clause, attempt: Attempt) -> bool:
    """Whether some reference says what the answer's clause says, polarity included."""
    theirs = polarity(clause.normal)
    return any(
        not flip(ours, theirs) and overlap(ours, theirs)[1] >= _SURE[1]
        for reference in attempt.references
        for ours in (polarity(other.normal) for other in clauses(reference))
    )


def _opposite_reply(attempt: Attempt) -> tuple[int, int] | None:
    """Where the answer says no to a question that every reference says yes to, or yes to no."""
    replies = {_reply(reference) for reference in attempt.references}
    said = _reply(attempt.answer) or _refusal(attempt)
    if len(replies) != 1 or None in replies or said is None or said in replies:
        return None
    first = clauses(attempt.answer)[0]
    return first.start, first.end


def _reply(text: Text) -> str | None:
    if _YES.match(text.normal):
        return "yes"
    return "no" if _NO.match(text.normal) else None


def _refusal(attempt: Attempt) -> str | None:
    """`模型不能泛化` is a no, when all before it is in the question."""
    first = next(iter(clauses(attempt.answer)), None)
    match = _REFUSAL.search(first.normal) if first else None
    if first is None or match is None:
        return None
    subject = first.normal[: match.start()].strip()
    return "no" if subject in attempt.question.normal else None
