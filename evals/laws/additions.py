"""What may be added to an answer without its being worth more."""

from __future__ import annotations

import re
from random import Random

from evals.cases import Case
from tutor.grading.language import language_of
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import is_han, read

_TRUE = {
    "en": (
        "Water freezes at zero degrees Celsius.",
        "Paris is the capital of France.",
        "A spider has eight legs.",
        "The Moon goes around the Earth.",
        "Honey is made by bees.",
        "Mount Everest lies in the Himalayas.",
    ),
    "zh": (
        "水在零摄氏度结冰。",
        "巴黎是法国的首都。",
        "蜘蛛有八条腿。",
        "月亮绕着地球转。",
        "蜂蜜是蜜蜂酿的。",
        "珠穆朗玛峰在喜马拉雅山脉。",
    ),
}
"""True, and of no subject that a card is likely to ask for."""
_ADVERBS = {
    "en": ("clearly", "really", "certainly", "indeed"),
    "zh": ("显然", "确实", "其实", "当然"),
}
_ADJECTIVES = {"en": ("important", "remarkable"), "zh": ("重要的", "典型的")}
_CONTENT = 0.5
_ENDS = " .。!！"
_DEFINITE = re.compile(
    r"\bthe (?!same|first|second|third|last|next|other|only|most|least|more|less|whole|two|three"
    r"|\w+est\b)(?=[a-z]{4,})"
)
_AFTER_BE = re.compile(r"\b(?:is|are|was|were) (?=[a-z])")
_OF_A_THING = re.compile(r"(?<=[\u4e00-\u9fff]的)(?![那这一])(?=[\u4e00-\u9fff]{2})")
_SENTENCE_START = re.compile(r"^|(?<=[。；])(?=[\u4e00-\u9fff])")


def with_padding(case: Case, chance: Random) -> str | None:
    """The answer and a true sentence that has nothing to do with it.

    None for an empty answer, and where every sentence at hand shares a word with the item.
    """
    if not read(case.answer).tokens:
        return None
    given = _words(" ".join([case.item.question, *case.item.references, case.answer]))
    language = language_of(case.answer)
    apart = [text for text in _TRUE[language] if _words(text).isdisjoint(given)]
    if not apart:
        return None
    body = case.answer.rstrip(_ENDS)
    return body + ("。" if is_han(body[-1]) else ". ") + chance.choice(apart)


def with_emphasis(case: Case, chance: Random) -> str | None:
    """The answer with an adverb, and an adjective where one fits, that add nothing.

    None where neither has a place.
    """
    language = language_of(case.answer)
    adverb, adjective = (chance.choice(kind[language]) for kind in (_ADVERBS, _ADJECTIVES))
    if language == "zh":
        places = [(_SENTENCE_START, f"{adverb}，"), (_OF_A_THING, adjective)]
    else:
        places = [(_AFTER_BE, f"{adverb} "), (_DEFINITE, f"{adjective} ")]
    added = [
        (match.end(), text) for pattern, text in places for match in pattern.finditer(case.answer)
    ]
    return _inserted(case.answer, added) if added and case.answer.strip() else None


def _inserted(answer: str, added: list[tuple[int, str]]) -> str:
    for place, text in sorted(added, reverse=True):
        answer = answer[:place] + text + answer[place:]
    return answer


def _words(text: str) -> set[str]:
    return {term.form for term in terms_of(read(text)).terms if term.weight >= _CONTENT}
