"""What a failure cost: the tokens that an error carries."""

from __future__ import annotations

from tutor.errors import ModelError
from tutor.inference.chat import Usage


def spent_on(error: ModelError) -> Usage:
    """Return the tokens that were used up before a model failed."""
    return error.spent if isinstance(error.spent, Usage) else Usage()
