"""Cloze fills: whether an answer fills a blank as one of its references does.

A fill is short, so it is compared by what it can be: a quantity by value and unit, a formula by
value, words by their accepted forms (full name or abbreviation, Chinese or English, with or
without the bracket that explains it). What merely looks similar is `close`, never accepted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tutor.grading.fill_core import LONGEST, before_remark, cores
from tutor.grading.fill_match import LEVELS, FillMatch, Level, fill_match
from tutor.grading.fill_meaning import meaning
from tutor.grading.fill_quantity import compare_quantities, has_other_unit
from tutor.grading.fill_spelling import respelled
from tutor.grading.fill_wording import is_reworded
from tutor.grading.item import Item, Tolerance
from tutor.grading.reading import formula
from tutor.grading.reading.polarity import flip, polarity
from tutor.grading.reading.quantities import quantities
from tutor.grading.reading.text import Text, read, stem
from tutor.grading.reading.wording import (
    accepted_forms,
    partly,
    same_but_digits,
    same_words,
    similar,
    wording_key,
)
from tutor.grading.slips import is_slip

_LEADING_SIGN = re.compile(r"\s?([-+!¬√~])\s?(?=[a-zα-ω(\\])")
_DERIVED = re.compile("(?:ion|ment|ness|ity|ive|ance|ence|(?<!p)ly)$")
_BLANK = "[...]"
_LONGEST_UNIT = 24
"""Characters behind a blank that are looked at for a unit."""
_ALIAS = re.compile(r"\[\s?\.\.\.\s?\]\s?\(([^()]+)\)")


def match_fill(item: Item, answer: str) -> FillMatch:
    """The best match of an answer among the references of a cloze item.

    The answer counts as typed, and without what hedges, introduces or explains it.
    """
    if not read(answer).tokens:
        return fill_match("empty", None, "empty")
    if len(answer) > LONGEST + 2 * max(map(len, item.references)):
        return fill_match("different", item.references[0], "unlike")
    return min(_matches(item, answer), key=lambda found: (LEVELS.index(found.level), found.proven))


def _matches(item: Item, answer: str) -> Iterator[FillMatch]:
    for given in _readings(answer, item.question):
        for reference in item.references:
            found = _against(reference, read(given), item)
            exact = found.level == "exact" and given != answer
            yield fill_match("equivalent", reference, "same") if exact else found
    if head := before_remark(answer):
        for reference in item.references:
            if _against(reference, read(head), item).level in ("exact", "equivalent"):
                yield fill_match("likely", reference, "remark")


def _readings(answer: str, question: str) -> tuple[str, ...]:
    """The answer as typed, then without what is wrapped around it, each also in other signs."""
    if len(answer) > LONGEST:
        return (answer,)
    found = cores(answer, question)
    spelled = (respelled(read(core).normal) for core in found)
    return tuple(dict.fromkeys((*found, *filter(lambda text: read(text).tokens, spelled))))


def _against(reference: str, answer: Text, item: Item) -> FillMatch:
    expected = read(reference)
    if _trimmed(expected) == _trimmed(answer):
        return fill_match("exact", reference, "same")
    level, name = _compare(expected, answer, _alias(item.question), item.tolerance)
    if name == "same-value" and has_other_unit(expected, answer, _behind(item.question)):
        level, name = "close", "similar"
    if name == "same-term" and _is_said(answer, item.question):
        level, name = "close", "repeated"
    return fill_match(level, reference, name)


def _behind(question: str) -> str:
    return question.partition(_BLANK)[2][:_LONGEST_UNIT]


@lru_cache(maxsize=2048)
def _alias(question: str) -> str | None:
    """The other name that stands in brackets right behind the blank."""
    match = _ALIAS.search(read(question).normal)
    return match[1] if match else None


def _is_said(fill: Text, question: str) -> bool:
    """Whether the text around the blank, but for an alias behind it, says the fill."""
    around = _ALIAS.sub(" ", read(question).normal)
    return len(fill.compact) > 1 and bool(read(around).places_of(fill.compact))


def _trimmed(text: Text) -> str:
    return text.normal.strip(" .,;:!?\"'")


def _compare(
    expected: Text, answer: Text, alias: str | None, tolerance: Tolerance | None
) -> tuple[Level, str]:
    if ("√" in expected.normal) != ("√" in answer.normal):
        return "close", "similar"
    if quantities(expected) and (found := compare_quantities(expected, answer, tolerance)):
        return found
    if formula.is_formula(expected) and (found := _as_formula(expected, answer)):
        return found
    if found := _as_product(expected, answer):
        return found
    if alias and is_slip(alias, answer.normal):
        return "likely", "spelling"
    if alias and wording_key(alias) == wording_key(answer.normal) != wording_key(expected.normal):
        return "likely", "given"
    return _as_words(expected, answer, alias)


def _as_formula(expected: Text, answer: Text) -> tuple[Level, str] | None:
    """The comparison by value, or None when the answer is no formula."""
    if _flat(expected) == _flat(answer):
        return "equivalent", "same-formula"
    match formula.compare(expected, answer, same_words):
        case "same":
            return "equivalent", "same-formula"
        case "operator":
            return "different", "sign"
        case "operand" if formula.is_formula(answer):
            return "different", _operand_mismatch(expected, answer)
        case _:
            return None


def _as_product(expected: Text, answer: Text) -> tuple[Level, str] | None:
    """The comparison of letters that stand for a product, as in IR, with a formula of letters."""
    letters = _trimmed(expected)
    single = all(len(token.form) == 1 for token in answer.tokens if token.kind == "word")
    is_product = 2 <= len(letters) <= 4 and letters.isascii() and letters.isalpha()
    if not (is_product and single and formula.is_formula(answer)):
        return None
    same = formula.compare(read("*".join(letters)), answer, same_words) == "same"
    return ("equivalent", "same-formula") if same else ("close", "similar")


def _flat(text: Text) -> str:
    """A formula as typed in a hurry: y_w as yw, r_{θ} as rθ."""
    return re.sub(r"[\s_{}$\\]", "", text.normal)


def _operand_mismatch(expected: Text, answer: Text) -> str:
    """Other symbols are another formula; other words may mean the same."""
    if _says_opposite(expected, answer):
        return "polarity"
    words = {token.form for token in answer.tokens if token.kind == "han" or len(token.form) > 2}
    return "operand" if words <= {token.form for token in expected.tokens} else "unlike"


def _as_words(expected: Text, answer: Text, alias: str | None) -> tuple[Level, str]:
    forms, fills = accepted_forms(_trimmed(expected)), accepted_forms(_trimmed(answer))
    if not fills:  # nothing but marks is left
        return "different", "unlike"
    if _sign(expected) != _sign(answer):
        return ("different", "sign") if formula.is_formula(expected) else ("close", "similar")
    if any(_derives(form, fills[0]) for form in forms):
        return "close", "form"
    if any(_same(form, fills[0]) for form in forms):
        return "equivalent", "same-term"
    if len(fills) > 1 and any(same_words(form, fill) for form in forms for fill in fills):
        explained = all(_explains(fill, (*forms, *fills[1:]), alias) for fill in fills[1:])
        return ("equivalent", "same-term") if explained else ("close", "similar")
    if not formula.is_formula(expected) and _says_opposite(expected, answer):
        return "different", "polarity"
    if any(is_slip(form, fills[0]) for form in forms):
        return "likely", "spelling"
    if (level := meaning(expected, answer)) is not None:
        return level, "same-term" if level == "equivalent" else "like"
    if any(is_reworded(form, fills[0]) for form in forms):
        return "likely", "like"
    return _by_spelling(forms, fills[0])


def _sign(text: Text) -> str:
    """The sign before a fill: -x is not x."""
    sign = _LEADING_SIGN.match(text.normal)
    return sign[1] if sign else ""


def _derives(form: str, fill: str) -> bool:
    """Whether two English words have one stem, and only one of them an ending that makes
    another part of speech: affect, affection."""
    words = (form + fill).isascii() and form.isalpha() and fill.isalpha()
    endings = [_DERIVED.search(word) is not None for word in (form, fill)]
    return words and endings[0] != endings[1] and stem(form) == stem(fill)


def _same(form: str, fill: str) -> bool:
    return same_words(form, fill) or same_words(form.replace("的", ""), fill.replace("的", ""))


def _says_opposite(expected: Text, answer: Text) -> bool:
    if not flip(polarity(expected.normal), polarity(answer.normal)):
        return False
    ours, theirs = polarity(expected.normal).content, polarity(answer.normal).content
    return len(ours & theirs) >= 0.8 * max(len(ours), len(theirs))


def _explains(fill: str, others: tuple[str, ...], alias: str | None) -> bool:
    """Whether a part of the answer says the same as a form of the reference or another part."""
    known = (*others, alias) if alias else others
    return any(other != fill and same_words(other, fill) for other in known) or fill in others[:1]


def _by_spelling(forms: tuple[str, ...], fill: str) -> tuple[Level, str]:
    if any(same_but_digits(form, fill) for form in forms):
        return "different", "number"
    if any(similar(wording_key(form), wording_key(fill)) or partly(form, fill) for form in forms):
        return "close", "similar"
    return "different", "unlike"
