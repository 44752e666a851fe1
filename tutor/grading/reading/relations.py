"""Relations: what stands on which side of a comparison, a replacement, a movement or a cause.

`A is faster than B` and `B is faster than A` have the same words; the pivot `than` tells them
apart. The converse, `B is slower than A`, swaps the sides and turns the direction around, and
says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Literal, NamedTuple

from tutor.grading.reading.content import Units, content_of
from tutor.grading.reading.memory import MANY, remember
from tutor.grading.reading.polarity import NEGATION, opposed
from tutor.grading.reading.text import Text, length_of, read
from tutor.grading.reading.voice import active

Sides = frozenset[str]
Likeness = Literal["same", "swapped", "converse", "turned"]
"""`turned`: the sides are the same, the direction is not; `swapped`: the other way round."""

_SENTENCE = re.compile(r"[;!?\n]|\.(?!\d)")
_PART = re.compile(r"(?<!\d),|,(?!\d)")
_LONGEST, _MOST = 300, 100
"""Characters of a sentence, and sentences, up to which relations are looked for."""
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


_LONGEST = 500
"""Characters up to which a relation is looked for; the patterns take time that grows with the
square of them."""


class _Pivot(NamedTuple):
    kind: str
    pattern: re.Pattern[str]


def _word(words: str) -> str:
    return rf"(?<![a-z])(?:{words})(?![a-z])"


def _pivot(kind: str, shape: str) -> _Pivot:
    """A pivot by its shape: a pattern in which «1» and «2» are what stands first and second."""
    first, second = shape.replace("«1»", "(?P<first>.+?)"), "(?P<second>.+?)"
    return _Pivot(kind, re.compile(first.replace("«2»", second) + "$"))


def _between(kind: str, pivots: str) -> _Pivot:
    return _pivot(kind, f"^«1»(?P<pivot>{pivots})«2»")


_COMPARED = (
    f"{_word('(?:more|greater|larger|bigger|higher|less|fewer|smaller|lower) than')}"
    f"|{_word('than|outperforms?|beats?|exceeds?|surpass(?:es)?|precedes?')}"
    "|[优好强]于|胜过|[劣差弱]于|不如|[大小高低多少]于|超过|[早晚先后]于"
    "|(?<![对相正反占成之])比(?![例较如率值重喻赛方])| ?[<>]=? ?"
)
_CAUSES = "causes?|caused|leads? to|led to|results? in|resulted in|gives? rise to|makes?|triggers?"
_CAUSED = "results? from|resulted from|due to|because of|depends? on|stems? from"
_SWAP = "replaces?|replaced|substitutes?"
_TO, _FROM = _word("to|into|towards?"), _word("from")

_CROSSING = (
    _pivot("contrast", f"^{_word('instead of|rather than')}«2»,«1»"),
    _pivot("contrast", f"{_word('not')}«2»,?{_word('but')}«1»"),
    _pivot("contrast", "(?:不是|并非)«2»,?而是«1»"),
    _pivot("contrast", "不[要再应]?用«2»,«1»"),
    _pivot("reason", f"^{_word('because|since|as')}«2»,«1»"),
    _pivot("reason", "^(?:因为|由于)(?P<second>[^,:]+),(?:所以|因此|因而)?«1»"),
    _pivot("reason", "^(?P<second>[^,:]+),(?:所以|因此|因而|从而)«1»"),
    _pivot("reason", "^(?:之所以)?«1»,是?(?:因为|由于)«2»"),
    _pivot("reason", rf"^«2»,?\s?{_word('so that|so|therefore|hence|thus')}«1»"),
    _pivot("reason", rf"^«1»,?\s?{_word('because')}«2»"),
)
"""Pivots whose sides may have a comma between them."""
_WITHIN = (
    _between("contrast", f"{_word('instead of|rather than|as opposed to')}|而不是|而非"),
    _between("comparison", _COMPARED),
    _pivot("movement", f"{_FROM}«1»{_TO}«2»"),
    _pivot("movement", f"{_TO}«2»{_FROM}«1»"),
    _pivot("movement", "[从由自](?P<first>[^到至向往]+?)[流移转传射送运输游扩]{0,2}[到至向往]«2»"),
    _pivot("replacement", f"{_word(_SWAP)}«2»{_word('with|by')}«1»"),
    _between("replacement", f"{_word('replaces?|replaced|supersedes?')}|取代|替代|代替|替换"),
    _pivot("cause", f"^«2»(?:{_word(_CAUSED)}|源于|取决于|依赖于?)«1»"),
    _between("cause", f"{_word(_CAUSES)}|导致|引起|造成|引发|促使|使得|使|决定"),
)


@remember(MANY, length_of)
def relations(text: Text) -> tuple[Relation, ...]:
    """The relations in a text; of each kind at most one in a clause."""
    return tuple(
        relation
        for sentence in _SENTENCE.split(text.normal)[:_MOST]
        for relation in _of_sentence(sentence.strip())
    )


def _of_sentence(sentence: str) -> Iterator[Relation]:
    if len(sentence) > _LONGEST:
        return
    yield from _matches(_CROSSING, sentence)
    for part in _PART.split(sentence):
        yield from _matches(_WITHIN, active(part.strip()))


def _matches(pivots: tuple[_Pivot, ...], clause: str) -> Iterator[Relation]:
    if len(clause) > _LONGEST:
        return
    found: set[str] = set()
    for kind, pattern in pivots:
        match = pattern.search(clause) if kind not in found else None
        if match:
            first, second = _forms(match["first"]), _forms(match["second"])
            direction = _direction(match)
            if (first or direction) and (second or kind == "comparison"):  # than its own: nothing
                found.add(kind)
                sides = frozenset(first), frozenset(second)
                yield Relation(kind, *sides, (first, second), direction)


def _forms(part: str) -> Units:
    return content_of(read(part)).forms


def _direction(match: re.Match[str]) -> Sides:
    pivot = match.groupdict().get("pivot") or ""
    return frozenset(
        form for form in _forms(_SPOKEN.get(pivot.strip(" ="), pivot)) if form[0] == "±"
    )


def likeness(ours: Relation, theirs: Relation) -> Likeness | None:
    """How a relation compares with another of its kind, or None when they do not speak of the
    same things, or of more than that."""
    if ours.kind != theirs.kind:
        return None
    whole, other = ours.whole, theirs.whole
    lost, added = whole - other, other - whole
    turns = [pair for pair in product(lost, added) if opposed(*pair)]
    shared = len(whole & other) + len(turns)
    if shared < _NEAR * max(len(whole), len(other)):
        return None
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
