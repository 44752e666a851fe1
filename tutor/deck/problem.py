"""A problem that a deck's author can mend before a learner meets it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: `code` is its stable name, `message` says what is wrong and the mend.

    An `error` makes a card or a deck unusable; a `warning` makes grades unfair or cards
    pointless; a `note` is only worth knowing. `line` is 1-based.
    """

    severity: Severity
    file: str
    line: int
    code: str
    message: str
