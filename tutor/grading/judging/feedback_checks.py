"""Checks on feedback that a model has worded: it says what the composed feedback says, no more.

Every composed line holds pieces that must stay, in their order: the learner's words in quotation
marks and the card's key points. Around them stands the frame, which is all that a model may word.
A frame speaks about answers and points in general, so every word in it is one of the vocabulary
or of the composed frame: nothing about the subject can be added, left out or turned round. Its
tones must be those of the composed frame, so that no line praises what was wrong or denies what
was right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tutor.feedback.quoting import statement
from tutor.grading.grade import Feedback, KeyPoint, Language, Verdict
from tutor.grading.judging.feedback_pieces import frame_of, has_known_signs, pieces_of
from tutor.grading.judging.vocabulary import Tone, units_of, vocabulary
from tutor.grading.reading.text import read

Place = Literal["correct", "partial", "incorrect", "right", "missing", "wrong", "next_step"]
"""Where a line stands; a summary stands where its verdict says."""
Check = Literal["lines", "length", "pieces", "signs", "numbers", "words", "tone"]

LONGER, MORE = 2, 40
"""A line may have so many times the characters of the composed one, and so many more."""
_CLAUSE_END = re.compile(r"[,.;:!?，。；：！？、…]")


@dataclass(frozen=True, slots=True)
class _Leeway:
    """Tones that a frame may have beyond those of the composed one, and may do without."""

    added: frozenset[Tone]
    dropped: frozenset[Tone]


def _both(*tones: Tone) -> _Leeway:
    return _Leeway(frozenset(tones), frozenset(tones))


_LEEWAY: Mapping[Place, _Leeway] = {
    "correct": _Leeway(frozenset({"whole", "done"}), frozenset({"whole", "done", "contrast"})),
    "partial": _both("contrast", "praise", "denial"),
    "incorrect": _both("contrast"),
    "right": _both("whole", "praise"),
    "missing": _both("whole", "contrast"),
    "wrong": _Leeway(frozenset({"whole", "contrast", "denial"}), frozenset({"whole", "contrast"})),
    "next_step": _Leeway(
        frozenset({"whole", "contrast", "denial", "hedge", "optional"}),
        frozenset({"whole", "contrast", "denial", "hedge", "optional", "done"}),
    ),
}


def refusal(
    composed: Feedback, worded: Feedback, points: Sequence[KeyPoint], verdict: Verdict
) -> Check | None:
    """The first check that feedback in other words fails; None when it may be shown.

    `points` and `verdict` are those of the grade that `composed` is about.
    """
    ours, theirs = _lines(composed, verdict), _lines(worded, verdict)
    if [place for place, _ in ours] != [place for place, _ in theirs]:
        return "lines"
    claims = [claim for point in points if (claim := statement(point.text))]
    checked = (
        refused_line(line, other, claims, place, composed.language)
        for (place, line), (_, other) in zip(ours, theirs, strict=True)
    )
    return next(filter(None, checked), None)


def _lines(feedback: Feedback, verdict: Verdict) -> list[tuple[Place, str]]:
    """The lines in order, without those that are empty."""
    placed: list[tuple[Place, str]] = [(verdict, feedback.summary)]
    placed += [("right", line) for line in feedback.right]
    placed += [("missing", line) for line in feedback.missing]
    placed += [("wrong", line) for line in feedback.wrong]
    placed += [("next_step", feedback.next_step)]
    return [(place, line) for place, line in placed if line]


def refused_line(
    composed: str, worded: str, claims: Sequence[str], place: Place, language: Language
) -> Check | None:
    """The first check that one line fails."""
    if len(worded) > LONGER * len(composed) + MORE:
        return "length"
    pieces = pieces_of(composed, claims)
    before, frame = frame_of(composed, pieces), frame_of(worded, pieces)
    if before is None or frame is None:
        return "pieces"
    if not has_known_signs(frame, before):
        return "signs"
    if numbers_of(frame) != numbers_of(before):
        return "numbers"
    if not vocabulary(language).is_enough_for(units_of(frame), units_of(before)):
        return "words"
    return None if keeps_tone(frame, before, place, language) else "tone"


def numbers_of(frame: str) -> list[str]:
    """The numbers in a text, in order."""
    return [token.form for token in read(frame).tokens if token.kind == "number"]


def keeps_tone(frame: str, composed: str, place: Place, language: Language) -> bool:
    """Whether a frame has the tones of the composed one, but for what its place may change."""
    said, meant = _tones(frame, language), _tones(composed, language)
    if place == "wrong" and "contrast" in said:  # “you wrote this, but the point is that” denies
        said |= {"denial"}
    leeway = _LEEWAY[place]
    changed_fairly = said - meant <= leeway.added and meant - said <= leeway.dropped
    return changed_fairly and _denials(frame, language) <= max(1, _denials(composed, language))


def _tones(frame: str, language: Language) -> frozenset[Tone]:
    return frozenset[Tone]().union(*vocabulary(language).tones_in(units_of(frame)))


def _denials(frame: str, language: Language) -> int:
    """Most denials within one clause: two make an affirmation, as in “nothing is wrong”."""
    told = (vocabulary(language).tones_in(units_of(clause)) for clause in _CLAUSE_END.split(frame))
    return max(sum("denial" in tones for tones in clause) for clause in told)
