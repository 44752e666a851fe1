"""Denying the claim that carries a key point."""

from __future__ import annotations

import re
from random import Random

from evals.cases import Case
from evals.laws.claims import carrying
from evals.laws.places import Replacement, replaced
from tutor.grading.language import language_of
from tutor.grading.reading.polarity import polarity
from tutor.grading.reading.text import read

_AUXILIARY = re.compile(r"\b(is|are|was|were|can|could|will|would|should|must)\b(?! not\b|n't)")
_NOT_DENIABLE = re.compile(
    r"有些|有的|部分|[:：?？\"“”「」=<>→+]|或|还是|而是|虽|尽管|只|仅|除|否|是否|如果|假如|若|还|也"
    r"|\b(?:some|or|but|only|whether|if|unless|although|though|even|just|rather|instead|than|both)\b",
    re.IGNORECASE,
)
"""What makes a denial true, or unclear: a choice, a contrast, a condition, a limit."""
_CHINESE_OPENING = re.compile(r"(?:因为|由于|所以|因此|但是?)?")
_NOT_AFTER_OPENING = re.compile(
    r"[而并且它其这那此即从就又则先再]|也就|这样|然后|第[一二三四]|首先|其次"
)
_VERB = re.compile(
    r"\b(?:ha[sd]|have|does|do|go(?:es)?|comes?|makes?|gives?|keeps?|becomes?|shows?|needs?|takes?"
    r"|helps?|leads?|means?|looks?|gets?|works?|uses?|rises?|falls?|grows?|causes?|produces?)\b"
)
_SUBJECT = re.compile(r"(?:It|They|He|She|We|You|There|This|That|These|Those)\b")
_NO_SUBJECT = re.compile(r"(?:still|also|always|often|usually)\b")
_MOST_WORDS = 6
"""Words of a phrase, with no verb to be seen, that `not` in front of it denies."""


def with_a_claim_denied(case: Case, chance: Random) -> str | None:
    """The answer with one claim that carries a required key point denied.

    None where a claim has a negation already, or a choice, contrast, condition or limit whose
    denial may be true.
    """
    places = []
    for claim in carrying(case):
        text = case.answer[claim.start : claim.end]
        if denial := _denied(text):
            denial = denial if claim.start else denial[0].upper() + denial[1:]
            places.append(Replacement(claim.start, claim.end, denial))
    return replaced(case.answer, places, chance)


def _denied(claim: str) -> str | None:
    if polarity(read(claim).normal).negations or _NOT_DENIABLE.search(claim):
        return None
    return _in_chinese(claim) if language_of(claim) == "zh" else _in_english(claim)


def _in_chinese(claim: str) -> str | None:
    opening = _CHINESE_OPENING.match(claim)
    end = opening.end() if opening else 0
    if _NOT_AFTER_OPENING.match(claim[end:]):
        return None
    return f"{claim[:end]}并非{claim[end:]}"


def _in_english(claim: str) -> str | None:
    auxiliary = _AUXILIARY.search(claim)
    if auxiliary:
        denied = "cannot" if auxiliary[1] == "can" else f"{auxiliary[1]} not"
        return claim[: auxiliary.start()] + denied + claim[auxiliary.end() :]
    if _SUBJECT.match(claim) or _VERB.search(claim, 1):
        bare = _NO_SUBJECT.match(claim) or _VERB.match(claim)
        return None if bare else f"it is not true that {claim[0].lower()}{claim[1:]}"
    return f"not {claim}" if len(claim.split()) <= _MOST_WORDS else None
