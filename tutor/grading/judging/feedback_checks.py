"""Checks on feedback that a model has worded: it says what the composed feedback says, no more.

Every composed line holds pieces that must stay as they are, in their order: the learner's words
in quotation marks and the card's key points. Around them stands the frame, which is all that a
model may word. A frame speaks about answers and points in general, so every word in it is one
of the vocabulary or of the composed frame: nothing about the subject can be added, left out or
turned round. Its tones must be those of the composed frame, so that no line praises what was
wrong or denies what was right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tutor.feedback.quoting import statement
from tutor.grading.grade import Feedback, KeyPoint, Language, Verdict
from tutor.grading.judging.vocabulary import Tone, units_of, vocabulary
from tutor.grading.reading.text import is_han, read

Place = Literal["correct", "partial", "incorrect", "right", "missing", "wrong", "next_step"]
"""Where a line stands; a summary stands where its verdict says."""
Check = Literal["lines", "length", "pieces", "signs", "numbers", "words", "tone"]

LONGER, MORE = 2, 40
"""A line may have so many times the characters of the composed one, and so many more."""
_QUOTATION = re.compile(r"“[^”]*”|「[^」]*」")
_CLAUSE_END = re.compile(r"[,.;:!?，。；：！？、…]")
_OPENING, _CLOSING = frozenset("“\"「『‘'"), frozenset("”\"」』’'")
_STOPS = frozenset(",.;，。；")
_SIGNS = frozenset(" ,.;:!?()-–—'’，。；：！？、（）…")
_FREE = frozenset[Tone]({"contrast"})
_EITHER = _FREE | frozenset[Tone]({"praise", "denial"})
_STEP = _FREE | frozenset[Tone]({"denial", "hedge", "optional"})


@dataclass(frozen=True, slots=True)
class _Leeway:
    """Tones that a frame may have beyond those of the composed one, and may do without."""

    added: frozenset[Tone] = frozenset()
    dropped: frozenset[Tone] = frozenset()


_LEEWAY: Mapping[Place, _Leeway] = {
    "correct": _Leeway(dropped=_FREE),
    "partial": _Leeway(_EITHER, _EITHER),
    "incorrect": _Leeway(_FREE, _FREE),
    "right": _Leeway(frozenset({"praise"}), frozenset({"praise"})),
    "missing": _Leeway(_FREE, _FREE),
    "wrong": _Leeway(_FREE | {"denial"}, _FREE),
    "next_step": _Leeway(_STEP, _STEP),
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


def pieces_of(composed: str, claims: Sequence[str]) -> tuple[str, ...]:
    """What stays as it is in a composed line, in order: quotations with their marks, and claims."""
    spans = [match.span() for match in _QUOTATION.finditer(composed)]
    spans += [span for claim in claims for span in _places(claim, composed)]
    kept, end = [], 0
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end:
            kept.append(composed[start:stop])
            end = stop
    return tuple(kept)


def frame_of(line: str, pieces: Sequence[str]) -> str | None:
    """The line without its pieces, each once and in order; None when one is not there.

    Spaces make no difference, nor does how a claim's first letter is written; quotation marks
    may be of another kind.
    """
    rest, end = [], 0
    for piece in pieces:
        places = (span for span in _places_of_piece(piece, line) if span[0] >= end)
        found = min(places, default=None)
        if found is None:
            return None
        rest.append(line[end : found[0]])
        end = found[1]
    return " ".join((*rest, line[end:]))


def has_known_signs(frame: str, composed: str) -> bool:
    """Whether a frame has letters, digits and plain punctuation only, or what was there before."""
    return all(char.isalnum() or char in _SIGNS or char in composed for char in frame)


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


def _places_of_piece(piece: str, line: str) -> Iterator[tuple[int, int]]:
    if not _QUOTATION.fullmatch(piece):
        yield from _places(piece, line)
        return
    for start, end in _occurrences(piece[1:-1], line):
        stop = end + (line[end : end + 1] in _STOPS)
        if line[start - 1 : start] in _OPENING and line[stop : stop + 1] in _CLOSING:
            yield start - 1, stop + 1


def _places(claim: str, line: str) -> Iterator[tuple[int, int]]:
    """Where a line makes a claim, whole words of it, its first letter large or small."""
    for first in {claim[0].lower(), claim[0].upper()}:
        for start, end in _occurrences(first + claim[1:], line):
            if not (_continues(line, start) or _continues(line, end)):
                yield start, end


def _occurrences(text: str, line: str) -> Iterator[tuple[int, int]]:
    """Where a text stands in a line, whatever spaces are in either."""
    offsets = [at for at, char in enumerate(line) if char != " "]
    squeezed, wanted = line.replace(" ", ""), text.replace(" ", "")
    at = squeezed.find(wanted) if wanted else -1
    while at >= 0:
        yield offsets[at], offsets[at + len(wanted) - 1] + 1
        at = squeezed.find(wanted, at + 1)


def _continues(line: str, at: int) -> bool:
    """Whether a word or number goes on across this place."""
    around = line[max(at - 1, 0) : at + 1]
    return len(around) == 2 and at > 0 and all(c.isalnum() and not is_han(c) for c in around)
