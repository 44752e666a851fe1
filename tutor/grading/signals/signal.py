"""What a signal is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tutor.grading.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Signal:
    """A number about an attempt with the sign that its weight must have.

    `sign` +1: more of it never lowers a score; -1: never raises it; 0: either way.
    """

    name: str
    sign: Literal[-1, 0, 1]
    measure: Callable[[Evidence], float]
