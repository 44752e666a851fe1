"""Slices: the parts of a data set in which a grader may do better or worse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evals.cases import Case
from tutor.grading.key_points import is_list
from tutor.grading.reading.polarity import polarity
from tutor.grading.reading.quantities import quantities
from tutor.grading.reading.text import Text, read

LENGTHS = (5, 15, 40)
"""Most words of a short, a middling and a long answer."""


class Slice(NamedTuple):
    """A part of a data set: what it is told apart by, and which part it is."""

    dimension: str
    name: str


def slices_of(case: Case) -> tuple[Slice, ...]:
    """The slices that a case belongs to, by what was asked and answered.

    Nothing in them depends on a grader, so that all graders are seen on the same cases.
    """
    return tuple(_slices(case))


def _slices(case: Case) -> Iterator[Slice]:
    yield Slice("language", case.language or "unnamed")
    yield Slice("kind of card", case.item.kind)
    reference = case.item.references[0]
    text = read(reference)
    yield Slice("numbers in the reference", "some" if quantities(text) else "none")
    yield Slice("negation in the reference", "some" if polarity(text.normal).negations else "none")
    yield Slice("reference", "a list" if is_list(reference) else "no list")
    yield Slice("length of the answer", _length(read(case.answer)))
    for tag in case.tags:
        yield Slice("tag", tag)


def _length(answer: Text) -> str:
    """By words, two Han characters being one."""
    han = sum(len(token.form) for token in answer.tokens if token.kind == "han")
    words = sum(token.kind in ("word", "number") for token in answer.tokens) + (han + 1) // 2
    lowest = 0
    for most in LENGTHS:
        if words <= most:
            return f"{lowest} to {most} words"
        lowest = most + 1
    return f"over {LENGTHS[-1]} words"
