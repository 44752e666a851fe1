"""How well a text says a term: the same form, a misspelling, a synonym, a translation."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz.distance import Indel

from tutor.grading.reading.lexicon import synonyms, translations
from tutor.grading.reading.terms import TermSet

FUZZY_FLOOR = 0.75
SCATTERED = 0.5
SYNONYM = 0.6
TRANSLATION = 1.2
BY_CHARACTER = 0.6
BY_CHARACTER_OF_A_KNOWN_PAIR = 0.3
"""A pair with translations of its own is rarely what one of its characters means: the 示 of
示范 is that of 提示, and `prompt` is no demonstration."""


def strength(form: str, text: TermSet) -> float:
    """How far `text` expresses the term `form`, from 0 (not at all) to 1 (in the same form)."""
    if form in text.forms:
        return 1.0
    near = _near_form(form, text)
    if near >= FUZZY_FLOOR or not form.isalpha():
        return near
    latin = form[0].isascii()
    found = near
    if text.characters if latin else text.words:
        found = max(found, _translated(form, text))
    if found < SCATTERED and (text.words if latin else text.characters):
        found = max(found, _synonym(form, text))
    return found


def _near_form(form: str, text: TermSet) -> float:
    if form[0].isascii():
        return _misspelt(form, text) if form[0].isalpha() and len(form) >= 4 else 0.0
    if len(form) == 2 and form[0] in text.characters and form[1] in text.characters:
        return SCATTERED
    return 0.8 if form in text.characters else 0.0


def _misspelt(form: str, text: TermSet) -> float:
    best = 0.0
    for word in text.words:
        if len(word) >= 4 and abs(len(word) - len(form)) <= 3:
            best = max(best, Indel.normalized_similarity(form, word))
    return best if best >= FUZZY_FLOOR else 0.0


def _translated(form: str, text: TermSet) -> float:
    known = translations(form)
    best = max(_strongest(known, text.forms), BY_CHARACTER * _strongest(known, text.characters))
    if len(form) == 2 and not form[0].isascii():
        by_character = (_strongest(translations(char), text.forms) for char in form)
        trust = BY_CHARACTER_OF_A_KNOWN_PAIR if known else BY_CHARACTER
        best = max(best, trust * max(by_character))
    return min(1.0, TRANSLATION * best)


def _synonym(form: str, text: TermSet) -> float:
    return SYNONYM * _strongest(synonyms(form), text.forms)


def _strongest(weights: Mapping[str, float], said: frozenset[str]) -> float:
    """The greatest weight of a unit that is said, 0 when none is."""
    if said.isdisjoint(weights):  # mostly so, and quickly told
        return 0.0
    return max(weights[unit] for unit in said.intersection(weights))
