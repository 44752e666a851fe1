"""Emphasis: words that assure or stress, and say nothing that can be right or wrong.

`The forces are really not equal` says what `the forces are not equal` says, and has to be read
as nearly the same words. A word that the card itself uses is no emphasis but what is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tutor.grading.reading.text import read

_ASSURING = "clearly|obviously|definitely|truly|undoubtedly|absolutely|surely"
_ANYWHERE = "really|certainly|indeed"
_EMPHASIS = re.compile(
    rf"(?<![a-z])(?<!not )(?<!n't )(?:{_ANYWHERE})(?![a-z])"
    rf"|(?:(?<=is )|(?<=are )|(?<=was )|(?<=were ))(?:{_ASSURING})(?= [a-z])"
    rf"|(?:(?<=^)|(?<=[.;!?\n] ))(?:{_ASSURING}|of course)(?=,)"
    r"|(?:(?<=\bthe )|(?<=\ban )|(?<=\ba ))(?:important|remarkable)(?= [a-z])"
    r"|(?:(?<=^)|(?<=[。；;！!？?，,\n]))(?:显然|确实|其实|当然|的确|毫无疑问)[，,]?(?=.)"
    r"|(?<![最更不很较非])(?:重要的|典型的|真正的)(?=[\u4e00-\u9fff]{2})(?!是)"
    r"|(?<![不并])(?:非常|极其)(?=[\u4e00-\u9fff])",
    re.IGNORECASE,
)
"""Words of assurance where they stand beside a whole statement, and of praise before a thing.

What denies a word of emphasis, as in `not really`, may hedge: there it stays.
"""


def without_emphasis(said: str, card: Iterable[str]) -> str:
    """A text with its words of emphasis overwritten by spaces, so that offsets stay.

    Those that one of the card's texts has are left, and so is a text that has nothing else.
    """
    found = [*_EMPHASIS.finditer(said)]
    if not found:
        return said
    asked = read("\n".join(card)).normal
    kept = list(said)
    for match in found:
        if match.group().strip("，,").casefold() not in asked:
            kept[match.start() : match.end()] = " " * len(match.group())
    left = "".join(kept)
    return left if read(left).tokens else said
