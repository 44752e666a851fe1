"""Phrases: whether a text is nothing but phrases of a list, one after the other.

A regular expression for this tries every way to cut the text, and the ways double with every
phrase that is also two shorter ones (解答, 解 and 答). Here every place is looked at once.
"""

from __future__ import annotations

from functools import lru_cache

_NONE: frozenset[str] = frozenset()


def is_made_of(text: str, phrases: frozenset[str], needed: frozenset[str] = _NONE) -> bool:
    """Whether the text is one or more of the phrases, at least one of them `needed` if any are.

    Time is linear in the text's length.
    """
    reached = {0: not needed}  # whether a needed phrase can stand before the place
    lengths = _lengths(phrases)
    for start in range(len(text)):
        if start in reached:
            for end in {min(start + length, len(text)) for length in lengths}:
                if (phrase := text[start:end]) in phrases:
                    satisfied = reached[start] or phrase in needed
                    reached[end] = satisfied or reached.get(end, False)
    return bool(text) and reached.get(len(text), False)


@lru_cache(maxsize=16)
def _lengths(phrases: frozenset[str]) -> frozenset[int]:
    return frozenset(map(len, phrases))
