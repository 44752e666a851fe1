"""Near copies: what an answer that says nearly the reference's words has changed in them.

The two are compared unit by unit of their content. Clauses and items in another order, a
moved clause, synonyms and translations change nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeVar

from rapidfuzz.distance import Levenshtein, MatchingBlock

from tutor.grading.reading.content import OR, Clause, Content, Piece, Units, content_of
from tutor.grading.reading.glossary import same_term
from tutor.grading.reading.lexicon import synonyms, translations
from tutor.grading.reading.covariation import states_converse
from tutor.grading.reading.polarity import NEGATION, opposed
from tutor.grading.reading.quantifiers import ONLY, SOME
from tutor.grading.reading.relations import likeness, relations
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import Text, is_han, read

Part = TypeVar("Part")
NEAR = 0.76
"""Least F1 of the units of content, as bags, that makes a near copy."""
DECISIVE = frozenset({NEGATION, OR, SOME, ONLY})
"""Units that turn a sentence around by being there or not."""
_LEAST_UNITS = 3
_PUT_EITHER_WAY = frozenset({"comparison", "contrast", "movement", "replacement"})
_KNOWN_SYNONYM = 0.5
_IN_SEQUENCE = re.compile(
    r"然后|[再]|接着|随后|最后|→|(?<![a-z])(?:then|next|finally|lastly|last)(?![a-z])"
)


class Exchange(NamedTuple):
    """Words that stand in one text in the place of others; one of the two may be empty."""

    lost: Piece
    added: Piece


def is_near(target: Content, said: Content) -> bool:
    """Whether two contents have nearly the same words."""
    ours, theirs = len(target.forms), len(said.forms)
    if min(ours, theirs) < _LEAST_UNITS or 2 * min(ours, theirs) < NEAR * (ours + theirs):
        return False
    return 2 * (target.counts & said.counts).total() >= NEAR * (ours + theirs)


def changes(target: Text, said: Text) -> tuple[Exchange, ...] | None:
    """What `said` changes in the meaning of `target`, which it copies nearly.

    None when it only rearranges the words in a way that may change the meaning; empty when
    nothing is changed, as far as can be told.
    """
    ours, theirs = content_of(target), content_of(said)
    if ours.forms == theirs.forms or states_converse(target, said):
        return ()
    if ours.counts == theirs.counts:
        return () if _only_rearranged(target, said) else None
    exchanged = tuple(_exchanged(ours, _in_order_of(ours, theirs)))
    kept = tuple(each for each in exchanged if not _is_harmless(each))
    if kept and _is_converse(target, said):
        return ()
    return None if not kept and _moves(exchanged) else kept


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
        return False
    if not lost.forms or not added.forms or not differing:
        return True
    if any(not form[0].isalpha() for form in differing):
        return False
    left, right = _joined(lost), _joined(added)
    return same_term(left, right) or (_all_known(left, right) and _all_known(right, left))


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


def _only_rearranged(target: Text, said: Text) -> bool:
    """Whether the same words in another order say the same."""
    ours, theirs = content_of(target), content_of(said)
    if _keep_relations(target, said, min(len(ours.clauses), len(theirs.clauses))):
        return True
    if _IN_SEQUENCE.search(target.normal) or _IN_SEQUENCE.search(said.normal):
        return False
    return (
        _have_likes(ours.sentences, theirs.sentences, _same_clauses)
        or _is_rotated(target, ours, theirs)
        or any(_is_moved(clause, ours.forms, theirs.forms) for clause in map(_forms, ours.clauses))
        or any(_is_moved(clause, theirs.forms, ours.forms) for clause in map(_forms, theirs.clauses))
    )


def _keep_relations(target: Text, said: Text, clauses: int) -> bool:
    """Whether what differs in the order of a sentence is how one relation is put."""
    pairs = [
        (relation, other)
        for relation in relations(target)
        for other in relations(said)
        if relation.kind in _PUT_EITHER_WAY and relation.kind == other.kind
    ]
    kept = all(relation.in_order == other.in_order for relation, other in pairs)
    return clauses == 1 and bool(pairs) and kept


def _have_likes(
    ours: Sequence[Part], theirs: Sequence[Part], alike: Callable[[Part, Part], bool]
) -> bool:
    """Whether each part has its like among the other's, in whatever order."""
    if len(ours) != len(theirs):
        return False
    left = list(theirs)
    for part in ours:
        like = next((other for other in left if alike(part, other)), None)
        if like is None:
            return False
        left.remove(like)
    return True


def _same_clauses(ours: tuple[Clause, ...], theirs: tuple[Clause, ...]) -> bool:
    """Whether two sentences have the same clauses in another order, perhaps each with its items
    in another order."""
    if _have_likes(ours, theirs, _same_pieces):
        return True
    left, right = ([_forms(clause) for clause in clauses] for clauses in (ours, theirs))
    if _same_list(left, right):
        return True
    if any(len(clause) > 1 for clause in (*ours[:-1], *theirs[:-1])):
        return False
    left, right = ([p.forms for clause in clauses for p in clause] for clauses in (ours, theirs))
    return _same_list(left, right)  # A, B and C is one list


def _same_pieces(ours: Clause, theirs: Clause) -> bool:
    left, right = ([piece.forms for piece in clause] for clause in (ours, theirs))
    # 和 and 或 join what shares a verb, `and` may join sentences
    return _same_list(left, right, both_ends=is_han(left[0][0][0]))


def _same_list(left: list[Units], right: list[Units], *, both_ends: bool = False) -> bool:
    """Whether two texts list the same in another order, with what stands before or after the
    whole list in its place: `A and B go in` and `B and A go in`."""
    if len(left) != len(right):
        return False
    if Counter(left) == Counter(right):
        return True
    if len(left) < 2:
        return False
    head, tail = _common(left[0], right[0]), _common(left[-1][::-1], right[-1][::-1])
    return any(
        Counter(_without(left, *ends)) == Counter(_without(right, *ends))
        for ends in ((head, 0), (0, tail), *([(head, tail)] if both_ends else []))
    )


def _common(ours: Units, theirs: Units) -> int:
    """How many units two texts begin with alike."""
    same = 0
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            break
        same += 1
    return same


def _without(pieces: list[Units], head: int, tail: int) -> list[Units]:
    last = pieces[-1][: len(pieces[-1]) - tail]
    return [pieces[0][head:], *pieces[1:-1], last]


def _is_rotated(target: Text, ours: Content, theirs: Content) -> bool:
    """Whether a clause starts in its middle: `主副本 fp32` for `fp32 主副本`, but not B 到 A for A 到 B."""
    if len(ours.clauses) > 1 or len(theirs.clauses) > 1 or relations(target):
        return False
    return any(ours.forms[cut:] + ours.forms[:cut] == theirs.forms for cut in range(len(ours.forms)))


def _is_moved(clause: Units, ours: Units, theirs: Units) -> bool:
    """Whether two texts are the same but for the place of a clause."""
    return _cut(clause, ours) == _cut(clause, theirs) != ours


def _cut(clause: Units, whole: Units) -> Units | None:
    """A text without the first place where a clause stands in it."""
    size = len(clause)
    for at in range(len(whole) - size + 1):
        if whole[at : at + size] == clause:
            return whole[:at] + whole[at + size :]
    return None


