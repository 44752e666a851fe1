"""Finding a judge's quote in the answer: evidence that is not there is no evidence.

Quote and answer are compared word by word, number by number, Chinese character by character,
in the normal form of `reading.text`: width, case, traditional characters, spaces, line marks and
punctuation make no difference. Words and numbers are whole: `possible` is not in `impossible`,
nor 5 in 15. An ellipsis stands for something left out between two parts that follow in order.
A slip of the pen that the judge put right is looked past, as far as `slips` knows it for one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tutor.grading.judging.judgement import Span
from tutor.grading.reading.memory import FEW, remember
from tutor.grading.reading.pronunciation import sound_alike
from tutor.grading.reading.text import Text, Token, is_han, read
from tutor.grading.slips import is_slip

_ELLIPSIS = re.compile(r"\[?\.{3,}\]?|。{3,}|\[?…+\]?")
_MOST_PARTS = 4
"""Parts of a quote with ellipses: with more of them any text can be put together from another."""
_WIDEST_GAP = 160
"""Characters that an ellipsis may stand for, some two sentences."""
_LONGER = 2
"""A quote that is this many times as long as the answer is not read."""
_MOST_PLACES = 40
"""Places that are looked at for a quote with a slip in it."""
_WORDS_A_SLIP = 8
"""Words of a quote for which one more slip is looked past than the first."""
_LEAST_HAN = 3
"""Characters of a quote from which on one of them may be another that sounds like it."""
_END = "\x00"
_WALL = "\x01"
"""What stands in the place of a part that cannot be quoted."""
_MARKUP = re.compile(r"(?m)^[ \t|>]*[-*+](?=\s)|\*\*+|--+|—{2,}|(?<=\s)—(?=\s)")
"""Bullets, emphasis and dashes, which are operators only by their looks."""


@dataclass(frozen=True, slots=True)
class _Units:
    """The words of a text in order: their forms, raw spans, and all forms as one string."""

    forms: tuple[str, ...]
    spans: tuple[Span, ...]
    joined: str
    starts: tuple[int, ...]
    """Where each form begins in `joined`."""


def locate(quote: str, answer: str, hidden: Sequence[Span] = ()) -> Span | None:
    """Raw offsets in the answer of the first passage that a quote repeats; None if there is none.

    What lies in the `hidden` spans cannot be quoted, nor what reaches over one. A quote without
    any word or number is nowhere. Time is linear in both lengths.
    """
    if len(quote) > _LONGER * len(answer) + _WIDEST_GAP:
        return None
    parts = [units for part in _ELLIPSIS.split(quote) if (units := _quoted(part)).forms]
    if not 0 < len(parts) <= _MOST_PARTS or not any(map(_says_something, parts)):
        return None
    said = _units_of(answer, tuple(hidden))
    chain = _chain([_places(part, said) for part in parts])
    if chain is None and len(parts) == 1:
        chain = _place_with_slips(parts[0], said)
    return chain


def _says_something(units: _Units) -> bool:
    return any(char.isalnum() for form in units.forms for char in form)


def _quoted(part: str) -> _Units:
    return _assemble(_pieces(part))


@remember(FEW, lambda answer, hidden: len(answer))
def _units_of(answer: str, hidden: tuple[Span, ...]) -> _Units:
    """The units of an answer, with a wall for each run of them that is hidden."""
    return _assemble(_walled(_pieces(answer), hidden))


def _assemble(pieces: Iterator[tuple[str, Span]]) -> _Units:
    forms, spans, starts, length = [], [], [], len(_END)
    for form, span in pieces:
        forms.append(form)
        spans.append(span)
        starts.append(length)
        length += len(form) + len(_END)
    joined = _END + "".join(form + _END for form in forms)
    return _Units(tuple(forms), tuple(spans), joined, tuple(starts))


def _walled(
    pieces: Iterator[tuple[str, Span]], hidden: Sequence[Span]
) -> Iterator[tuple[str, Span]]:
    walls, at = sorted(hidden), 0
    for form, (start, end) in pieces:
        while at < len(walls) and walls[at][1] <= start:
            yield _WALL, walls[at]
            at += 1
        inside = at < len(walls) and walls[at][0] < end
        yield (_WALL if inside else form), (start, end)


def _pieces(text: str) -> Iterator[tuple[str, Span]]:
    """The words, numbers, operators and Chinese characters of a text with their raw spans."""
    marks = [match.span() for match in _MARKUP.finditer(text)]
    at = 0
    for token in read(text).tokens:
        while at < len(marks) and marks[at][1] <= token.start:
            at += 1
        if token.kind == "operator" and at < len(marks) and marks[at][0] <= token.start:
            continue
        yield from _characters(text, token) if token.kind == "han" else _whole(token)


def _whole(token: Token) -> Iterator[tuple[str, Span]]:
    yield token.form, (token.start, token.end)


def _characters(text: str, token: Token) -> Iterator[tuple[str, Span]]:
    if token.end - token.start == len(token.form):
        for place, form in enumerate(token.form, start=token.start):
            yield form, (place, place + 1)
        return
    run = Text(text[token.start : token.end])
    for place, form in enumerate(run.normal):
        start, end = run.raw_span(place, place + 1)
        yield form, (token.start + start, token.start + end)


def _places(part: _Units, said: _Units) -> list[Span]:
    """Raw spans of the passages that say exactly this, in order."""
    found, at = [], said.joined.find(part.joined)
    while at >= 0:
        first = bisect_right(said.starts, at + 1) - 1
        last = first + len(part.forms) - 1
        found.append((said.spans[first][0], said.spans[last][1]))
        at = said.joined.find(part.joined, at + 1)
    return found


def _chain(places: Sequence[Sequence[Span]]) -> Span | None:
    """The first passage that has one place of every part, in order and not far apart."""
    chains = list(places[0])
    for following in places[1:]:
        ends, reached = [end for _, end in chains], []
        for start, end in following:
            before = bisect_right(ends, start) - 1
            if before >= 0 and start - ends[before] <= _WIDEST_GAP:
                reached.append((chains[before][0], end))
        chains = reached
    return chains[0] if chains else None


def _place_with_slips(part: _Units, said: _Units) -> Span | None:
    """The first passage that is this but for slips."""
    size = len(part.forms)
    for first in islice(_candidates(part.forms, said.forms), _MOST_PLACES):
        if _differ_by_slips(part.forms, said.forms[first : first + size]):
            return said.spans[first][0], said.spans[first + size - 1][1]
    return None


def _candidates(wanted: Sequence[str], said: Sequence[str]) -> Iterator[int]:
    """Where a passage may begin that has the rarest of the wanted words that is said at all, or
    a word with the first letters of the only one."""
    counts = Counter(said)
    present = [(counts[form], place) for place, form in enumerate(wanted) if form in counts]
    if len(wanted) == 1:
        yield from (at for at, form in enumerate(said) if form[:2] == wanted[0][:2])
    elif present:
        _, anchor = min(present)
        for at, form in enumerate(said):
            if form == wanted[anchor] and 0 <= at - anchor <= len(said) - len(wanted):
                yield at - anchor


def _differ_by_slips(wanted: Sequence[str], said: Sequence[str]) -> bool:
    changed = [pair for pair in zip(wanted, said, strict=True) if pair[0] != pair[1]]
    return len(changed) <= 1 + len(wanted) // _WORDS_A_SLIP and all(
        _is_slip(ours, theirs, len(wanted)) for ours, theirs in changed
    )


def _is_slip(wanted: str, said: str, words: int) -> bool:
    """Whether one word is the other with a slip; a Chinese character needs some beside it."""
    if len(wanted) == 1 and is_han(wanted):
        return words >= _LEAST_HAN and sound_alike(wanted, said)
    return is_slip(wanted, said)
