"""What a failed model says about itself, in one line."""

from __future__ import annotations

MOST_CHARACTERS = 200


def first_line(error: Exception) -> str:
    """The first line of an error's message, cut short; the error's type when it says nothing."""
    lines = str(error).strip().splitlines()
    return lines[0][:MOST_CHARACTERS] if lines else type(error).__name__
