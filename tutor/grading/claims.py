"""Claims: a sentence that states two things side by side, cut where a connective joins them.

`毒性减少，但偏见没有改进` makes two claims, and so does `one rises while the other falls`. A cause
and its effect stay one claim: a question nearly always states one of them and asks for the
other. So do a condition with its consequence, a contrast, and a list.
"""

from __future__ import annotations

import re

from tutor.grading.reading.memory import MANY, characters_of, remember
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import read

_CHINESE = re.compile(
    r"[，,]\s*(?:并且|而且|但是|但(?!愿)|然而|同时|此外|"
    r"并(?![非不没未行列])|且|而(?![不非]是|非|已))"
)
_SUBJECT = (
    r"(?:the|it|its|they|their|there|this|that|these|those|a|an|each|no|all|both|one|we|you|he|she|"
    r"any|every)\s"
)
_ENGLISH = re.compile(
    rf",?\s+whereas\s+|,\s+(?:while|but|yet)\s+(?={_SUBJECT})"
    rf"|,?\s+and\s+(?={_SUBJECT}[^,]{{0,80}}?"
    r"(?<![a-z])(?:is|are|was|were|has|have|had|can|will|would|does|do|did)\s)",
    re.IGNORECASE,
)
_OPENER = re.compile(r"(?:虽然|尽管|although |though )\s*", re.IGNORECASE)
_CONDITION = re.compile(
    r"如果|若|当|只要|只有|除非|即使|越|一旦|(?<![a-z])(?:if|when|unless|once)(?![a-z])",
    re.IGNORECASE,
)
_UNTIL_THEN = re.compile("时[，,]|情况下[，,]")
LONGEST = 1000
"""Characters beyond which a sentence is left whole."""
LEAST = 2.5
"""Words of content that a part must have to state something by itself."""
LEAST_WORDS = 4
"""English words that it must have."""


@remember(MANY, characters_of)
def claims_of(sentence: str) -> tuple[str, ...]:
    """The claims of a sentence in order, each a verbatim part of it, without the connectives."""
    cuts = sorted((*_CHINESE.finditer(sentence), *_ENGLISH.finditer(sentence)), key=re.Match.start)
    claims, begun = [], 0
    for cut in cuts if len(sentence) <= LONGEST else ():
        left, right = sentence[begun : cut.start()], sentence[cut.end() :]
        if _may_part(left, right):
            claims.append(_without_opener(left))
            begun = cut.end()
    return (*claims, sentence[begun:].strip()) if claims else (sentence,)


def _without_opener(part: str) -> str:
    opener = _OPENER.match(part)
    return part[opener.end() if opener else 0 :].strip()


def _may_part(left: str, right: str) -> bool:
    """Whether two parts each state something, neither as the condition of the other."""
    conditional = _CONDITION.search(left) or _UNTIL_THEN.search(right)
    return not conditional and _balanced(left) and _states(left) and _states(right)


def _states(part: str) -> bool:
    text = read(part)
    content = sum(term.weight for term in terms_of(text).terms)
    words = sum(token.kind == "word" for token in text.tokens)
    han = sum(len(token.form) for token in text.tokens if token.kind == "han")
    return content >= LEAST and (words >= LEAST_WORDS or han >= 6)


def _balanced(part: str) -> bool:
    return all(part.count(a) == part.count(b) for a, b in ("()", "（）", "[]", "「」", "“”"))
