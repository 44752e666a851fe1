"""Near copies: what an answer that says nearly the reference's words has changed in them.

The two are compared unit by unit of their content. Clauses and items in another order, a
moved clause, synonyms and translations change nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein, MatchingBlock

from tutor.grading.reading.content import DECISIVE, Clause, Content, Piece, Units, content_of
from tutor.grading.reading.covariation import states_converse
from tutor.grading.reading.distinctions import told_apart, without_double_negation
from tutor.grading.reading.glossary import is_term, same_term
from tutor.grading.reading.lexicon import synonyms, translations
from tutor.grading.reading.matching import FUZZY_FLOOR, similarity
from tutor.grading.reading.polarity import NEGATION, opposed
from tutor.grading.reading.rearrangement import only_rearranged
from tutor.grading.reading.relations import likeness, relations
from tutor.grading.reading.synsets import share_synset, synsets
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import Text, is_han, read, stem

NEAR = 0.76
"""Least F1 of the units of content, as bags, that makes a near copy."""
ALIKE = 0.6
"""Least F1 from which on a text is a copy if one replaced expression is all that it changes."""
_LEAST_UNITS, _LEAST_LIKE = 3, 4
"""Units of the shorter text from which on it is a copy, or like one."""
_LEAST_LETTERS = 4
_KNOWN_SYNONYM = 0.5
_FEW = 2
_BRIEF = 2
"""Words, or pairs of Han characters, of one expression."""


_TURNING = frozenset(
    map(stem, "root square cube half double twice inverse reciprocal opposite".split())
) | frozenset("根倒逆负反半倍")
"""Units that make another thing of what they stand beside: a square root is no square."""


class Exchange(NamedTuple):
    """Words that stand in one text in the place of others; one of the two may be empty."""

    lost: Piece
    added: Piece


def is_near(target: Content, said: Content, least: float = NEAR) -> bool:
    """Whether two contents have nearly the same words: an F1 of at least `least`."""
    if min(len(target.forms), len(said.forms)) < _LEAST_UNITS:
        return False
    ours, theirs = target.bulk.total(), said.bulk.total()
    if 2 * min(ours, theirs) < least * (ours + theirs):
        return False
    return 2 * (target.bulk & said.bulk).total() >= least * (ours + theirs)


def replaces_one(target: Text, said: Text) -> bool:
    """Whether a text is another but for one expression that stands in the place of another, or
    for nothing but words that turn it around."""
    ours = content_of(target)
    if min(len(ours.forms), len(content_of(said).forms)) < _LEAST_LIKE or not changes(target, said):
        return False
    exchanged = {*_exchanged(ours, _in_order_of(ours, content_of(said)))}
    if all({*each.lost.forms} ^ {*each.added.forms} <= DECISIVE for each in exchanged):
        return True
    return len(exchanged) == 1 and all(
        each.lost.forms and each.added.forms and _is_brief(each.lost) and _is_brief(each.added)
        for each in exchanged
    )


def _is_brief(piece: Piece) -> bool:
    """Whether words may be one expression."""
    return sum(0.5 if is_han(word[0]) else 1.0 for word in piece.words) <= _BRIEF


def changes(target: Text, said: Text) -> tuple[Exchange, ...] | None:
    """What `said` changes in the meaning of `target`, which it copies nearly.

    None when it only rearranges the words in a way that may change the meaning; empty when
    nothing is changed, as far as can be told.
    """
    ours, theirs = told_apart(content_of(target), content_of(said))
    theirs = without_double_negation(said, theirs, ours)
    ours = without_double_negation(target, ours, theirs)
    if ours.forms == theirs.forms or states_converse(target, said):
        return ()
    if ours.counts == theirs.counts:
        return () if only_rearranged(target, said, ours, theirs) else None
    if _adds_little(ours, theirs) and only_rearranged(target, said, *_shared(ours, theirs)):
        return ()
    exchanged = tuple(_exchanged(ours, _in_order_of(ours, theirs)))
    kept = tuple(each for each in exchanged if not _is_harmless(each))
    if kept and _is_converse(target, said):
        return ()
    return None if not kept and _moves(exchanged) else kept


def _adds_little(ours: Content, theirs: Content) -> bool:
    """Whether one text only has words more than the other, none of which turns it around."""
    lost, added = ours.counts - theirs.counts, theirs.counts - ours.counts
    differing = {*lost, *added}
    return not (lost and added) and not DECISIVE & differing and not _makes_another(differing)


def _makes_another(units: Set[str]) -> bool:
    """Whether what one text has more than another is a word that makes another thing of it."""
    return len(units) <= _FEW and not _TURNING.isdisjoint(units)


def _shared(ours: Content, theirs: Content) -> tuple[Content, Content]:
    return ours.without(ours.counts - theirs.counts), theirs.without(theirs.counts - ours.counts)


def _is_converse(target: Text, said: Text) -> bool:
    """Whether the texts differ in a relation put the other way round, and in nothing else."""
    ours, theirs = content_of(target).counts, content_of(said).counts
    lost, added = [*(ours - theirs).elements()], [*(theirs - ours).elements()]
    if len(lost) != len(added) or not all(any(opposed(a, b) for b in added) for a in lost):
        return False
    found = {likeness(one, other) for one in relations(target) for other in relations(said)}
    return "converse" in found and "swapped" not in found


def _in_order_of(target: Content, said: Content) -> Content:
    """The clauses of a content in the order of the other's clauses that they are most like."""
    if len(target.clauses) != len(said.clauses) or len(said.clauses) == 1:
        return said
    left = list(said.clauses)
    ordered = []
    for clause in target.clauses:
        wanted = Counter(form for piece in clause for form in piece.forms)
        best = max(left, key=lambda other: (wanted & Counter(_forms(other))).total())
        left.remove(best)
        ordered.append(best)
    return Content((tuple(ordered),))


def _forms(clause: Clause) -> Units:
    return tuple(form for piece in clause for form in piece.forms)


def _exchanged(ours: Content, theirs: Content) -> Iterator[Exchange]:
    kept = Levenshtein.opcodes(ours.forms, theirs.forms).as_matching_blocks()
    for before, after in pairwise([MatchingBlock(0, 0, 0), *kept]):
        lost = slice(before.a + before.size, after.a)
        added = slice(before.b + before.size, after.b)
        if ours.forms[lost] or theirs.forms[added]:
            yield Exchange(
                Piece(ours.forms[lost], ours.words[lost]),
                Piece(theirs.forms[added], theirs.words[added]),
            )


def _moves(exchanged: tuple[Exchange, ...]) -> bool:
    """Whether something is left out in one place and said in another."""
    lost = {form for each in exchanged for form in each.lost.forms}
    added = {form for each in exchanged for form in each.added.forms}
    return not lost.isdisjoint(added)


def _is_harmless(exchange: Exchange) -> bool:
    """Whether the words that differ are known to mean the same, or to change little."""
    lost, added = exchange
    differing = set(lost.forms) ^ set(added.forms)
    if differing & DECISIVE:
        return _is_litotes(lost.forms, added.forms)
    if not lost.forms or not added.forms or not differing:
        return not _makes_another(differing)
    if any(not form[0].isalpha() and form[0] != "±" for form in differing):
        return False
    left, right = _joined(lost), _joined(added)
    if same_term(left, right) or share_synset(left, right) or _is_misspelt(left, right):
        return True
    directed = any(form[0] == "±" for form in differing)  # opposites have one translation, too
    return not directed and _all_known(left, right) and _all_known(right, left)


def _is_misspelt(word: str, other: str) -> bool:
    """Whether a word is written with a slip that makes it no word at all."""
    if min(len(word), len(other)) < _LEAST_LETTERS or not (word + other).isascii():
        return False
    if word[0] != other[0] or similarity(word, other) < FUZZY_FLOOR:
        return False
    return not (synsets(other) or translations(stem(other)) or is_term(other))


def _is_litotes(lost: Units, added: Units) -> bool:
    """Whether a word is exchanged for its denied opposite: decreases, does not increase."""
    left, right = set(lost) - set(added), set(added) - set(lost)
    if (left ^ right) & DECISIVE != {NEGATION}:
        return False
    pairs = [(one, other) for one in left for other in right if opposed(one, other)]
    return len(pairs) == 1 and min(len(left - {NEGATION}), len(right - {NEGATION})) == 1


def _joined(piece: Piece) -> str:
    words = (word if is_han(word[0]) else f" {word} " for word in piece.words)
    return "".join(words).strip()


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
