"""Chemical equations, written so that they can be read like any other formula."""

from __future__ import annotations

import re

_ELEMENT = (
    "(?:A[cglrstu]|B[aeir]?|C[adelorsu]?|F[er]?|G[ae]|H[efg]?|I[nr]?|K[r]?|L[iu]|M[gno]|N[aei]?|O|P[bdt]?"
    "|R[abn]|S[binr]?|T[i]|U|V|W|X[e]|Y|Z[nr])"
)
_DIGITS = "[\\d₀-₉]{0,3}"
_GROUP = rf"(?:{_ELEMENT}{_DIGITS}|\((?:{_ELEMENT}{_DIGITS}){{1,6}}\){_DIGITS})"
_TERM = rf"\d{{0,3}} ?{_GROUP}{{1,12}}(?![A-Za-z])"
_SIDE = rf"{_TERM}(?: ?\+ ?{_TERM}){{0,5}}"
_REACTION = re.compile(rf"(?<![A-Za-z\d]){_SIDE} ?(?:→|⟶|⇌|->|-->|={{1,2}}) ?{_SIDE}")
_ARROW = re.compile("⟶|⇌|-->|->|={1,2}")
_INDEX = re.compile(r"(?<=[A-Za-z)])(\d+)")


def plain_reactions(raw: str) -> str:
    """A text in which every chemical equation has an arrow and indices: `CH4 + 2O2 = ...` becomes
    `CH_4 + 2O_2 → ...`. An equation without a single number in it may be anything."""
    return _REACTION.sub(_plain, raw) if "+" in raw else raw


def _plain(match: re.Match[str]) -> str:
    written = match.group()
    if not re.search(r"[A-Za-z)][\d₀-₉]", written):
        return written
    return _ARROW.sub("→", _INDEX.sub(r"_\1", written))
