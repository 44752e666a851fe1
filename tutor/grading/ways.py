"""The ways to make a key point: with or without its examples, by one or the other alternative.

`标注员或研究人员` is made by either name, `input/output` only by both, and nobody needs to
repeat the `e.g. French` behind `other languages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from tutor.grading.reading.memory import MANY, characters_of, remember
from tutor.grading.reading.polarity import polarity
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import read
from tutor.grading.reading.wording import same_words

_EXAMPLES = (
    r"(?:例如|比如|譬如|诸如|如(?![果何下上此图表期同实])|e\.?g\.?(?![a-z])|"
    r"for example|for instance|such as)"
)
_BRACKETED_EXAMPLES = re.compile(rf"\s?[(（]\s*{_EXAMPLES}[^()（）]*[)）]", re.IGNORECASE)
_TRAILING_EXAMPLES = re.compile(
    rf"[，,、;；]\s*{_EXAMPLES}[^。！？!?\n]*?(?:等(?=[，,；;]|$)|$)|\s+such as [^,;.，；。\n]*$",
    re.IGNORECASE,
)
_OR = re.compile(r"\s*(?:或者|或是|或(?![许然])|(?<![A-Za-z])or(?![A-Za-z]))\s*")
_LISTED = re.compile(r"\s*、\s*|,\s+")
_SENTENCE = re.compile(
    r"[，()（）:：]|[它他这那]|可以|(?<![a-z])(?:whether|not|it|they|this|that|is|are|was|were)(?![a-z])",
    re.IGNORECASE,
)
"""What makes `or` join parts of a sentence rather than two names."""
_SPACED_SLASH = re.compile(r"\s+[/／]\s+")
_SLASH = re.compile(r"(?<![\w/])([^\W\d_]{2,})[/／]([^\W\d_]{2,})(?![\w/])")
_PAIRS = frozenset(
    map(
        frozenset,
        (
            ("input", "output"), ("read", "write"), ("client", "server"), ("and", "or"),
            ("encoder", "decoder"), ("encode", "decode"), ("key", "value"), ("push", "pop"),
            ("question", "answer"), ("request", "response"), ("supply", "demand"),
            ("cause", "effect"), ("plan", "do"), ("train", "test"), ("mean", "variance"),
            ("输入", "输出"), ("读", "写"), ("读取", "写入"), ("编码", "解码"), ("问", "答"),
            ("供给", "需求"), ("验证", "测试"), ("训练", "测试"), ("客户端", "服务器"),
        ),
    )
)  # fmt: skip
"""Things that belong together on either side of a slash."""
_MOST_CONTENT = 4.0
"""Words of content up to which a side of `or` is a name that can stand for the whole point."""
_MOST_UNEQUAL = 3.0
"""Times that one side may be as long as the other: `A or B` joins what is alike."""
_SAME_SPELLING = 70
LONGEST = 1000
"""Characters beyond which a point has one way only."""
_LEAST_LEFT = 1.0
"""Words of content that must be left without the examples."""


@remember(MANY, characters_of)
def ways_to_make(point: str) -> tuple[str, ...]:
    """Texts that each make the whole point, the point itself first."""
    found = [point]
    if len(point) > LONGEST:
        return (point,)
    if (bare := _without_examples(point)) is not None:
        found.append(bare)
    for text in tuple(found):
        found += _alternatives(text)
    return tuple(dict.fromkeys(found))


def _without_examples(point: str) -> str | None:
    bare = _TRAILING_EXAMPLES.sub("", _BRACKETED_EXAMPLES.sub("", point)).strip()
    return bare if bare != point and _content(bare) >= _LEAST_LEFT else None


def _alternatives(text: str) -> Iterator[str]:
    if sides := _joined_by_or(text) or _beside_a_slash(text):
        yield from sides
    elif (pair := _SLASH.search(text)) and _are_one(*pair.groups()):
        for side in pair.groups():
            yield text[: pair.start()] + side + text[pair.end() :]


def _joined_by_or(text: str) -> list[str]:
    """The sides of a text that is nothing but names joined by `or`, with commas before it."""
    parts = _OR.split(text)
    if len(parts) < 2 or _SENTENCE.search(text):
        return []
    sides = [side.strip(" ,、") for side in (*_LISTED.split(parts[0]), *parts[1:])]
    return sides if all(sides) and _are_alternatives(sides) else []


def _beside_a_slash(text: str) -> list[str]:
    sides = [side.strip() for side in _SPACED_SLASH.split(text)]
    return sides if len(sides) > 1 and all(sides) and _are_alternatives(sides) else []


def _are_alternatives(sides: list[str]) -> bool:
    sizes = [_content(side) for side in sides]
    if any(same_words(_key(sides[0]), _key(side)) for side in sides[1:]):
        return min(sizes) > 0
    if any(char.isdigit() for side in sides for char in side) or _belong_together(sides):
        return False
    alike = 0 < max(sizes) <= min(_MOST_CONTENT, _MOST_UNEQUAL * min(sizes))
    return alike and not any(_LISTED.search(side) for side in sides)


def _belong_together(sides: list[str]) -> bool:
    """Whether two sides are opposites or partners, of which neither stands for both."""
    keys = [_key(side) for side in sides]
    directions = [polarity(key).directions for key in keys]
    opposed = any((pair, 1 - side) in directions[1] for pair, side in directions[0])
    return opposed or frozenset(keys) in _PAIRS


def _are_one(left: str, right: str) -> bool:
    """Whether two words around a slash are one word in two spellings or two names of one thing."""
    if frozenset((_key(left), _key(right))) in _PAIRS or (left.isupper() and right.isupper()):
        return False
    ours, theirs = _key(left), _key(right)
    return same_words(ours, theirs) or fuzz.ratio(ours, theirs) >= _SAME_SPELLING


def _key(text: str) -> str:
    return read(text).normal


def _content(text: str) -> float:
    return sum(term.weight for term in terms_of(read(text)).terms)
