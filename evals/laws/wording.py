"""Paraphrase: a word for its synonym, a term for its name in the other language.

The synonyms are listed here by hand, apart from what any grader reads: words of everyday
language that may stand for one another in nearly every sentence, and no terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from random import Random

from evals.cases import Case
from evals.laws.places import Replacement, is_clear_of, quoted, replaced
from tutor.grading.reading.glossary import Concept, concepts, forms_of
from tutor.grading.reading.text import is_han, read

_ENGLISH = """
because(?! of)|since
begin|start
begins|starts
shows|demonstrates
needs(?! to)|requires
obtain|get
quickly|rapidly
rapidly|quickly
often|frequently
usually|generally
entire|whole
mainly|chiefly
therefore|thus
approximately|roughly
for example|for instance
nearly|almost
instead of|rather than
rather than|instead of
happens|occurs
happen|occur
ensures that|makes sure that
more and more|increasingly
in order to|to
due to|because of
whereas|while
although|though
until|till
rarely|seldom
at the same time|simultaneously
cannot|can't
does not|doesn't
do not|don't
is not|isn't
are not|aren't
"""
_CHINESE = """
因为|由于
由于|因为
(?<!之)所以|因此
因此|所以
但是|不过
例如|比如
比如|例如
如果|假如
并且|而且
非常|十分
大约|大概
经常|常常
特别是|尤其是
立即|立刻
逐渐|渐渐
(?<!不)仅仅|只
认为|觉得
无法|没法
的时候|时
也就是(?!说)|即
以及|和
虽然|尽管
然后|接着
无论(?!如何)|不管
好处|益处
坏处|害处
几乎|差不多
"""
_ASKS_FOR_WORDS = re.compile(
    r"全称|全名|缩写|简称|英文|中文|英语|字母|什么词|哪个词|叫什么|名称|翻译"
    r"|\b(?:stands? for|abbreviat|acronym|called|terms?|name|word|translat|letter)",
    re.IGNORECASE,
)
"""A question that wants a word, so that another word for it may be another answer."""
_LEAST_HAN = 3
"""Characters from which a Chinese term means one thing and is a noun, nearly always."""

_EQUATION = re.compile(r"[=+*/^_√∑]")
_IN_A_NAME = re.compile(r"\b[A-Z]\w* $")
"""Before a term: Perspective API is a name, of which API is a part."""
_PREPOSITIONS = (" of", " to", " than", " with", " from")
"""What ends a phrase that is no noun, such as instead of."""


def with_synonym(case: Case, chance: Random) -> str | None:
    """One word for a synonym of its language; none inside a term or quotation marks."""
    terms = [(term.start, term.end) for term in concepts(read(case.answer))]
    spoken_of = quoted(case.answer)
    places = [
        Replacement(*match.span(), synonym)
        for pattern, synonym in _synonyms()
        for match in pattern.finditer(case.answer)
        if is_clear_of(*match.span(), [*filter(_longer_than(match), terms), *spoken_of])
    ]
    return replaced(case.answer, places, chance)


def with_term_switched(case: Case, chance: Random) -> str | None:
    """One term by its name in the other language.

    None without a term of one meaning that has a name of several words or an abbreviation
    there, in a formula, and where the question asks for a name.
    """
    if _ASKS_FOR_WORDS.search(case.item.question) or _EQUATION.search(case.answer):
        return None
    spans = quoted(case.answer)
    places = [
        place
        for concept in concepts(read(case.answer))
        if is_clear_of(concept.start, concept.end, spans)
        for place in _switched(case.answer, concept)
    ]
    return replaced(case.answer, places, chance)


@cache
def _synonyms() -> tuple[tuple[re.Pattern[str], str], ...]:
    english = (line.rsplit("|", 1) for line in _ENGLISH.split("\n") if line)
    chinese = (line.rsplit("|", 1) for line in _CHINESE.split("\n") if line)
    return (
        *((re.compile(rf"(?<![\w'-])(?:{word})(?![\w'-])"), other) for word, other in english),
        *((re.compile(word), other) for word, other in chinese),
    )


def _longer_than(match: re.Match[str]) -> Callable[[tuple[int, int]], bool]:
    """Whether a term goes beyond a word that is matched, so that the word is a part of it."""
    return lambda term: term[0] < match.start() or match.end() < term[1]


def _switched(answer: str, concept: Concept) -> Iterator[Replacement]:
    """The one replacement of a term that has a sure name in the other language."""
    if len(concept.ids) > 1 or _IN_A_NAME.search(answer, 0, concept.start):
        return
    said = answer[concept.start : concept.end]
    chinese, english, short = forms_of(concept.ids[0])
    if not chinese or len(chinese[0]) < _LEAST_HAN or not (short or " " in english[0]):
        return
    if english[0].endswith(_PREPOSITIONS):
        return
    if all(map(is_han, said)) and len(said) >= _LEAST_HAN:
        name = english[0]
        if name.lower() not in answer.lower():
            yield Replacement(concept.start, concept.end, _spaced(answer, concept, name))
    elif said in short or said.lower().removesuffix("s") == english[0].lower():
        if chinese[0] not in answer:
            yield Replacement(concept.start, concept.end, chinese[0])


def _spaced(answer: str, concept: Concept, name: str) -> str:
    """An English name with a space to what it touches in a Chinese sentence."""
    left = " " if answer[: concept.start][-1:].isalnum() else ""
    right = " " if answer[concept.end :][:1].isalnum() else ""
    return f"{left}{name}{right}"
