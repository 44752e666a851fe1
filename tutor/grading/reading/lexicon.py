"""The learned Chinese-English lexicon: translations, and synonyms through the other language.

It lets an English answer be compared with a Chinese reference word by word, and tells that
"reduce" and "decrease" are alike because both translate 减少. `training/lexicon.py` makes it.
"""

from __future__ import annotations

import gzip
from functools import cache, lru_cache
from importlib.resources import files

SYNONYM_FLOOR = 0.25
_MOST_SYNONYMS = 20


@cache
def _entries() -> dict[str, str]:
    packed = files("tutor.grading").joinpath("data", "lexicon.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode().splitlines()
    return dict(line.split("\t", 1) for line in lines)


@lru_cache(maxsize=16384)
def translations(unit: str) -> dict[str, float]:
    """English stems for a Han unit and Han units for an English stem, strength in (0, 1].

    A Han unit is one character or a pair of characters. Unknown units have none.
    """
    entry = _entries().get(unit, "")
    pairs = (piece.rsplit(":", 1) for piece in entry.split(" ") if piece)
    return {unit: int(percent) / 100 for unit, percent in pairs}


@lru_cache(maxsize=16384)
def synonyms(unit: str) -> dict[str, float]:
    """Units of the same language that share a translation, strongest first, at most 20.

    The strength of a synonym is the weaker of the two translations that join it.
    """
    found: dict[str, float] = {}
    for bridge, there in translations(unit).items():
        if len(bridge) < 2:  # a single character means too many things to join two words
            continue
        for other, back in translations(bridge).items():
            strength = min(there, back)
            if other != unit and len(other) > 1 and strength > found.get(other, SYNONYM_FLOOR):
                found[other] = strength
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return dict(ordered[:_MOST_SYNONYMS])
