"""Another order of what may come in any order: claims beside each other, reason and result."""

from __future__ import annotations

import re
from random import Random

from evals.cases import Case

_ORDER_COUNTS = re.compile(
    r"先后|顺序|依次|次序|步骤|阶段|排[列序名]|流程|过程|分别|从.{1,12}到|怎样变化|→"
    r"|\b(?:orders?|steps?|stages?|phases?|sequence|respectively|rank|first|then|process|how)\b",
    re.IGNORECASE,
)
"""A question or an answer in which the order of claims may say something."""
_LEANS_BACK = re.compile(
    r"\s*(?:[(（]?\d|[①-⑳]|然后|接着|随后|最后|再|因[此而]|所以|但|而|并|且|也|还|又|则|就|因为|由于|这|那|其|它|他|她|后者"
    r"|前者|从而|以[便免]|否则|即|反之|例如|比如|另|同样"
    r"|(?:then|next|finally|so|therefore|thus|hence|but|and|or|also|it|its|they|their|them|this"
    r"|that|these|those|he|she|because|since|which|otherwise|however|e\.g|i\.e|for example"
    r"|another|both|the (?:latter|former|other|second|same))\b)",
    re.IGNORECASE,
)
"""What a claim begins with that points to the one before it."""
_MARK = re.compile(r"\s*([；;。])\s*|(?<=[a-z]{3})(\.)\s+(?=[A-Z])")
_ENGLISH_REASON = re.compile(r"([A-Z][^,.;:()]{3,}) because ([^,.;:()]{3,}?)(\.?)")
_CHINESE_REASON = re.compile(
    r"(?:因为|由于)([^，。；：、（）]{2,})，(?:所以|因此|因而)?([^，。；：、（）]{2,})(。?)"
)
_NAMES_ITSELF = frozenset("The A An In When If On At This That These Those After Before".split())


def with_claims_reordered(case: Case, chance: Random) -> str | None:
    """The claims of the answer in reverse order, or its reason on the other side of its result.

    None for one claim, where a claim points back to another, and where order may count.
    """
    answer = case.answer.strip()
    return _reason_moved(answer) or _reversed(answer, case.item.question)


def _reversed(answer: str, question: str) -> str | None:
    if _ORDER_COUNTS.search(question) or _ORDER_COUNTS.search(answer) or "\n" in answer:
        return None
    end = answer[-1:] if answer[-1:] in set("。.；;") else ""
    body = answer[: len(answer) - len(end)]
    marks = {"".join(filter(None, match.groups())) for match in _MARK.finditer(body)}
    claims = [claim for claim in _MARK.sub("\0", body).split("\0") if claim]
    # A colon introduces all claims, or the first alone, and a bracket may be open across two.
    if len(claims) < 2 or len(marks) != 1 or re.search(r"[:：(（]", body):
        return None
    if any(_LEANS_BACK.match(claim) for claim in claims):
        return None
    (mark,) = marks
    return (mark + ("" if mark in "；。" else " ")).join(reversed(claims)) + end


def _reason_moved(answer: str) -> str | None:
    """`X because Y.` as `Because Y, X.`, and 因为甲，所以乙 as 乙，因为甲."""
    if english := _ENGLISH_REASON.fullmatch(answer):
        result, reason, end = english.groups()
        first = result.split(" ")[0]
        start = result[0].lower() + result[1:] if first in _NAMES_ITSELF else result
        return None if _LEANS_BACK.match(reason) else f"Because {reason}, {start}{end}"
    if chinese := _CHINESE_REASON.fullmatch(answer):
        reason, result, end = chinese.groups()
        return None if _LEANS_BACK.match(result) else f"{result}，因为{reason}{end}"
    return None
