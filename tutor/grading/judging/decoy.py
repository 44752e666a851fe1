"""Decoys: a claim of another subject among the key points, which no honest answer makes.

A judge that calls it covered obeys the answer, or affirms whatever it is asked. The claim is
chosen by the card, so that the same card is shown the same one; it is never one that shares a
word of content with the card or the answer, as long as there is such a one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tutor.bundled import bundled_folder
from tutor.errors import PromptError
from tutor.grading.grade import Language
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import read

_CONTENT = 0.5
"""Weight from which on a term says something; those of grammar weigh less."""


def choose_decoy(language: Language, start: int, texts: Sequence[str]) -> str:
    """The first claim from number `start` on, cyclically, that shares no word with the texts.

    Where all share one, it is the one that shares fewest. Raises `PromptError` when the list of
    claims is missing or empty.
    """
    claims = decoys(language)
    said = [terms_of(read(text)).forms for text in texts]
    best, fewest = "", -1
    for at in range(start, start + len(claims)):
        claim, content = claims[at % len(claims)]
        shared = sum(len(content & forms) for forms in said)
        if not shared:
            return claim
        if fewest < 0 or shared < fewest:
            best, fewest = claim, shared
    return best


@cache
def decoys(language: Language) -> tuple[tuple[str, frozenset[str]], ...]:
    """The claims of a language, each with its words of content as graders read them."""
    path = bundled_folder("prompts") / f"decoys.{language}.txt"
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{path}: cannot be read ({error}); install tutor again") from error
    claims = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not claims:
        raise PromptError(f"{path}: holds no claims; write one a line")
    return tuple((claim, content_of(claim)) for claim in claims)


def content_of(text: str) -> frozenset[str]:
    """The forms of the terms of a text that say something."""
    return frozenset(term.form for term in terms_of(read(text)).terms if term.weight >= _CONTENT)
