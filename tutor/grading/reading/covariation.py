"""Covariation: one thing changes as another does, which may be said either way round.

`价格上升时需求量下降` and `价格下降时需求量上升` state one law; so do `the hotter, the faster` and
`the colder, the slower`.
"""

from __future__ import annotations

import re

from tutor.grading.reading.content import content_of
from tutor.grading.reading.polarity import names_a_thing, opposed
from tutor.grading.reading.text import Text

_HAN_DIRECTION = "[大小高低多少快慢强弱升降加减涨跌长短热冷深浅厚薄难易早晚好坏]"
_MORE = (
    "(?:more|less|fewer|high|low|larg|small|great|bigg|fast|slow|long|short|hott|cold|warm|cool"
    "|strong|weak|bett|worse|heavi|light|deep|dens|hard|soft|earli|lat|thick|thinn)(?:er|r)?(?![a-z])"
)
_VARYING = re.compile(
    rf"越{_HAN_DIRECTION}[^;.]{{1,20}}越{_HAN_DIRECTION}|随|如果|若|当|{_HAN_DIRECTION}时"
    r"|(?<![a-z])(?:as|when|whenever|if)(?![a-z])"
    rf"|the {_MORE}[^;.]{{0,300}}(?<![a-z])the {_MORE}"
)
_LEAST_TURNED = 2


def tells_covariation(text: Text) -> bool:
    """Whether a text may say how one thing varies with another."""
    return _VARYING.search(text.normal) is not None


def states_converse(target: Text, said: Text) -> bool:
    """Whether a text turns around all directions of another that says how two things vary
    together, and every other word is the same and in its place."""
    if not (tells_covariation(target) and tells_covariation(said)):
        return False
    return turns_every_direction(target, said)


def turns_every_direction(target: Text, said: Text) -> bool:
    """Whether the texts differ in nothing but two or more words, each the other's opposite."""
    ours, theirs = content_of(target).forms, content_of(said).forms
    if len(ours) != len(theirs):
        return False
    differing = [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]]
    turned = all(opposed(*pair) and not names_a_thing(pair[0]) for pair in differing)
    ends = target.normal.count("越")  # the more ... the less: each of them has to be turned
    return len(differing) >= max(_LEAST_TURNED, ends) and turned
