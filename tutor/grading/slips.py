"""Slips of the pen: a fill that was meant right and written wrong.

A letter that makes another word (effect for affect) makes another answer, and so does a
character that sounds unlike the right one (偏态 for 正态).
"""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from tutor.grading.reading.glossary import is_term
from tutor.grading.reading.lexicon import translations
from tutor.grading.reading.pronunciation import sound_alike
from tutor.grading.reading.text import stem

_JOINS = re.compile(r"[\s'-]")
_ENDING = re.compile("(?:ane|ene|yne|ate|ite|ide|ase|ose|ol|al|in|on)$")
"""Endings that tell two names of chemistry and biology apart."""
_LEAST_LETTERS, _LEAST_FOR_TWO = 5, 8
_LEAST_HAN = 3


def is_slip(form: str, fill: str) -> bool:
    """Whether a fill in normal form is a reference in normal form with a slip in it.

    One edit in five or more Latin letters, two in eight or more, or one of three or more
    characters exchanged for one that sounds like it. Three letters of SFT may be those of
    another name, and the first letters tell hyper- from hypo-.
    """
    ours, theirs = (_JOINS.sub("", text) for text in (form, fill))
    if ours.isascii() and ours.isalpha() and theirs.isascii() and theirs.isalpha():
        return _misspelt(ours, theirs) and not _are_words(form, fill)
    return len(ours) == len(theirs) >= _LEAST_HAN and _one_miswritten(ours, theirs)


def _misspelt(ours: str, theirs: str) -> bool:
    shorter, edits = min(len(ours), len(theirs)), OSA.distance(ours, theirs)
    if shorter < _LEAST_LETTERS or edits == 0:
        return False
    endings = [ending[0] if (ending := _ENDING.search(word)) else "" for word in (ours, theirs)]
    if endings[0] != endings[1] and all(endings):
        return False
    if edits == 1:
        return ours[:2] == theirs[:2]
    return edits == 2 and shorter >= _LEAST_FOR_TWO and ours[:4] == theirs[:4]


def _are_words(form: str, fill: str) -> bool:
    """Whether every changed word is a word, as far as the lexicon knows."""
    meant = set(form.split())
    changed = [word for word in fill.split() if word not in meant]
    return all(translations(stem(word)) or is_term(word) for word in changed)


def _one_miswritten(ours: str, theirs: str) -> bool:
    changed = [at for at in range(len(ours)) if ours[at] != theirs[at]]
    if len(changed) != 1:
        return False
    at = changed[0]
    return sound_alike(ours[at], theirs[at]) and not is_term(theirs)
