"""The answer copies the reference but for a word: the change may be harmless or decisive.

Overlap cannot tell 第一 from 第二 or y_w from y_l in an otherwise equal sentence, and scores
such answers highest of all. A difference that is not known to be harmless (function words,
synonyms, translations, clauses in another order) is therefore a doubt, never a proof.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import Levenshtein, MatchingBlock

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding
from tutor.grading.quotes import best_quote
from tutor.grading.reading.aliases import declared_aliases
from tutor.grading.reading.glossary import same_term
from tutor.grading.reading.lexicon import synonyms, translations
from tutor.grading.reading.polarity import polarity
from tutor.grading.reading.terms import FUNCTION_WEIGHT, is_function_han, terms_of
from tutor.grading.reading.text import Text, read

NEAR = 0.76
"""Least F1 of the units of content, as bags, that makes a near copy."""
_LEAST_UNITS = 3
_KNOWN_SYNONYM = 0.5
_FILLERS = frozenset("约大概左右这那个种条位名次用以来去就才则又很是再其该把将叫做称")
_DECISIVE = frozenset("不没无非未否或") | {"not", "no", "never", "without", "or", "cannot"}
"""Words that grammar needs and that turn a sentence around."""
_CLAUSE = re.compile(r"[；;。，,、\n]|(?<!\d)\.(?!\d)")

Units = tuple[str, ...]


def find(attempt: Attempt) -> list[Finding]:
    """Doubt an answer that is a near copy, with a changed word, of a reference or key point."""
    answer = attempt.answer
    whole = (0, len(answer.raw))
    for reference in attempt.references:
        if _is_changed_copy(reference, answer):
            return [_doubt(None, whole)]
    for index, (_, point) in enumerate(attempt.points):
        if not _may_be_copied(point, answer):
            continue
        span = best_quote(terms_of(point), answer.raw)
        if span and _is_changed_copy(point, read(answer.raw[slice(*span)])):
            return [_doubt(index, span)]
    return []


def _doubt(point: int | None, span: tuple[int, int]) -> Finding:
    return Finding(
        "near_copy",
        "doubt",
        "与参考几乎逐字相同，但有一处不同；这处差别是否要紧，本地检查看不出来。",
        "Nearly word for word the reference, but for a change that the local check cannot weigh.",
        point,
        span,
    )


def _may_be_copied(target: Text, answer: Text) -> bool:
    """Whether enough of the target is there at all for any part of the answer to be near it.

    A part has no fewer units g than it shares s with the target's w, and from 2 s >= NEAR (w + g)
    follows (2 - NEAR) s >= NEAR w.
    """
    wanted = Counter(_content(target))
    shared = (wanted & Counter(_content(answer))).total()
    return (2 - NEAR) * shared >= NEAR * wanted.total()


def _is_changed_copy(target: Text, said: Text) -> bool:
    wanted, given = _content(target), _content(said)
    if min(len(wanted), len(given)) < _LEAST_UNITS or wanted == given:
        return False
    shared = (Counter(wanted) & Counter(given)).total()
    if 2 * shared < NEAR * (len(wanted) + len(given)):
        return False
    lost, added = Counter(wanted) - Counter(given), Counter(given) - Counter(wanted)
    if not lost and not added:
        return not _only_rearranged(target, said)
    if _DECISIVE & {*lost, *added}:
        return True
    return not all(_is_harmless(*exchanged) for exchanged in _exchanged(wanted, given))


def _exchanged(wanted: Units, given: Units) -> Iterator[tuple[Units, Units]]:
    """What stands in one text in the place of something else in the other, run by run."""
    kept = Levenshtein.opcodes(wanted, given).as_matching_blocks()
    for before, after in pairwise([MatchingBlock(0, 0, 0), *kept]):
        lost = wanted[before.a + before.size : after.a]
        added = given[before.b + before.size : after.b]
        if lost and added:
            yield lost, added


def _is_harmless(lost: Units, added: Units) -> bool:
    """Whether the exchanged words are known to mean the same."""
    if any(not unit[0].isalpha() for unit in (*lost, *added)):
        return False
    left, right = _joined(lost), _joined(added)
    if polarity(left).directions != polarity(right).directions:
        return False
    return same_term(left, right) or (_all_known(left, right) and _all_known(right, left))


def _all_known(text: str, other: str) -> bool:
    there = terms_of(read(other))
    return all(
        term.form in there.forms
        or any(
            synonyms(term.form)[form] >= _KNOWN_SYNONYM
            for form in synonyms(term.form).keys() & there.forms
        )
        or not there.forms.isdisjoint(translations(term.form))
        for term in terms_of(read(text)).terms
    )


def _joined(units: Units) -> str:
    return "".join(u if len(u) == 1 and not u.isascii() else f" {u} " for u in units).strip()


def _carries_meaning(char: str) -> bool:
    return char in _DECISIVE or not (is_function_han(char) or char in _FILLERS)


def _only_rearranged(target: Text, said: Text) -> bool:
    """Whether the clauses are the same in another order, or one of them starts in its middle.

    `主副本 fp32` for `fp32 主副本` is harmless, `B 大于 A` for `A 大于 B` is no such rotation.
    """
    left = _clauses(said)
    return all(any(_is_rotation(clause, other) for other in left) for clause in _clauses(target))


def _is_rotation(clause: Units, other: Units) -> bool:
    return len(clause) == len(other) and any(
        clause[cut:] + clause[:cut] == other for cut in range(max(1, len(clause)))
    )


@lru_cache(maxsize=1024)
def _clauses(text: Text) -> frozenset[Units]:
    return frozenset(_content(read(clause)) for clause in _CLAUSE.split(text.raw))


@lru_cache(maxsize=1024)
def _content(text: Text) -> Units:
    """Word stems, numbers, operators and single Han characters that carry meaning, in order.

    Another name that the text gives in brackets is left out: an answer need not repeat it.
    """
    named = {read(alias).normal for _, alias in declared_aliases(text)}
    units: list[str] = []
    for token in text.tokens:
        if token.kind == "han":
            units.extend(char for char in token.form if _carries_meaning(char))
        elif token.kind == "word" and token.form not in named:
            units.extend(
                term.form
                for term in terms_of(read(token.form)).terms
                if term.weight > FUNCTION_WEIGHT or token.form in _DECISIVE
            )
        elif token.kind != "word":
            units.append(token.form)
    return tuple(units)
