"""Sentences that have no word in common with the card, beside others that do.

`I do not know. A spider has eight legs.` leaves the question open, and a wrong copy of the
reference stays wrong beside a true sentence about honey. So guards look at the answer without
them, too. The signals read all of it: a sentence in wholly other words may still be right.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import partial

from tutor.grading.alignment import remembered
from tutor.grading.guards.dont_know import says_nothing_known
from tutor.grading.item import Item
from tutor.grading.quotes import Span
from tutor.grading.reading.polarity import polarity
from tutor.grading.reading.terms import FUNCTION_WEIGHT, Term, terms_of
from tutor.grading.reading.text import Text, read

_SENTENCE_END = re.compile(r"[。！？\n]+|[.!?]+(?=\s|$)")
_WORD = 0.5
"""Weight of a pair of characters within a word; one across two words is no sign of anything."""
_KNOWN = 0.5
"""Strength from which on a word is the card's; what is less may share a character by chance."""
_LEAST_SAID = 2.0
"""Content in words from which on a sentence without a word of the card is about another thing."""
_MOST = 3
"""Sentences of an answer, up to which one or two of them may pad it; longer ones are essays."""


def blank_unrelated(item: Item, answer: str) -> str:
    """The answer with one or two unrelated sentences overwritten by line ends.

    Offsets stay what they are. Nothing is left out where nothing would be left that bears on the
    card or says that the learner does not know.
    """
    spans = _sentences(answer)
    if not 2 <= len(spans) <= _MOST:
        return answer
    card = (item.question, *item.references, *(point.text for point in item.key_points))
    unrelated = _unrelated(spans, answer, "\n".join(card))
    if not 0 < len(unrelated) < len(spans):
        return answer
    blanked = list(answer)
    for start, end in unrelated:
        blanked[start:end] = "\n" * (end - start)
    return "".join(blanked)


def _sentences(answer: str) -> list[Span]:
    ends = [match.end() for match in _SENTENCE_END.finditer(answer)]
    bounds = zip([0, *ends], [*ends, len(answer)], strict=True)
    return [(start, end) for start, end in bounds if any(map(str.isalnum, answer[start:end]))]


def _unrelated(spans: list[Span], answer: str, card: str) -> list[Span]:
    terms = terms_of(read(answer)).terms
    known = remembered(terms_of(read(card)))
    place = partial(bisect_left, [term.start for term in terms])
    found = []
    for start, end in spans:
        said = terms[place(start) : place(end)]
        if any(term.weight >= _WORD and known(term.form) >= _KNOWN for term in said):
            continue
        if _is_about_another_thing(said, read(answer[start:end]), card):
            found.append((start, end))
    return found


def _is_about_another_thing(said: Sequence[Term], sentence: Text, card: str) -> bool:
    """Whether a sentence states something, and neither by a sign, nor the opposite of a word of
    the card, nor that the learner does not know."""
    if sum(term.weight for term in said if term.weight > FUNCTION_WEIGHT) < _LEAST_SAID:
        return False
    if any(token.kind == "operator" for token in sentence.tokens):
        return False
    return not _scales(sentence) & _scales(read(card)) and not says_nothing_known(sentence)


def _scales(text: Text) -> frozenset[int]:
    """The pairs of opposites of which a text names an end."""
    return frozenset(pair for pair, _ in polarity(text.normal).directions)
