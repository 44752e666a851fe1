"""An attempt: one answer laid beside its item, everything read once for guards and signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tutor.grading.alignment import Alignment, align
from tutor.grading.grade import Language
from tutor.grading.item import Item, PointSpec
from tutor.grading.key_points import split_reference
from tutor.grading.reading.terms import TermSet, terms_of
from tutor.grading.reading.text import Text, read

MOST_REFERENCES = 16
"""References beyond this many are not compared; the first ones are the author's best."""
_FOREIGN = 0.4
"""How much closer, of 2, a reference in the other script must be to be preferred."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What guards and signals look at.

    `references` are all of the item's, and `points` the key points that this answer is held
    against: the item's own, or those of the reference that the answer comes closest to.
    """

    item: Item
    question: Text
    references: tuple[Text, ...]
    points: tuple[tuple[PointSpec, Text], ...]
    answer: Text
    language: Language
    """Language that the learner is addressed in."""


def lay_out(item: Item, answer: str, language: Language) -> Attempt:
    """Lay an answer beside its item; needs at least one reference with words in it."""
    references = tuple(read(reference) for reference in item.references)
    question, text = read(item.question), read(answer)
    specs = _points(item, closest(references, text, question)[0], text, question)
    points = tuple((spec, read(spec.text)) for spec in specs)
    return Attempt(item, question, references, points, text, language)


@lru_cache(maxsize=256)
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
    said, given = terms_of(answer), terms_of(question)
    covered = [align(terms_of(read(spec.text)), said, given).new for spec in specs]
    return sum(covered) / len(covered) if covered else 0.0
