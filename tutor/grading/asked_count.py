"""How many items a question asks for, where it leaves the choice: 列举三个, name any two of.

A question about things that are all meant ("name the three steps", 哪三个) leaves no choice,
and neither does one that only mentions a number (两种方法的区别, 在三个阶段中).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.reading import numerals
from tutor.grading.reading.memory import MANY, characters_of, remember
from tutor.grading.reading.text import read

MOST = 20
"""Nobody asks for more items than this; a larger number means something else."""

_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(_WORDS)})"
_COUNT = rf"(?P<count>{_NUMBER})(?:\s?(?:-|~|or|to)\s?{_NUMBER})?(?![\w%-]|\.\d)"
_ASKED = (
    r"\b(?:name|list|give|state|identify|mention|cite|provide|enumerate|describe|explain|suggest|"
    r"propose|write|outline|specify|choose|pick|select|what (?:are|is|were|was))"
    r"(?:\s(?:me|us|down|any|some|briefly|at least|a minimum of))*"
)
_OF_LENGTH = r"(?!\s(?:\w+\s)?(?:sentence|word|line|paragraph|page)s?\b)"
_ENGLISH = (
    re.compile(rf"(?:{_ASKED}|\bany|\bat least)\s{_COUNT}{_OF_LENGTH}"),
    re.compile(
        r"\b(?:name|give|state|mention|cite|suggest)(?:\s(?:me|us))?\s(?P<count>an?)\s"
        r"(?:\w+\s)?(?:example|reason|instance)\b"
    ),
)
_HAN_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_CHINESE = re.compile(
    r"(?:列举|列出|举|说出|写出|给出|指出|答出|提出|找出|选出|说|写|至少|任意|任选|任)"
    rf"(?P<between>[^,.;:?!哪这那]{{0,24}}?)(?P<count>{_HAN_NUMBER})(?:[-~到至或]{_HAN_NUMBER})?\s?"
    r"(?P<noun>(?:个|种|条|点|项|例|类|样|件|处|款|位|名|方面)[^,.;:?!]{0,24})"
)
_COUNTED_FOR_ANOTHER = re.compile("由|每|第|中$")
_OWNER = re.compile(
    "^[^的]{0,12}(?:[中里内]|之间|各|都|分别)"
    "|的(?:区别|差别|差异|不同|异同|关系|联系|含义|意思|定义|过程|原理|公式|名称|名字|内容|取值|大小|顺序)"
    "|^[种类款位件名][^的]{1,12}的(?:作用|特点|优点|缺点|优缺点|用途|步骤|目的|职责)"
)
"""After a counted noun: it owns or holds what is asked for, which the number does not count."""


@remember(MANY, characters_of)
def asked_count(question: str) -> int | None:
    """The number of items that are enough, of a range its lower end; None where all are meant."""
    normal = read(question).normal
    counts = (*_english(normal), *_chinese(normal))
    return min((count for count in counts if 1 <= count <= MOST), default=None)


def _english(normal: str) -> Iterator[int]:
    for pattern in _ENGLISH:
        for found in pattern.finditer(normal):
            count = found["count"]
            if count.isdigit():
                yield int(count)
            else:
                yield _WORDS.index(count) + 1 if count in _WORDS else 1


def _chinese(normal: str) -> Iterator[int]:
    for found in _CHINESE.finditer(normal):
        if _COUNTED_FOR_ANOTHER.search(found["between"]) or _OWNER.search(found["noun"]):
            continue
        count = found["count"]
        least = count[:1] if _is_range(count) else count
        value = int(count) if count.isdigit() else numerals.chinese(least)
        if value is not None:
            yield int(value)


def _is_range(count: str) -> bool:
    """两三个 is two or three, 十二个 is twelve."""
    return len(count) == 2 and "十" not in count
