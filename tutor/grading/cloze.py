"""Cloze fills: whether an answer fills a blank as one of its references does.

A fill is short, so it is compared by what it can be: a quantity by value and unit, a formula by
value, words by their accepted forms (full name or abbreviation, Chinese or English, with or
without the bracket that explains it). What merely looks similar is `close`, never accepted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tutor.grading.item import Item, Tolerance
from tutor.grading.reading import formula
from tutor.grading.reading.polarity import flip, polarity
from tutor.grading.reading.quantities import Quantity, quantities, same_quantity, unit_scale, within
from tutor.grading.reading.text import Text, read
from tutor.grading.reading.units import classifier_at
from tutor.grading.reading.wording import (
    accepted_forms,
    misspelt,
    partly,
    same_but_digits,
    same_words,
    similar,
    wording_key,
)

Level = Literal["exact", "equivalent", "close", "different", "empty"]
_LEVELS: tuple[Level, ...] = ("exact", "equivalent", "close", "different", "empty")


@dataclass(frozen=True, slots=True)
class FillMatch:
    """How an answer compares with the nearest of a blank's references.

    `exact` and `equivalent` fills are right. `close` ones may be: a slip of the pen, a part of
    the fill, or an alias that the question itself gives away. `different` ones are wrong when
    `proven` (another number, unit, sign or direction), else only unlike the reference.
    `zh` and `en` say why to the learner without telling her the reference.
    """

    level: Level
    reference: str | None
    name: str
    zh: str
    en: str
    proven: bool = False


_REASONS = {
    "same": ("与参考填空一致", "matches the expected fill"),
    "same-value": ("数值一致", "the value is the same"),
    "same-formula": ("式子等价", "the formula is equivalent"),
    "same-term": ("是同一概念的另一种写法", "another name of the same thing"),
    "given": ("题面已经给出了这个说法，请填它的全称或另一种说法",
              "the question already gives this name; fill in what it stands for"),
    "spelling": ("拼写或用字略有出入", "the spelling is slightly off"),
    "similar": ("与参考填空接近但不完全一致", "close to the expected fill but not the same"),
    "number": ("数值不一致", "the number is different"),
    "unit": ("单位不一致", "the unit is different"),
    "sign": ("运算符号或次序不一致", "an operator or the order is different"),
    "operand": ("式子中的项不一致", "a term of the formula is different"),
    "polarity": ("意思相反", "it says the opposite"),
    "unlike": ("与参考填空不一致", "does not match the expected fill"),
    "empty": ("没有填写内容", "nothing was filled in"),
}  # fmt: skip
_PROOFS = frozenset({"number", "unit", "sign", "operand", "polarity"})

_APPROXIMATELY = re.compile(
    r"(?<![a-z])(?:about|around|approximately|roughly|nearly|approx)(?![a-z])|大约|约为|约|左右|差不多|~"
)
_ALIAS = re.compile(r"\[\s?\.\.\.\s?\]\s?\(([^()]+)\)")


def match_fill(item: Item, answer: str) -> FillMatch:
    """The best match of an answer among the references of a cloze item."""
    given = read(answer)
    if not given.tokens:
        return _match("empty", None, "empty")
    matches = [_against(reference, given, item) for reference in item.references]
    return min(matches, key=lambda match: (_LEVELS.index(match.level), match.proven))


def _match(level: Level, reference: str | None, name: str) -> FillMatch:
    zh, en = _REASONS[name]
    return FillMatch(level, reference, name, zh, en, level == "different" and name in _PROOFS)


def _against(reference: str, answer: Text, item: Item) -> FillMatch:
    expected = read(reference)
    if _trimmed(expected) == _trimmed(answer):
        return _match("exact", reference, "same")
    level, name = _compare(expected, answer, _alias(item.question), item.tolerance)
    return _match(level, reference, name)


@lru_cache(maxsize=2048)
def _alias(question: str) -> str | None:
    """The other name that stands in brackets right behind the blank."""
    match = _ALIAS.search(read(question).normal)
    return match[1] if match else None


def _trimmed(text: Text) -> str:
    return text.normal.strip(" .,;:!?\"'")


def _compare(
    expected: Text, answer: Text, alias: str | None, tolerance: Tolerance | None
) -> tuple[Level, str]:
    if quantities(expected) and (found := _as_quantity(expected, answer, tolerance)):
        return found
    if formula.is_formula(expected) and (found := _as_formula(expected, answer)):
        return found
    if alias and wording_key(alias) == wording_key(answer.normal) != wording_key(expected.normal):
        return "close", "given"
    return _as_words(expected, answer, alias)


def _as_quantity(
    expected: Text, answer: Text, tolerance: Tolerance | None
) -> tuple[Level, str] | None:
    """The comparison by value, or None when the fill says more than a quantity."""
    ours, theirs = quantities(expected), quantities(answer)
    if _beside(expected, ours):
        return ("different", "number") if _numbers_clash(ours, theirs, tolerance) else None
    if not theirs:
        return "different", "unlike"
    if len(ours) != len(theirs) or _numbers_clash(ours, theirs, tolerance):
        return _value_mismatch(ours, theirs)
    return ("close", "similar") if _beside(answer, theirs) else ("equivalent", "same-value")


def _beside(text: Text, found: tuple[Quantity, ...]) -> str:
    """What a fill says beside its quantities and their measure word, in key form."""
    raw = text.raw
    for quantity in reversed(found):
        raw = raw[: quantity.span[0]] + " " + raw[quantity.span[1] :]
    rest = _APPROXIMATELY.sub(" ", read(raw).normal).strip()
    return wording_key(rest[classifier_at(rest, 0) :])


def _numbers_clash(
    ours: tuple[Quantity, ...], theirs: tuple[Quantity, ...], tolerance: Tolerance | None
) -> bool:
    return len(ours) == len(theirs) and not all(
        same_quantity(our, their, tolerance) for our, their in zip(ours, theirs, strict=True)
    )


def _value_mismatch(ours: tuple[Quantity, ...], theirs: tuple[Quantity, ...]) -> tuple[Level, str]:
    if len(ours) != len(theirs):
        one_agrees = any(same_quantity(our, their) for our in ours for their in theirs)
        return ("close", "similar") if one_agrees else ("different", "number")
    pairs = list(zip(ours, theirs, strict=True))
    if all(within(our, their) and our.margin for our, their in pairs):
        return "close", "similar"
    if any(unit_scale(our, their) is None for our, their in pairs):
        return "different", "unit"
    return "different", "number"


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
    if any(same_words(form, fills[0]) for form in forms):
        return "equivalent", "same-term"
    if len(fills) > 1 and any(same_words(form, fill) for form in forms for fill in fills):
        explained = all(_explains(fill, (*forms, *fills[1:]), alias) for fill in fills[1:])
        return ("equivalent", "same-term") if explained else ("close", "similar")
    if not formula.is_formula(expected) and _says_opposite(expected, answer):
        return "different", "polarity"
    return _by_spelling(forms, fills[0])


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
    if any(misspelt(form, fill) for form in forms):
        return "close", "spelling"
    if any(similar(wording_key(form), wording_key(fill)) or partly(form, fill) for form in forms):
        return "close", "similar"
    return "different", "unlike"
