"""The claims of an answer that carry a key point: those whose loss or denial is a loss."""

from __future__ import annotations

import re
from typing import NamedTuple

from evals.cases import Case
from tutor.grading.alignment import align
from tutor.grading.item import PointSpec
from tutor.grading.key_points import key_points_of, split_reference
from tutor.grading.reading.polarity import flip, polarity
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import read

_CARRIED = 0.7
"""Least share of a point that a claim says for it to carry the point."""
_ELSEWHERE = 0.3
"""Most of a point that the other claims say, for the answer to lose it with its claim."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Claim(NamedTuple):
    """A claim of an answer, at [start, end), and the required point that it carries."""

    start: int
    end: int
    point: str


def pieces(answer: str) -> list[tuple[int, int]]:
    """Spans of the claims of an answer, in order."""
    found: list[tuple[int, int]] = []
    end = 0
    for claim in split_reference(answer):
        start = answer.find(claim.text, end)
        if start >= 0:
            end = start + len(claim.text)
            found.append((start, end))
    return found


def carrying(case: Case) -> list[Claim]:
    """The claims that carry a required point as it is meant: no number or direction differs."""
    required = [point for point in key_points_of(case.item) if point.required]
    return [
        Claim(start, end, point.text)
        for start, end in pieces(case.answer)
        for point in required
        if _carries(case.answer[start:end], point, case.item.question)
    ]


def irreplaceable(case: Case) -> list[Claim]:
    """Those of several claims that carry a point of which the rest of the answer says little."""
    spans = pieces(case.answer)
    if len(spans) < 2:
        return []
    return [
        claim
        for claim in carrying(case)
        if said(claim.point, _rest(case.answer, claim), case.item.question) <= _ELSEWHERE
    ]


def said(point: str, text: str, question: str) -> float:
    """The share of what a point adds to the question that a text says, in [0, 1]."""
    return align(*(terms_of(read(part)) for part in (point, text, question))).new


def _rest(answer: str, claim: Claim) -> str:
    return f"{answer[: claim.start]} {answer[claim.end :]}"


def _carries(claim: str, point: PointSpec, question: str) -> bool:
    numbers = set(_NUMBER.findall(claim))
    if said(point.text, claim, question) < _CARRIED or not numbers <= set(
        _NUMBER.findall(f"{point.text} {question}")
    ):
        return False
    ours, theirs = (polarity(read(text).normal) for text in (point.text, claim))
    return flip(ours, theirs) is None
