"""Sentences and clauses that address the grader, however they are spelt.

Letters of other scripts in the place of Latin ones, digits in the place of letters, rot13 and
words written backwards are read as well: what only a machine is meant to read is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from string import ascii_lowercase as _ALPHABET

from tutor.grading.reading.text import read

Span = tuple[int, int]

_SENTENCE = re.compile(r"(?:[^.;!?。；！？\n]|\.(?=\d))+[.;!?。；！？\n]*")
_CLAUSE = re.compile(r"[^,，]+[,，]?")
_GOES_ON = re.compile(
    r"你|您|请|务必|必须|应|再|并|否则|无需|(?:you|please|must|just|and|output|return|otherwise)(?![a-z])"
)
"""How a clause begins that goes on addressing the grader."""

_LOOK_ALIKES = str.maketrans("аеорсухіјѕһԁԛԝвкмнтӏαεικνορτυχω", "aeopcyxijshdqwbkmhtlaeikvoptuxw")
_DIGITS = str.maketrans("013457@$", "oieastas")
_ROT13 = str.maketrans(_ALPHABET, _ALPHABET[13:] + _ALPHABET[:13])
_MIXED_WORD = re.compile(r"[a-z][\u0370-\u04ff]|[\u0370-\u04ff][a-z]")
_DIGIT_WORD = re.compile(r"[a-z][013457@$][a-z]|(?<![a-z])[013457][a-z]")
_LEAST_DIGIT_WORDS = 3
"""Fewer digits among letters may belong to names: h2o, 3d."""
_TELLING = ("instruct", "correct", "covered", "ignore", "credit", "marks", "rubric")
_TURNED = tuple(word[::-1] for word in (*_TELLING, "正确", "满分", "覆盖"))
_ROTATED = tuple(word.translate(_ROT13) for word in _TELLING)


@dataclass(frozen=True)
class _Pattern:
    """A pattern with the words of which every match has one."""

    words: tuple[str, ...]
    source: str

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.source)

    def matches(self, normal: str) -> bool:
        likely = any(word in normal for word in self.words)
        return likely and self._compiled.search(normal) is not None


def addressing_spans(answer: str) -> list[Span]:
    """The parts of an answer that address a grader, in order."""
    patterns = _possible("\n".join(_ways(answer, (0, len(answer)))))
    return [
        span
        for sentence in (_SENTENCE.finditer(answer) if patterns else ())
        for span in _in_sentence(answer, sentence.span(), patterns)
    ]


def _in_sentence(answer: str, sentence: Span, patterns: Sequence[_Pattern]) -> list[Span]:
    """The clauses of a sentence that address a grader; the whole when only it as a whole does."""
    found: list[Span] = []
    for clause in (match.span() for match in _CLAUSE.finditer(answer, *sentence)):
        goes_on = found and found[-1][1] == clause[0] and _GOES_ON.match(_plain(answer, clause))
        if goes_on or _addresses(answer, clause, patterns):
            found.append(clause)
    if found or not _addresses(answer, sentence, patterns):
        return found
    return [sentence]


def _addresses(answer: str, span: Span, patterns: Sequence[_Pattern]) -> bool:
    ways = _ways(answer, span)
    return any(pattern.matches(way) for way in ways for pattern in patterns)


def _possible(text: str) -> list[_Pattern]:
    """The patterns of which a word occurs in a text."""
    words = _places(text.isascii())
    places = {at for word, found in words.items() if word in text for at in found}
    return [_patterns()[at] for at in sorted(places)]


@cache
def _places(ascii_only: bool) -> dict[str, list[int]]:
    """Where in the patterns each of their words belongs; all words, or those in ASCII."""
    places: dict[str, list[int]] = {}
    for at, pattern in enumerate(_patterns()):
        for word in pattern.words:
            if word.isascii() or not ascii_only:
                places.setdefault(word, []).append(at)
    return places


def _plain(answer: str, span: Span) -> str:
    return read(answer[slice(*span)]).normal.rstrip(" .,;!?")


def _ways(answer: str, span: Span) -> list[str]:
    """A piece of an answer in its normal form, and in those that it hides."""
    normal = _plain(answer, span)
    return [normal, *_undisguised(normal)]


def _undisguised(normal: str) -> Iterator[str]:
    """What a text says to who sees through its spelling; nothing for one that is spelt plainly."""
    if not normal.isascii() and _MIXED_WORD.search(normal):
        yield normal.translate(_LOOK_ALIKES)
    if len(_DIGIT_WORD.findall(normal)) >= _LEAST_DIGIT_WORDS:
        yield normal.translate(_DIGITS)
    if any(word in normal for word in _ROTATED):
        yield normal.translate(_ROT13)
    if any(word in normal for word in _TURNED):
        yield normal[::-1]


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """The patterns in the data file, which explains its format."""
    fragments: dict[str, str] = {}
    patterns: list[_Pattern] = []
    for line in (files("tutor.grading") / "data/instructions.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        words, _, source = line.partition("\t")
        if line.startswith("@"):
            fragments[words[1:]] = source
        else:
            filled = re.sub(r"<(\w+)>", lambda m: fragments.get(m[1], m[0]), source)
            patterns.append(_Pattern(tuple(words.split("|")), filled))
    return tuple(patterns)
