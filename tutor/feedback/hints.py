"""Hints: a ladder from what kind of answer is asked for to its text with gaps.

A hint never contains a whole reference or key point: what would is masked further, and when
nothing helpful is left to show, the ladder ends early.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tutor.feedback.masking import beginning, gapped
from tutor.feedback.quoting import clean
from tutor.feedback.wording import wording
from tutor.grading.asked_count import asked_count
from tutor.grading.grade import Language
from tutor.grading.item import Item
from tutor.grading.key_points import key_points_of
from tutor.grading.language import language_of
from tutor.grading.reading.text import Text, read

_FORMULA_SIGNS = frozenset("=^∑∏√∫∂∇∞")
_SENTENCE_MARKS = frozenset("，。；,;.：:")


def hint(item: Item, level: int, language: Language) -> str | None:
    """The hint of a level, in `language`; None when the ladder has ended.

    Level 1 says what kind of answer is asked for, 2 how each key point begins, 3 shows the key
    points with about half of their words masked. A reference of one character has only level 1.
    """
    return next((rung for rung in _rungs(item, level, language) if _keeps(rung, item)), None)


def _rungs(item: Item, level: int, language: Language) -> Iterator[str]:
    """What may be shown at a level, the most helpful first."""
    words = wording(language)
    points = _points(item)
    if level == 1:
        yield from _kinds(item, language)
    elif all(len(read(point).compact) < 2 for point in points):
        return
    elif level == 2:
        yield _listed(words.hint_begins, map(beginning, points))
    elif level == 3:
        for parity in (1, 0):
            yield _listed(words.hint_gaps, (gapped(point, parity) for point in points))


def _points(item: Item) -> list[str]:
    points = [clean(point.text) for point in key_points_of(item) if point.required]
    return points or [clean(item.references[0])]


def _keeps(shown: str, item: Item) -> bool:
    """Whether a text contains no reference or key point of two or more characters."""
    secrets = {*item.references, *(point.text for point in key_points_of(item))}
    compact = read(shown).compact
    return not any(
        len(read(secret).compact) > 1 and (read(secret).compact in compact or secret in shown)
        for secret in secrets
    )


def _listed(head: str, lines: Iterable[str]) -> str:
    return "\n".join((head, *(f"- {line}" for line in lines)))


def _kinds(item: Item, language: Language) -> Iterator[str]:
    words = wording(language)
    separator = "，" if language == "zh" else ", "
    kind = _kind(item, language)
    details = [] if kind in (words.hint_number, words.hint_formula) else _details(item, language)
    yield separator.join((kind, *details)) + words.stop
    yield kind + words.stop
    yield words.hint_bare + words.stop


def _kind(item: Item, language: Language) -> str:
    words = wording(language)
    text = read(clean(item.references[0]))
    signs = {token.form for token in text.tokens if token.kind == "operator"}
    han, latin, numbers = _counts(text)
    if numbers and latin <= 1 and han <= 3 and not signs & _FORMULA_SIGNS:
        return words.hint_number
    if signs & _FORMULA_SIGNS:
        return words.hint_formula
    if (count := len(_points(item))) > 1:
        return words.hint_points.format(count=min(count, asked_count(item.question) or count))
    is_term = han <= 10 and latin <= 5 and not _SENTENCE_MARKS & set(text.raw)
    return words.hint_term if is_term else words.hint_sentence


def _details(item: Item, language: Language) -> Iterator[str]:
    words = wording(language)
    text = read(" ".join(_points(item)))
    han, latin, numbers = _counts(text)
    length = words.hint_han if han >= latin else words.hint_words
    if max(han, latin) > 1:
        yield length.format(count=_roughly(max(han, latin)))
    if numbers:
        yield words.hint_with_number
    if language_of(text.raw, language) != language:
        yield words.hint_in_english if language == "zh" else words.hint_in_chinese


def _counts(text: Text) -> tuple[int, int, int]:
    """Han characters, other words, and numbers."""
    tokens = text.tokens
    return (
        sum(len(token.form) for token in tokens if token.kind == "han"),
        sum(token.kind == "word" for token in tokens),
        sum(token.kind == "number" for token in tokens),
    )


def _roughly(count: int) -> int:
    return count if count < 10 else 5 * round(count / 5)
