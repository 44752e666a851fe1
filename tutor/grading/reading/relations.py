"""Relations: what stands on which side of a comparison, a replacement, a movement or a cause.

`A is faster than B` and `B is faster than A` have the same words; the pivot `than` tells them
apart. The converse, `B is slower than A`, swaps the sides and turns the direction around, and
says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple

from tutor.grading.reading.content import Units, content_of
from tutor.grading.reading.polarity import NEGATION, opposed
from tutor.grading.reading.text import Text, read
from tutor.grading.reading.voice import active

Sides = frozenset[str]
Likeness = Literal["same", "swapped", "converse", "turned"]
"""`turned`: the sides are the same, the direction is not; `swapped`: the other way round."""

_SENTENCE = re.compile(r"[;!?\n]|\.(?!\d)")
_PART = re.compile(r"(?<!\d),|,(?!\d)")
_SPOKEN = {"<": "小于", ">": "大于"}
_NEAR = 0.75
"""Least share of either's words that two relations have in common to speak of the same."""


class Relation(NamedTuple):
    """What stands first and second at a pivot of a kind."""

    kind: str
    first: Sides
    second: Sides
    in_order: tuple[Units, Units]
    """Both sides with their words in order."""
    pivot: Sides
    """The direction of the pivot itself, as of 大于 or <."""

    @property
    def whole(self) -> Sides:
        """Everything that the relation says."""
        return self.first | self.second | self.pivot


class _Pivot(NamedTuple):
    kind: str
    pattern: re.Pattern[str]


def _word(words: str) -> str:
    return rf"(?<![a-z])(?:{words})(?![a-z])"


def _between(kind: str, pivots: str) -> _Pivot:
    return _Pivot(kind, re.compile(rf"^(?P<first>.+?)(?P<pivot>{pivots})(?P<second>.+)$"))


def _inverted(kind: str, pivots: str) -> _Pivot:
    return _Pivot(kind, re.compile(rf"^(?P<second>.+?)(?:{pivots})(?P<first>.+)$"))


_CROSSING = (
    _Pivot("contrast", re.compile(rf"^{_word('instead of|rather than')}(?P<second>[^,]+),(?P<first>.+)$")),
    _Pivot("contrast", re.compile(rf"{_word('not')}(?P<second>[^,]+),?{_word('but')}(?P<first>.+)$")),
    _Pivot("contrast", re.compile("(?:不是|并非)(?P<second>[^,]+),?而是(?P<first>.+)$")),
    _Pivot("contrast", re.compile("不(?:要|再|应)?(?P<second>用[^,]+),(?P<first>.+)$")),
    _Pivot("reason", re.compile(rf"^{_word('because|since|as')}(?P<second>[^,]+),(?P<first>.+)$")),
    _Pivot("reason", re.compile("^(?:因为|由于)(?P<second>[^,:]+),(?:所以|因此|因而)?(?P<first>.+)$")),
    _Pivot("reason", re.compile("^(?P<second>[^,:]+),(?:所以|因此|因而|从而)(?P<first>.+)$")),
    _Pivot("reason", re.compile("^(?:之所以)?(?P<first>[^,]+),是?(?:因为|由于)(?P<second>.+)$")),
    _inverted("reason", rf",?\s?{_word('so that|so|therefore|hence|thus')}"),
    _between("reason", rf",?\s?{_word('because')}"),
)  # fmt: skip
"""Pivots whose sides may have a comma between them."""
_WITHIN = (
    _between("contrast", f"{_word('instead of|rather than|as opposed to')}|而不是|而非"),
    _between("comparison", f"{_word('than|outperforms?|beats?|exceeds?|surpass(?:es)?|precedes?')}"
             "|优于|胜过|好于|强于|劣于|不如|差于|弱于|大于|小于|高于|低于|多于|少于|超过|早于|晚于|先于|后于"
             "|(?<![对相正反占成之])比(?![例较如率值重喻赛方])| ?[<>]=? ?"),
    _Pivot("movement", re.compile(rf"{_word('from')}(?P<first>.+?){_word('to|into|towards?')}(?P<second>.+)$")),
    _Pivot("movement", re.compile(rf"{_word('to|into|towards?')}(?P<second>.+?){_word('from')}(?P<first>.+)$")),
    _Pivot("movement", re.compile("(?:从|由|自)(?P<first>[^到至向往]+?)(?:[流移转传射送运输游扩]{0,2})[到至向往](?P<second>.+)$")),
    _Pivot("replacement", re.compile(rf"{_word('replaces?|replaced|substitutes?')}(?P<second>.+?){_word('with|by')}(?P<first>.+)$")),
    _between("replacement", f"{_word('replaces?|replaced|supersedes?')}|取代|替代|代替|替换"),
    _inverted("cause", f"{_word('results? from|resulted from|due to|because of|depends? on|stems? from')}|源于|取决于|依赖于?"),
    _between("cause", f"{_word('causes?|caused|leads? to|led to|results? in|resulted in|gives? rise to|makes?|triggers?')}"
             "|导致|引起|造成|引发|促使|使得|使|决定"),
)  # fmt: skip


@lru_cache(maxsize=1024)
def relations(text: Text) -> tuple[Relation, ...]:
    """The relations in a text; of each kind at most one in a clause."""
    return tuple(
        relation
        for sentence in _SENTENCE.split(text.normal)
        for relation in _of_sentence(sentence.strip())
    )


def _of_sentence(sentence: str) -> Iterator[Relation]:
    yield from _matches(_CROSSING, sentence)
    for part in _PART.split(sentence):
        yield from _matches(_WITHIN, active(part.strip()))


def _matches(pivots: tuple[_Pivot, ...], clause: str) -> Iterator[Relation]:
    found: set[str] = set()
    for kind, pattern in pivots:
        match = pattern.search(clause) if kind not in found else None
        if match:
            first, second = _forms(match["first"]), _forms(match["second"])
            if first and (second or kind == "comparison"):  # "than its own" has no content
                found.add(kind)
                sides = frozenset(first), frozenset(second)
                yield Relation(kind, *sides, (first, second), _direction(match))


def _forms(part: str) -> Units:
    return content_of(read(part)).forms


def _direction(match: re.Match[str]) -> Sides:
    pivot = match.groupdict().get("pivot") or ""
    return frozenset(form for form in _forms(_SPOKEN.get(pivot.strip(" ="), pivot)) if form[0] == "±")


def likeness(ours: Relation, theirs: Relation) -> Likeness | None:
    """How a relation compares with another of its kind, or None when they do not speak of the
    same things, or of more than that."""
    whole, other = ours.whole, theirs.whole
    shared = len(whole & other)
    if ours.kind != theirs.kind or shared < _NEAR * len(whole) or shared < _NEAR * len(other):
        return None
    lost, added = whole - other, other - whole
    turns = [pair for pair in product(lost, added) if opposed(*pair)]
    explained = {word for pair in turns for word in pair}
    if any(form[0] == "±" for form in (lost | added) - explained):
        return None
    turned = (len(turns) + (NEGATION in lost ^ added)) % 2 == 1
    if (crossing := _crosses(ours, theirs)) is None:
        return None
    if crossing:
        return "converse" if turned else "swapped"
    return "turned" if turned else "same"


def _crosses(ours: Relation, theirs: Relation) -> bool | None:
    """Whether what is first in one is second in the other; None when some is and some is not."""
    first, second = ours.first - ours.second, ours.second - ours.first
    other_first, other_second = theirs.first - theirs.second, theirs.second - theirs.first
    forth, back = first & other_second, second & other_first
    if (forth and back) or (second and second <= other_first and other_second <= first):
        return True
    return None if forth or back else False
