"""The answer is what a reference says: a blank filled, a short answer given, or the same text.

A cloze fill is settled by what it can be (a quantity, a formula, a term). So is a short
answer to a question with a short reference. A longer answer is accepted only when it is a
reference, letter for letter in normal form.
"""

from __future__ import annotations

from tutor.grading.attempt import Attempt
from tutor.grading.cloze import match_fill
from tutor.grading.fill_match import FillMatch
from tutor.grading.guards.finding import Effect, Finding
from tutor.grading.reading.polarity import polarity
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import Text, read

_BLANK = "[...]"
_MOST_PLACES = 20
SHORT_REFERENCE = 4.0
"""Words of content up to which a reference is compared like the fill of a blank."""


def find(attempt: Attempt) -> list[Finding]:
    """Accept, doubt or contradict by comparing answer and references as wholes."""
    if any(_is_same(reference, attempt.answer) for reference in attempt.references):
        return [_same_text()]
    if attempt.item.kind == "cloze":
        if _repeats_context(attempt):
            return [_same_text()]
        return _cloze(match_fill(attempt.item, attempt.answer.raw), attempt)
    if len(attempt.points) == 1 and all(_is_short(text) for text in attempt.references):
        return _short(match_fill(attempt.item, attempt.answer.raw), attempt)
    return []


def _is_same(reference: Text, answer: Text) -> bool:
    """Whether two texts differ in layout only; a mark may be part of a number or a sign, as in
    3.5 and >=, so these are compared as well."""
    return reference.compact == answer.compact and _signs(reference) == _signs(answer)


def _signs(text: Text) -> list[str]:
    return [token.form for token in text.tokens if token.kind in ("number", "operator")]


def _same_text() -> Finding:
    return Finding("same_text", "accept", "与参考答案相同。", "Says the same as the reference.")


def _repeats_context(attempt: Attempt) -> bool:
    """Whether the answer is a fill with words around it that stand around the blank."""
    answer = attempt.answer
    left, _, right = attempt.question.raw.partition(_BLANK)
    for reference in filter(lambda text: text.compact, attempt.references):
        for start, end in answer.places_of(reference.compact)[:_MOST_PLACES]:
            before, fill, after = map(
                read, (answer.raw[:start], answer.raw[start:end], answer.raw[end:])
            )
            whole = _is_same(reference, fill) and not _cuts_a_word(answer, start, end)
            if before.compact and not any(char.isalnum() for char in before.compact):
                whole = whole and read(left).compact.endswith(before.compact)
            if whole and _is_part(before, read(left)) and _is_part(after, read(right)):
                return True
    return False


def _cuts_a_word(text: Text, start: int, end: int) -> bool:
    """Whether a span begins or ends inside a word or number: stable in unstable, 3 in 13."""
    return any(
        token.start < place < token.end
        for token in text.tokens
        if token.kind != "han"
        for place in (start, end)
    )


def _is_part(text: Text, whole: Text) -> bool:
    """Whether all words of a text stand in another in that order; a negation is no such word."""
    remaining = iter(_words(whole))
    return not polarity(text.normal).negations and all(word in remaining for word in _words(text))


def _words(text: Text) -> list[str]:
    return [
        word
        for token in text.tokens
        for word in (token.form if token.kind == "han" else (token.form,))
    ]


def _cloze(match: FillMatch, attempt: Attempt) -> list[Finding]:
    match match.level:
        case "exact" | "equivalent":
            return [_finding(match, "accept", attempt)]
        case "likely":  # right, though a person may mind
            return [_finding(match, "doubt", attempt), _finding(match, "accept", attempt)]
        case "close":
            return [_finding(match, "doubt", attempt)]
        case _:
            return [_finding(match, "contradict", attempt)] if match.proven else []


def _short(match: FillMatch, attempt: Attempt) -> list[Finding]:
    """A short answer may say more than the reference, so an unlike one proves nothing."""
    if match.level in ("exact", "equivalent"):
        return [_finding(match, "accept", attempt)]
    if match.proven and _is_short(attempt.answer):
        return [_finding(match, "contradict", attempt)]
    return []


def _finding(match: FillMatch, effect: Effect, attempt: Attempt) -> Finding:
    span = (0, len(attempt.answer.raw)) if effect == "contradict" else None
    name = f"fill_{match.name.replace('-', '_')}"
    return Finding(name, effect, match.zh + "。", match.en.capitalize() + ".", 0, span)


def _is_short(text: Text) -> bool:
    return sum(term.weight for term in terms_of(text).terms) <= SHORT_REFERENCE
