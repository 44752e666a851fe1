"""How many things a question asks for, and how many its answer has."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {char: number for number, char in enumerate("一二三四五六七八九十", start=1)}
_NUMBERS = {
    **_DIGITS, "两": 2, "俩": 2,
    **{word: number for number, word in enumerate(
        "two three four five six seven eight nine ten".split(), start=2)},
}  # fmt: skip
_HAN = r"(?P<{0}>\d{{1,2}}|[二三四五六七八九十两])"
_MEASURE = r"\s*(?:个|种|类|点|项|条|步|大|方面|阶段|部分|层)"
_ASKED_HAN = re.compile(
    rf"哪{_HAN.format('which')}{_MEASURE}"
    r"|(?:列举|列出|举出|说出|写出|给出|指出|说明|简述)(?:其中|出)?(?P<least>至少|任意)?(?:的)?"
    rf"{_HAN.format('listed')}{_MEASURE}"
)
_ASKED_ENGLISH = re.compile(
    r"\b(?:list|name|give|state|mention|identify|what are|which)\s+(?P<least>at least\s+|any\s+)?"
    r"(?:the\s+)?(?P<number>two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\b(?![%\-]|\.\d)",
    re.IGNORECASE,
)
_QUESTION_MARK = re.compile(r"[?？]")
_NUMBERED = re.compile(r"(?<![\w.])(?:[(（]?\d{1,2}[)）]|\d{1,2}[.、．](?!\d))|[①-⑳]")
_BULLET = re.compile(r"^[ \t]*[-*+•·][ \t]", re.MULTILINE)
_LAST_OF_HAN = re.compile(r"以及|及|和|与")
_LAST_OF_ENGLISH = re.compile(r",?\s+(?:and|or)\s+|,\s*")


@dataclass(frozen=True, slots=True)
class Asked:
    """The number that a question names; `least` when more are welcome."""

    number: int
    least: bool

    def fits(self, count: int) -> bool:
        """Whether an answer with this many things has what is asked for."""
        return count >= self.number if self.least else count == self.number


def asked_for(question: str) -> Asked | None:
    """The number of things that "列举三种..." or "name three ..." asks for, if it names one.

    A question that goes on to ask something else is answered by at least that many.
    """
    several = len(_QUESTION_MARK.findall(question)) > 1
    if han := _ASKED_HAN.search(question):
        return Asked(_number(han["which"] or han["listed"]), several or bool(han["least"]))
    if english := _ASKED_ENGLISH.search(question):
        return Asked(_number(english["number"].lower()), several or bool(english["least"]))
    return None


def item_counts(answer: str) -> frozenset[int]:
    """Every number of things that the answer can fairly be read to have."""
    numbered, bullets = len(_NUMBERED.findall(answer)), len(_BULLET.findall(answer))
    if numbered > 1 or bullets > 1:
        return frozenset({count for count in (numbered, bullets) if count > 1})
    flat = answer.strip().rstrip("。.;；")
    counts = {len(_parts(flat, mark)) for mark in ("[;；]", "\n", "[,，]", "、", "[。.]\\s*")}
    enumerated = [part for part in re.split("[,，;；。\n]", flat) if "、" in part] or [flat]
    counts |= {len(_parts(_LAST_OF_HAN.sub("、", part), "、")) for part in enumerated}
    counts.add(len([part for part in _LAST_OF_ENGLISH.split(flat) if part.strip()]))
    return frozenset(counts)


def _parts(text: str, mark: str) -> list[str]:
    return [part for part in re.split(mark, text) if part.strip()]


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text]
