"""The words that feedback is made of, whatever the subject, and in what tone they say it.

They lie in the prompt of the language, below `== words ==` and, with their tones, below lines
such as `== words praise hedge ==`; commas stand between entries. English words count in every
form. Whatever is not among them may say something about a subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal, get_args

from tutor.errors import PromptError
from tutor.grading.grade import Language
from tutor.grading.judging.prompt import Prompt, bundled_prompt
from tutor.grading.reading.text import is_han, read, stem

Tone = Literal["praise", "denial", "part", "whole", "done", "hedge", "contrast", "optional"]
"""What words do to what they speak of: call it right, wrong or not there, right in part or all
of it, not to be worked on any more, perhaps so, turn it round or demand it, or say that it is
not asked for."""
Units = tuple[str, ...]
"""Stems of words and single Chinese characters, in order; numbers and signs are none."""

_BETWEEN = re.compile(r"[,，\n]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words and phrases with the tones they have, mostly none."""

    tones: Mapping[Units, frozenset[Tone]]
    longest: int
    """Units of the longest phrase."""

    def tones_in(self, units: Units) -> tuple[frozenset[Tone], ...]:
        """The tones of each entry in a text, in order; of those that begin at one word the
        longest is read."""
        found, at = [], 0
        while at < len(units):
            size = max(self._sizes(units, at), default=0)
            found.extend([self.tones[units[at : at + size]]] if size else [])
            at += max(size, 1)
        return tuple(found)

    def is_enough_for(self, units: Units, known: Units) -> bool:
        """Whether a text is put together from these words and those of a text that is known.

        Of the known one single words will do, of its Chinese two characters that follow there.
        """
        words, pairs = frozenset(known), frozenset(pairwise(known))
        reached = {0}
        for at in range(len(units)):
            if at in reached:
                reached.update(at + size for size in self._sizes(units, at))
                reached.update(at + size for size in _known_sizes(units, at, words, pairs))
        return len(units) in reached

    def _sizes(self, units: Units, at: int) -> Iterator[int]:
        for size in range(1, min(self.longest, len(units) - at) + 1):
            if units[at : at + size] in self.tones:
                yield size


def _known_sizes(
    units: Units, at: int, words: Set[str], pairs: Set[tuple[str, str]]
) -> Iterator[int]:
    if not is_han(units[at]):
        yield from [1] * (units[at] in words)
        return
    for size, pair in enumerate(pairwise(units[at:]), start=2):
        if pair not in pairs:
            return
        yield size


def units_of(text: str) -> Units:
    """The words of a text as a vocabulary has them."""
    return tuple(_units(text))


def _units(text: str) -> Iterator[str]:
    for token in read(text).tokens:
        if token.kind == "han":
            yield from token.form
        elif token.kind == "word":
            yield stem(token.form)


@cache
def vocabulary(language: Language) -> Vocabulary:
    """The words of feedback in a language; raises `PromptError` for a tone that is none."""
    prompt = bundled_prompt("feedback", language)
    tones = {
        entry: _tones(name, prompt)
        for name, text in prompt.parts.items()
        if name.split()[0] == "words"
        for entry in map(units_of, _BETWEEN.split(text))
        if entry
    }
    return Vocabulary(tones, max(map(len, tones)))


def _tones(name: str, prompt: Prompt) -> frozenset[Tone]:
    _, *told = name.split()
    known = {tone for tone in get_args(Tone) if tone in told}
    if len(known) < len(told):
        raise PromptError(
            f"prompt {prompt.identity}: part {name!r} is of another tone than "
            f"{', '.join(get_args(Tone))}; name it by these"
        )
    return frozenset(known)
