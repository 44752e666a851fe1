"""How well a text says a term: the same form, a misspelling, a synonym, a translation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

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
    if text.units.isdisjoint(_reach(form)) and not _may_be_misspelt(form):
        return 0.0  # mostly so, and quickly told
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
        return _misspelt(form, text) if _may_be_misspelt(form) else 0.0
    if len(form) == 2 and form[0] in text.characters and form[1] in text.characters:
        return SCATTERED
    return 0.8 if form in text.characters else 0.0


def _may_be_misspelt(form: str) -> bool:
    return len(form) >= 4 and form[0].isascii() and form[0].isalpha()


similarity = Indel.normalized_similarity


def _misspelt(form: str, text: TermSet) -> float:
    best = 0.0
    shortest, longest = max(4, len(form) - 3), len(form) + 3
    for word in text.words:
        if shortest <= len(word) <= longest:
            best = max(best, similarity(form, word, score_cutoff=FUZZY_FLOOR))
    return best


@lru_cache(maxsize=16384)
def _reach(form: str) -> frozenset[str]:
    """Every unit that may say something of a term, but for a misspelling of it."""
    whole, by_character = _translations(form)
    own = (form,) if form[0].isascii() else (form, *form)
    return frozenset(own).union(whole.units, by_character.units, _synonyms(form).units)


class _Units(NamedTuple):
    """Units with the strength that each of them expresses a term with."""

    units: frozenset[str]
    strengths: Mapping[str, float]

    def strongest(self, said: frozenset[str]) -> float:
        """The greatest strength of a unit that is said, 0 when none is."""
        if said.isdisjoint(self.units):  # mostly so, and quickly told
            return 0.0
        return max(self.strengths[unit] for unit in said.intersection(self.units))


def _translated(form: str, text: TermSet) -> float:
    whole, by_character = _translations(form)
    found = whole.strongest(text.forms)
    if by_character.units and text.characters:
        found = max(found, by_character.strongest(text.characters))
    return found


@lru_cache(maxsize=16384)
def _translations(form: str) -> tuple[_Units, _Units]:
    """The forms, and the single characters, that translate a term."""
    known = translations(form)
    whole: dict[str, float] = {}
    for unit, weight in (*known.items(), *_by_character(form, bool(known))):
        whole[unit] = max(whole.get(unit, 0.0), min(1.0, TRANSLATION * weight))
    characters = {
        unit: min(1.0, TRANSLATION * (BY_CHARACTER * weight))
        for unit, weight in known.items()
        if len(unit) == 1
    }
    return _Units(frozenset(whole), whole), _Units(frozenset(characters), characters)


def _by_character(form: str, is_known: bool) -> Iterator[tuple[str, float]]:
    if len(form) == 2 and not form[0].isascii():
        trust = BY_CHARACTER_OF_A_KNOWN_PAIR if is_known else BY_CHARACTER
        for char in form:
            for unit, weight in translations(char).items():
                yield unit, trust * weight


def _synonym(form: str, text: TermSet) -> float:
    return _synonyms(form).strongest(text.forms)


@lru_cache(maxsize=16384)
def _synonyms(form: str) -> _Units:
    strengths = {unit: SYNONYM * weight for unit, weight in synonyms(form).items()}
    return _Units(frozenset(strengths), strengths)
