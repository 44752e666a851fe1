"""How well a text says a term: the same form, a misspelling, a synonym, a translation."""

from __future__ import annotations

from rapidfuzz.distance import Indel

from tutor.grading.lexicon import synonyms, translations
from tutor.grading.terms import TermSet

FUZZY_FLOOR = 0.75
SCATTERED = 0.5
SYNONYM = 0.6
TRANSLATION = 1.2
BY_CHARACTER = 0.6


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
    best = 0.0
    for unit, weight in translations(form).items():
        if weight > best and (unit in text.forms or unit in text.characters):
            best = weight
    if len(form) == 2 and not form[0].isascii():
        for char in form:
            for unit, weight in translations(char).items():
                if BY_CHARACTER * weight > best and unit in text.forms:
                    best = BY_CHARACTER * weight
    return min(1.0, TRANSLATION * best)


def _synonym(form: str, text: TermSet) -> float:
    for unit, weight in synonyms(form):
        if unit in text.forms:
            return SYNONYM * weight
    return 0.0
