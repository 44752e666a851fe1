"""Voice: a passive clause turned into the active one that says the same."""

from __future__ import annotations

import re

_ENGLISH = re.compile(
    r"^(?P<object>[^,;]+?) (?:(?:can|may|will|must|should|could) )?"
    r"(?:is|are|was|were|be|been|being)"
    r" (?:\w+ly )?(?P<verb>\w+(?:ed|en|wn|nt|lt|ght|ade|ung)) by (?P<subject>[^,;]+)$"
)
_CHINESE = re.compile(
    r"^(?P<object>[^被由,]+)(?:被|(?<![自理经缘事来])由(?![于此衷来]|.*[到至向往]))(?P<rest>[^被由,]{2,})$"
)
_MADE = re.compile(
    r"(?:使得?|让|令)(?P<object>[^使让令,]{1,16}?)"
    r"(?P<verb>变[大小高低多少快慢强弱长短]|增[加大强]|减[少小慢弱]|[降升]低?高?|提高|上升|下降|加快)$"
)
_LONGEST = 500
"""Characters beyond which a clause is left as it is."""


def active(clause: str) -> str:
    """A clause in normal form in the active voice: `A is seen by B` is `B seen A`, A 被 B 看见 is
    B 看见 A. 使 B 降低 is 降低 B. Any other clause comes back as it is."""
    if len(clause) > _LONGEST:
        return clause
    if " by " in clause and (found := _ENGLISH.match(clause)):
        return f"{found['subject']} {found['verb']} {found['object']}"
    if ("被" in clause or "由" in clause) and (found := _CHINESE.match(clause)):
        return f"{found['rest']}{found['object']}"
    return _MADE.sub(r"\g<verb>\g<object>", clause)
