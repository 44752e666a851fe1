"""Sequences: the items of a text that come in an order, and words that say so."""

from __future__ import annotations

import re

from tutor.grading.reading.memory import MANY, remember
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import Text, length_of, read

_ORDER_ASKED = re.compile(
    r"顺序|依次|先后|(?<!优先)次序|排列|排序|由.{1,6}到.{1,6}列"
    r"|(?<![a-z])(?:in (?:the )?(?:\w+ )?order(?! to)|sequence|chronologic\w*|arrange|rank"
    r"|order (?:these|them|the|by)|(?:earli|fast|slow|larg|small|high|low)est first)(?![a-z])"
)
_STEPS_ASKED = re.compile(r"步骤|阶段|流程|步|(?<![a-z])(?:steps?|stages?|phases?)(?![a-z])")
_TOLD = re.compile(
    r"(?<!优)先[^;.]{1,40}(?:再|然后|最后)|首先|→|(?<![a-z])first(?![a-z]).{1,80}(?<![a-z])(?:then|next|last"
    r"|finally)(?![a-z])|(?<![a-z])(?:and|,) then(?![a-z])"
)
_CUT = re.compile(
    r"[,;.:!?]|→|(?<=\s)[<>](?=\s)|然后|接着|随后|最后|首先|再(?!次)"
    r"|(?<![a-z])(?:and|then|next|finally|lastly|last|first|secondly|second|third)(?![a-z])"
)
_MARKED = re.compile("第[一二三四五]步?|先|是|由|经过?|到")
_RELATIVE = re.compile(
    r"之前|之后|以前|以后|最早|最初|最后[^,;.]{0,2}是|前面|后面|倒|最[大小高低多少快慢强弱]"
    r"|(?<![a-z])(?:before|after|previous\w*|preceded?s?|follow\w*|last|earlier|later|until|[a-z]{3,}est)(?![a-z])"
)


def asks_for_order(question: Text) -> bool:
    """Whether a question asks in which order things come."""
    return _ORDER_ASKED.search(question.normal) is not None


def asks_for_steps(question: Text) -> bool:
    """Whether a question asks for steps or stages, which mostly come in an order."""
    return _STEPS_ASKED.search(question.normal) is not None


def tells_order(text: Text) -> bool:
    """Whether a text says in which order its items come: 先 ... 再 ..., first ... then ..., →."""
    return _TOLD.search(text.normal) is not None


def tells_relative_order(text: Text) -> bool:
    """Whether a text orders things by words that name no place, so that they may stand in any
    order: A comes after B."""
    return _RELATIVE.search(text.normal) is not None


@remember(MANY, length_of)
def items(text: Text) -> tuple[frozenset[str], ...]:
    """For each item of a text the terms that no other item of it has, in order."""
    parts = [_MARKED.sub(" ", part) for part in _CUT.split(text.normal)]
    terms = [terms_of(read(part.strip())).forms for part in parts if read(part.strip()).tokens]
    own = []
    for index, forms in enumerate(terms):
        elsewhere = frozenset().union(*terms[:index], *terms[index + 1 :])
        own.append(forms - elsewhere)
    return tuple(forms for forms in own if forms)
