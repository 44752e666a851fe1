"""Consequence: which clause follows from which, and whether another text turns that around.

`需求减少，价格就上升` makes the price follow from the demand; `价格上升，需求减少`, with the same
clauses, lets it come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tutor.grading.reading.content import Content, content_of
from tutor.grading.reading.text import Text, read

_SENTENCE = re.compile(r"[;!?]|\.(?!\d)")
_CLAUSE = re.compile(r"(?<!\d),|,(?!\d)")
_FOLLOWS = re.compile(
    r"就(?![是地])|(?<![否规原法])则|因此|所以|从而|因而|于是"
    r"|(?<![a-z])(?:then|therefore|thus|so|hence)(?![a-z])"
)
_REASON = re.compile(
    r"因为|由于|因|如果|若|当|只要|只有|除非"
    r"|(?<![a-z])(?:because|since|as|if|when|whenever|once|unless)(?![a-z])"
)
_LIKE = 0.6
_LONGEST = 1000


def turns_consequence(target: Text, said: Text) -> bool:
    """Whether what follows from something else in one text stands before it in the other, with
    no word there that makes the latter its reason."""
    if max(len(target.normal), len(said.normal)) > _LONGEST:
        return False
    return any(
        _comes_first(then, before, text)
        for marked, text in ((said, target), (target, said))
        for before, then in _consequences(marked)
    )


def _consequences(text: Text) -> Iterator[tuple[Content, Content]]:
    """Each clause that a word marks as following, after the clause before it."""
    if not _FOLLOWS.search(text.normal):
        return
    for sentence in _SENTENCE.split(text.normal):
        clauses = _CLAUSE.split(sentence)
        for before, then in pairwise(clauses):
            if _FOLLOWS.search(then):
                yield _content(before), _content(then)


def _content(clause: str) -> Content:
    return content_of(read(clause.strip()))


def _comes_first(then: Content, before: Content, text: Text) -> bool:
    """Whether a sentence says `then` ahead of `before`, which it does not call the reason."""
    for sentence in _SENTENCE.split(text.normal):
        clauses = [clause for clause in _CLAUSE.split(sentence) if clause.strip()]
        first, second = ([_is_like(_content(c), each) for c in clauses] for each in (then, before))
        if True in first and True in second and first.index(True) < second.index(True):
            behind = clauses[first.index(True) + 1 : second.index(True) + 1]
            return not any(map(_REASON.search, behind))
    return False


def _is_like(ours: Content, theirs: Content) -> bool:
    shared = (ours.counts & theirs.counts).total()
    return shared >= _LIKE * max(len(ours.forms), len(theirs.forms), 1)
