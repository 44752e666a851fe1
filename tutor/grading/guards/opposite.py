"""A near copy that exchanges words for their opposites, or all for some, and nothing else.

`直射点南移` for `直射点北移` has every other word right, which is what proves it wrong. Where
opposites change places with each other, the copy may state the converse, or swap who does
what: another guard has to tell.
"""

from __future__ import annotations

from itertools import product

from tutor.grading.attempt import Attempt
from tutor.grading.guards.copied import Copy, copies
from tutor.grading.guards.finding import Finding
from tutor.grading.reading.copies import Exchange
from tutor.grading.reading.polarity import opposed
from tutor.grading.reading.quantifiers import ALL, SOME


def find(attempt: Attempt) -> list[Finding]:
    """Contradict the key point of which a near copy says the opposite."""
    found = copies(attempt)
    if len(found) > 1 and found[0].point is None:
        return []  # beside several references, the other may be the one that is meant
    return [_finding(copy) for copy in found if copy.changes and _is_opposite(copy)]


def _is_opposite(copy: Copy) -> bool:
    """Whether every change exchanges one word for its opposite, always the same way round."""
    pairs = [_exchanged_words(exchange) for exchange in copy.changes or ()]
    told = {pair for pair in pairs if pair is not None}
    return None not in pairs and not any((right, left) in told for left, right in told)


def _exchanged_words(exchange: Exchange) -> tuple[str, str] | None:
    lost = [form for form in exchange.lost.forms if form not in exchange.added.forms]
    added = [form for form in exchange.added.forms if form not in exchange.lost.forms]
    if ({*lost}, {*added}) in (({ALL}, {SOME}), ({SOME}, {ALL})):
        return lost[0], added[0]
    if len(lost) > 2 or len(added) > 2:
        return None
    found = [(one, other) for one, other in product(lost, added) if opposed(one, other)]
    if len(lost) == len(added) == 1 and found:
        return found[0]
    left, right = ("".join(forms) for forms in (lost, added))
    return (left, right) if left and right and opposed(left, right) else None


def _finding(copy: Copy) -> Finding:
    return Finding(
        "opposite",
        "contradict",
        "这里把要点中的一个词换成了意思相反的词。",
        "A word of the key point is replaced by its opposite here.",
        copy.point or 0,
        copy.span,
    )
