"""How the fill of a blank compares with its references, in levels, with the reason why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["exact", "equivalent", "likely", "close", "different", "empty"]
LEVELS: tuple[Level, ...] = ("exact", "equivalent", "likely", "close", "different", "empty")


@dataclass(frozen=True, slots=True)
class FillMatch:
    """How an answer compares with the nearest of a blank's references.

    `exact` and `equivalent` fills are right. `likely` ones are right but for what a teacher may
    mind: a slip of the pen, a remark behind the fill, an alias that the question gives away.
    `close` ones may be right: a part of the fill, or a word more. `different` ones are wrong
    when `proven` (another number, unit, sign or direction), else only unlike the reference.
    `zh` and `en` say why to the learner without telling her the reference.
    """

    level: Level
    reference: str | None
    name: str
    zh: str
    en: str
    proven: bool = False


_REASONS = {
    "same": ("与参考填空一致", "matches the expected fill"),
    "same-value": ("数值一致", "the value is the same"),
    "same-formula": ("式子等价", "the formula is equivalent"),
    "same-term": ("是同一概念的另一种写法", "another name of the same thing"),
    "given": ("题面已经给出了这个说法，请填它的全称或另一种说法",
              "the question already gives this name; fill in what it stands for"),
    "spelling": ("拼写或用字略有出入", "the spelling is slightly off"),
    "remark": ("填的内容对，后面还有别的话", "the fill is right, but more is said after it"),
    "repeated": ("这是题面里已有的说法", "the question itself says this"),
    "form": ("词形与参考填空不同", "another form of the expected word"),
    "like": ("意思看起来相同，说法不同", "it seems to mean the same in other words"),
    "similar": ("与参考填空接近但不完全一致", "close to the expected fill but not the same"),
    "number": ("数值不一致", "the number is different"),
    "unit": ("单位不一致", "the unit is different"),
    "sign": ("运算符号或次序不一致", "an operator or the order is different"),
    "operand": ("式子中的项不一致", "a term of the formula is different"),
    "polarity": ("意思相反", "it says the opposite"),
    "unlike": ("与参考填空不一致", "does not match the expected fill"),
    "empty": ("没有填写内容", "nothing was filled in"),
}  # fmt: skip
_PROOFS = frozenset({"number", "unit", "sign", "operand", "polarity"})


def fill_match(level: Level, reference: str | None, name: str) -> FillMatch:
    """The match of a level with the reason of that name."""
    zh, en = _REASONS[name]
    return FillMatch(level, reference, name, zh, en, level == "different" and name in _PROOFS)
