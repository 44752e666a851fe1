"""Rearrangement: when the same words in another order say the same.

Clauses and items of a list may come in any order, an adverbial may move, and so may a passive
verb. What stands on the two sides of a relation may not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from tutor.grading.reading.consequence import turns_consequence
from tutor.grading.reading.content import OR, Clause, Content, Units
from tutor.grading.reading.polarity import NEGATION
from tutor.grading.reading.relations import relations
from tutor.grading.reading.text import Text, is_han, stem

Part = TypeVar("Part")
_PUT_EITHER_WAY = frozenset({"comparison", "contrast", "movement", "replacement"})
_IN_SEQUENCE = re.compile(
    r"然后|[再]|接着|随后|最后|→|(?<![a-z])(?:then|next|finally|lastly|last)(?![a-z])"
)
_SYMMETRIC = re.compile(
    r"相等|相同|相连|连接|隔开|平行|垂直|(?<![a-z])(?:(?:dis)?connect|separat|sep[ae]r|equal|similar"
    r"|parallel|between|perpendicular)"
)
_COMMUTING = frozenset(("+", "*", "·", "加", "乘", "plus", "times"))
_PREPOSITION = r"(?<![a-z])(?:in|on|at|with|for|during|under|over|after|before|within|by)"
_ARTICLE = r"(?: (?:an?|the|its|their|his|her|this|that))?"
_PASSIVE = re.compile(r"(?<![a-z])(?:is|are|was|were|be|been|being) (?:[a-z]{2,}ly )?([a-z]{3,})")


def only_rearranged(target: Text, said: Text, ours: Content, theirs: Content) -> bool:
    """Whether two contents of equal units say the same in another order; they are those of the
    texts, perhaps without what only one of them has."""
    if turns_consequence(target, said):
        return False
    if _keep_relations(target, said, min(len(ours.clauses), len(theirs.clauses))):
        return True
    if _IN_SEQUENCE.search(target.normal) or _IN_SEQUENCE.search(said.normal):
        return False
    return (
        _have_likes(ours.sentences, theirs.sentences, _same_clauses)
        or _same_but_for_ellipsis(ours, theirs)
        or any(_is_moved(clause, ours.forms, theirs.forms) for clause in map(_forms, ours.clauses))
        or any(
            _is_moved(clause, theirs.forms, ours.forms) for clause in map(_forms, theirs.clauses)
        )
        or _turns_in_a_clause(target, said, ours, theirs)
    )


def _turns_in_a_clause(target: Text, said: Text, ours: Content, theirs: Content) -> bool:
    """Whether two neighbouring parts of a clause change places that may do so."""
    if relations(target) or relations(said):
        return False
    if _SYMMETRIC.search(target.normal) and _SYMMETRIC.search(said.normal):
        return len(ours.sentences) == 1
    if _are_summands(ours.forms, theirs.forms):
        return True
    start, size = _turned(ours.forms, theirs.forms)
    if not size or NEGATION in ours.forms[start : start + size]:
        return False
    if len(ours.clauses) == len(theirs.clauses) == 1 and size == len(ours.forms):
        return True  # a clause that starts in its middle: 主副本 fp32 for fp32 主副本
    words = ours.words[start : start + size]
    cut = ours.forms[start : start + size].index(theirs.forms[start])
    return _are_adverbials(words[0], words[cut], target) or (
        size == 2 and (_are_neighbours(words, target, said) or _is_voice(words, target, said))
    )


def _turned(ours: Units, theirs: Units) -> tuple[int, int]:
    """Where, and over how many units, two texts differ by A B that is B A; size 0 when they
    differ otherwise."""
    start = common(ours, theirs)
    size = len(ours) - start - common(ours[start:][::-1], theirs[start:][::-1])
    left, right = ours[start : start + size], theirs[start : start + size]
    turned = any(left[cut:] + left[:cut] == right for cut in range(1, size))
    return start, size if turned else 0


def _are_summands(ours: Units, theirs: Units) -> bool:
    """Whether two texts differ by A + B that is B + A, or a product, or by what 和 joins."""
    start = common(ours, theirs)
    size = len(ours) - start - common(ours[start:][::-1], theirs[start:][::-1])
    left, right = ours[start : start + size], theirs[start : start + size]
    return any(
        form in _COMMUTING and (*left[at + 1 :], form, *left[:at]) == right
        for at, form in enumerate(left)
    )


def _are_adverbials(first: str, second: str, text: Text) -> bool:
    return all(
        re.search(rf"{_PREPOSITION}{_ARTICLE} {re.escape(word)}", text.normal)
        for word in (first, second)
    )


def _are_neighbours(words: Units, target: Text, said: Text) -> bool:
    """Whether two words stand side by side in both texts: 13 original, original 13."""
    first, second = words
    return f"{first} {second}" in target.normal and f"{second} {first}" in said.normal


def _is_voice(words: Units, target: Text, said: Text) -> bool:
    """Whether a verb comes after its object because it is passive: a value can be stored."""
    passive = [{stem(verb) for verb in _PASSIVE.findall(text.normal)} for text in (target, said)]
    return any(stem(word) in passive[0] ^ passive[1] for word in words)


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


def _same_but_for_ellipsis(ours: Content, theirs: Content) -> bool:
    """Whether two texts have the same pieces in another order, where what the pieces share is
    said only in the one that comes first: `A costs 1 and B 2` and `B costs 2 and A 1`."""
    if not len(ours.pieces) == len(theirs.pieces) == 2:
        return False
    left, right = ([_plain(p.forms) for p in content.pieces] for content in (ours, theirs))
    elsewhere = {form for forms in (*left[1:], *right[1:]) for form in forms}
    shared = [form for form in left[0] if form in right[0] and form not in elsewhere]
    if shared != [form for form in right[0] if form in shared]:
        return False
    left[0], right[0] = (
        tuple(form for form in forms if form not in shared) for forms in (left[0], right[0])
    )
    return () not in left and left == right[::-1] != right


def _same_pieces(ours: Clause, theirs: Clause) -> bool:
    left, right = ([piece.forms for piece in clause] for clause in (ours, theirs))
    # 和 and 或 join what shares a verb, `and` may join sentences
    return _same_list(left, right, both_ends=is_han(left[0][0][0]))


def _same_list(left: list[Units], right: list[Units], *, both_ends: bool = False) -> bool:
    """Whether two texts list the same in another order, with what stands before or after the
    whole list in its place: `A and B go in` and `B and A go in`."""
    if len(left) != len(right):
        return False
    left, right = ([_plain(forms) for forms in pieces] for pieces in (left, right))
    if Counter(left) == Counter(right):
        return True
    if len(left) < 2:
        return False
    head, tail = common(left[0], right[0]), common(left[-1][::-1], right[-1][::-1])
    return any(
        Counter(_without(left, *ends)) == Counter(_without(right, *ends))
        for ends in ((head, 0), (0, tail), *([(head, tail)] if both_ends else []))
    )


def _plain(forms: Units) -> Units:
    """The units without what joins them to the ones before: A or B is B or A."""
    return tuple(form for form in forms if form != OR)


def common(ours: Units, theirs: Units) -> int:
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


def _forms(clause: Clause) -> Units:
    return tuple(form for piece in clause for form in piece.forms)
