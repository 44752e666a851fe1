"""Synsets: whole words and phrases of either language that people have listed as one meaning.

A word stands in one synset for each of its meanings. That two words share one says that they
can mean the same, not that they do here. `training/synsets.py` makes the data.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

_ARTICLES = ("the ", "an ", "a ", "to ", "be ")
_ENDINGS = (
    ("ies", "y"),
    ("es", "e"),
    ("es", ""),
    ("s", ""),
    ("ied", "y"),
    ("ed", "e"),
    ("ed", ""),
    ("ing", "e"),
    ("ing", ""),
)
"""Inflections of English and what they leave, as in tries, changes, matches, maps, tried."""
_LEAST_LETTERS = 3


@cache
def _lines() -> list[str]:
    """The data in order; looked up by halving, which a dictionary of it is not worth."""
    packed = files("tutor.grading").joinpath("data", "synsets.tsv.gz").read_bytes()
    return gzip.decompress(packed).decode().splitlines()


def share_synset(ours: str, theirs: str) -> bool:
    """Whether two texts in normal form are, as wholes, words of one synset.

    English may be inflected and have an article; Chinese may end in 的 or 地.
    """
    return not synsets(ours).isdisjoint(synsets(theirs))


@lru_cache(maxsize=4096)
def synsets(normal: str) -> frozenset[str]:
    """Ids of the synsets that a text in normal form, as a whole, is a word of."""
    return frozenset(
        identity for form in _forms(normal) for identity in _entry(form + "\t").split()
    )


def _entry(start: str) -> str:
    lines = _lines()
    at = bisect_left(lines, start)
    found = at < len(lines) and lines[at].startswith(start)
    return lines[at].removeprefix(start) if found else ""


def _forms(normal: str) -> Iterator[str]:
    """The text as it may stand in the data."""
    text = normal.strip()
    for article in _ARTICLES:
        text = text.removeprefix(article)
    yield text
    if len(text) > 2 and text[-1] in "的地":
        yield text[:-1]
    for ending, left in _ENDINGS if text.isascii() else ():
        if text.endswith(ending) and len(text) - len(ending) + len(left) >= _LEAST_LETTERS:
            yield text.removesuffix(ending) + left
