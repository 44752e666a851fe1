"""Rubric lines: what an `R:` line says about the answer above it.

R: text        a key point that a right answer makes
R: ~ text      a key point that it may make
R: = text      another accepted answer
R: ± 5%        how far a number may be off; without the per cent sign, in the number's unit
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.deck.card import RubricKind, RubricLine
from tutor.deck.fault import DeckFault, shown
from tutor.grading.item import Tolerance

_MARKS: tuple[tuple[re.Pattern[str], RubricKind], ...] = (
    (re.compile(r"(?:±|\+/?-)\s*"), "tolerance"),
    (re.compile(r"[~～](?!\d)\s*"), "optional"),  # "~5 GB" is a point about 5 GB
    (re.compile(r"[=＝]\s*"), "alternative"),
)
_AMOUNT = re.compile(r"(\d{1,12}(?:\.\d{1,12})?)\s*([%％]?)")


def read_rubric_line(text: str, file: str, line: int) -> RubricLine:
    """Read what follows `R:`; raises `DeckFault` when it is empty or a tolerance is malformed."""
    kind, content = _marked(text.strip())
    if not content:
        raise DeckFault(file, line, "the rubric line is empty", 'write a key point after "R:"')
    if kind == "tolerance" and tolerance_of(content) is None:
        raise DeckFault(
            file, line, f"{shown(content)} is no tolerance", 'write "R: ± 5%" or "R: ± 0.5"'
        )
    return RubricLine(kind, content, line)


def check_tolerances(rubric: Sequence[RubricLine], file: str) -> None:
    """Raise `DeckFault` when a card has more than one tolerance."""
    tolerances = [line for line in rubric if line.kind == "tolerance"]
    if len(tolerances) > 1:
        what = "the card has a second tolerance"
        raise DeckFault(file, tolerances[1].line, what, "keep one")


def tolerance_of(text: str) -> Tolerance | None:
    """The tolerance that "5%" or "0.5" states, or None; a share runs from 0 to 100 %."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    if not found[2]:
        return Tolerance(float(found[1]), relative=False)
    return Tolerance(float(found[1]) / 100) if float(found[1]) <= 100 else None


def _marked(text: str) -> tuple[RubricKind, str]:
    for mark, kind in _MARKS:
        if found := mark.match(text):
            return kind, text[found.end() :]
    return "required", text
