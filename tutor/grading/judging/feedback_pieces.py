"""The pieces of a line of feedback that stay: the learner's words and the card's key points.

What the learner wrote stands in quotation marks and stays letter for letter. A key point stays
word for word: its words may take other endings and go with other articles and forms of “be”, as
another sentence around them needs it. What is left of a line is its frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tutor.grading.reading.text import is_han, read, stem

SIGNS = frozenset(" ,.;:!?()-–—'’，。；：！？、（）…")
"""Plain punctuation."""
_QUOTATION = re.compile(r"“[^”]*”|「[^」]*」")
_OPENING, _CLOSING = frozenset("“\"「『‘'"), frozenset("”\"」』’'")
_STOPS = frozenset(",.;，。；")
_SMALL = frozenset("a an the is are was were be been being".split())
_ENDINGS = frozenset(["", "s", "es", "d", "ed", "ing", "e", "y", "ying"])
"""Endings that make a verb or noun no other word; -ly and -ity do."""
_FEWEST = 3
"""Words of a claim from which on they are known in other forms."""

Span = tuple[int, int]


def pieces_of(composed: str, claims: Sequence[str]) -> tuple[str, ...]:
    """What stays of a composed line, in order: quotations with their marks, and claims."""
    spans = [match.span() for match in _QUOTATION.finditer(composed)]
    spans += [span for claim in claims for span in _verbatim(claim, composed)]
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
        places = (span for span in _places(piece, line) if span[0] >= end)
        found = min(places, default=None)
        if found is None:
            return None
        rest.append(line[end : found[0]])
        end = found[1]
    return " ".join((*rest, line[end:]))


def has_known_signs(text: str, known: str) -> bool:
    """Whether a text has letters, digits and plain punctuation only, or what `known` has."""
    return all(char.isalnum() or char in SIGNS or char in known for char in text)


def _places(piece: str, line: str) -> Iterator[Span]:
    if _QUOTATION.fullmatch(piece):
        yield from _quoted(piece[1:-1], line)
    else:
        yield from _verbatim(piece, line)
        yield from _inflected(piece, line)


def _quoted(words: str, line: str) -> Iterator[Span]:
    for start, end in _occurrences(words, line):
        stop = end + (line[end : end + 1] in _STOPS)
        if line[start - 1 : start] in _OPENING and line[stop : stop + 1] in _CLOSING:
            yield start - 1, stop + 1


def _verbatim(claim: str, line: str) -> Iterator[Span]:
    """Where a line makes a claim, whole words of it, its first letter large or small."""
    for first in {claim[0].lower(), claim[0].upper()}:
        for start, end in _occurrences(first + claim[1:], line):
            if not (_continues(line, start) or _continues(line, end)):
                yield start, end


def _occurrences(text: str, line: str) -> Iterator[Span]:
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
    return len(around) == 2 and all(char.isalnum() and not is_han(char) for char in around)


def _inflected(claim: str, line: str) -> Iterator[Span]:
    """Where a line has the words of a claim, all of them in order, maybe in other forms."""
    wanted = [form for form, _ in _words(claim)]
    said = list(_words(line))
    if len(wanted) < _FEWEST:
        return
    for first in range(len(said) - len(wanted) + 1):
        passage = said[first : first + len(wanted)]
        start, end = passage[0][1][0], passage[-1][1][1]
        same = [form for form, _ in passage] == wanted
        if same and has_known_signs(line[start:end], claim):
            yield start, end


def _words(text: str) -> Iterator[tuple[str, Span]]:
    """Words, numbers and signs of calculation without small words; Chinese as it stands."""
    for token in read(text).tokens:
        if token.form not in _SMALL:
            form = _known_form(token.form) if token.kind == "word" else token.form
            yield form, (token.start, token.end)


def _known_form(word: str) -> str:
    base = stem(word)
    kept = base if word.startswith(base) else base[:-1]  # the stem of “carry” is “carri”
    return base if word.removeprefix(kept) in _ENDINGS else word
