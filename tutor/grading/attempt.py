"""An attempt: one answer laid beside its item, everything read once for guards and signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tutor.grading.alignment import Alignment, align
from tutor.grading.asked_count import asked_count
from tutor.grading.grade import Language
from tutor.grading.item import Item, PointSpec
from tutor.grading.key_points import is_list, split_reference
from tutor.grading.reading.memory import MANY, remember
from tutor.grading.reading.terms import TermSet, terms_of
from tutor.grading.reading.text import Text, read
from tutor.grading.ways import ways_to_make

MOST_REFERENCES = 16
"""References beyond this many are not compared; the first ones are the author's best."""
_FOREIGN = 0.4
"""How much closer, of 2, a reference in the other script must be to be preferred."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What guards and signals look at.

    `references` are all of the item's, and `points` the key points that this answer is held
    against: the item's own, or those of the reference that the answer comes closest to. Each
    has the text that makes it, of several ways the one that the answer comes closest to. Where
    the question asks for fewer items than there are, only so many are required: the closest.
    """

    item: Item
    question: Text
    references: tuple[Text, ...]
    points: tuple[tuple[PointSpec, Text], ...]
    answer: Text
    language: Language
    """Language that the learner is addressed in."""
    chosen: bool = False
    """Whether the required points are a choice of more than the question asks for."""


def lay_out(item: Item, answer: str, language: Language) -> Attempt:
    """Lay an answer beside its item; needs at least one reference with words in it."""
    references = tuple(read(reference) for reference in item.references)
    question, text = read(item.question), read(answer)
    reference = closest(references, text, question)[0]
    specs = _points(item, reference, text, question)
    points = tuple((spec, _as_made(spec, text, question)) for spec in specs)
    count = _count_to_choose(item, reference, specs)
    if count is not None:
        points = _choose(points, count, text, question)
    return Attempt(item, question, references, points, text, language, count is not None)


def _as_made(spec: PointSpec, answer: Text, question: Text) -> Text:
    """The way to make a point that the answer comes closest to; the first wins ties."""
    ways = [read(way) for way in ways_to_make(spec.text)]
    return max(ways, key=lambda way: _coverage(way, answer, question)) if ways[1:] else ways[0]


def _count_to_choose(item: Item, reference: Text, specs: Sequence[PointSpec]) -> int | None:
    """How many of the required points are enough, where the question leaves a choice."""
    count = asked_count(item.question) if item.kind == "free" else None
    if count is None or count >= sum(spec.required for spec in specs):
        return None
    return count if specs == item.key_points or is_list(reference.raw) else None


def _choose(
    points: tuple[tuple[PointSpec, Text], ...], count: int, answer: Text, question: Text
) -> tuple[tuple[PointSpec, Text], ...]:
    """The points with only so many required: those that the answer comes closest to."""
    required = [i for i, (spec, _) in enumerate(points) if spec.required]
    said = {i: _coverage(points[i][1], answer, question) for i in required}
    chosen = sorted(required, key=lambda i: -said[i])[:count]
    return tuple((replace(spec, required=i in chosen), way) for i, (spec, way) in enumerate(points))


def _characters_of(references: tuple[Text, ...], answer: Text, question: Text) -> int:
    return sum(len(text.raw) for text in (*references, answer, question))


@remember(MANY, _characters_of)
def closest(references: tuple[Text, ...], answer: Text, question: Text) -> tuple[Text, Alignment]:
    """The reference that the answer comes closest to, with its alignment; first wins ties.

    One in the answer's own script is preferred to a translation that is not clearly closer,
    so that its key points can be shown beside the learner's words.
    """
    said, given = terms_of(answer), terms_of(question)
    aligned = [
        (reference, align(terms_of(reference), said, given))
        for reference in references[:MOST_REFERENCES]
    ]
    return max(aligned, key=lambda pair: _closeness(pair[0], pair[1], said))


def _closeness(reference: Text, alignment: Alignment, said: TermSet) -> float:
    foreign = bool(said.characters) != bool(terms_of(reference).characters)
    return alignment.new + alignment.whole - (_FOREIGN if foreign else 0.0)


def _points(item: Item, reference: Text, answer: Text, question: Text) -> tuple[PointSpec, ...]:
    """The item's key points, unless the answer follows an accepted alternative more closely."""
    if item.kind == "cloze":
        return (PointSpec(reference.raw),)
    split = split_reference(reference.raw)
    if not item.key_points:
        return split
    if reference.raw == item.references[0]:
        return item.key_points
    own, alternative = (
        _mean_coverage(specs, answer, question) for specs in (item.key_points, split)
    )
    return split if alternative > own else item.key_points


def _mean_coverage(specs: Sequence[PointSpec], answer: Text, question: Text) -> float:
    covered = [_coverage(_as_made(spec, answer, question), answer, question) for spec in specs]
    return sum(covered) / len(covered) if covered else 0.0


def _coverage(point: Text, answer: Text, question: Text) -> float:
    return align(terms_of(point), terms_of(answer), terms_of(question)).new
