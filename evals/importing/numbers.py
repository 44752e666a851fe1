"""Numbers as people write them into tables."""

from __future__ import annotations

import math


def number_in(text: str) -> float | None:
    """The finite number that a text is, with a decimal point or comma; None when it is none.

    A number with a percent sign is its hundredth part.
    """
    bare = text.strip().replace(",", ".").replace("％", "%")
    try:
        number = float(bare.removesuffix("%"))
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return number / 100.0 if bare.endswith("%") else number
