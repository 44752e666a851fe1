"""The core of a fill: what is left without the words that learners wrap around it.

A fill may be hedged (应该是 RLHF), stand in a sentence of its own (这类物质叫催化剂) or be
explained (栈，即后进先出的表). Words that offer a second answer, deny the fill or take it back
are no wrapping: such a fill has no core but itself.
"""

from __future__ import annotations

import re

from tutor.grading.alignment import align
from tutor.grading.reading.glossary import concept_ids, is_term
from tutor.grading.reading.memory import FEW, characters_of, remember
from tutor.grading.reading.polarity import polarity
from tutor.grading.reading.terms import terms_of
from tutor.grading.reading.text import Text, is_han, read

LONGEST = 400
"""Characters beyond which an answer is no fill with words around it."""

_HEDGE = re.compile(
    r"\s*(?:"
    r"我?(?:觉得|认为|猜测|猜|想|记得|估计|印象中)|应该|应当|好像|也许|或许|似乎|貌似|多半|一定|肯定|"
    r"(?:可能|大概|八成|总|当然|就)(?=是|叫|为|就)|答案|(?:这里|此处)?填[的入写]?|就?是(?!否|不是|非)|"
    r"叫[做作]?|称[为作]|总是|等于|一[个种类](?=.)|"
    r"一[条位名张篇台块句件只颗棵株座辆艘本幅片束根头门首](?=..)|"
    r"(?:[这那某][个种类些]|该|其(?![他它余次实中]))(?=..)|"
    r"(?:the )?(?:city|country|town|word|term|name|concept|idea|process) of |"
    r"(?:an? |one )?(?:kind|type|sort|form) of |(?:使用|采用|利用|通过|进行)(?=.)|[:=,](?=.)|"
    r"(?:i|we)(?:'d| would)? (?:think|believe|guess|suppose|assume|recall|remember|say)"
    r"(?: that)?(?![a-z])|"
    r"(?:i'm |i am )?(?:pretty |fairly |quite |almost )?(?:sure|certain)(?: that)?(?![a-z])|"
    r"(?:probably|maybe|perhaps|possibly|presumably|surely|certainly|definitely|likely|namely)(?![a-z])|"
    r"(?:it|this|that|they|these|(?:the |my )?answer)"
    r"(?:'s|'re| is| are| was| were| (?:would|should|must|may|might|could) be)"
    r"(?: called| known as| named)?(?! not|[a-z])|"
    r"(?:must|should) be(?! not|[a-z])|(?:by|using|via|through|with) (?=.)"
    r")\s*"
)
_AFTERTHOUGHT = re.compile(
    r"(?:吧|呢|啊|呀|哦|吗|(?:,\s?)?(?:i (?:think|guess|believe)|probably|maybe))?[\s.!?]*$"
)
_KIND = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:类|里面?|内部?|中)$"
    r"|(?<=[a-z]) (?:method|approach|technique|protocol|algorithm)$"
    r"|(?<=[a-z0-9])\s?(?:公司|平台|网站|方法|算法|技术|协议|语言|关键字|命令|分子)$"
)
_GIVEN_NAMES = re.compile(r"(?:[\u4e00-\u9fff]+·)+(?=[\u4e00-\u9fff]+$)")
_EXPLAINS = re.compile(
    r"即(?![使便将可时])|也就是|就是|亦即|换言之|又[称叫名]|也[称叫]|简称|全称|因为|由于|指|今[天日]?的?|现[在今]的?|[古旧原俗]称|原名|学名|英文|中文|缩写|意思是|意为|毕竟|"
    r"(?:i\.?e\.?|that is|which|because|since|meaning|also (?:called|known as)|aka|a\.k\.a\.|"
    r"in other words|short for|as (?:in|it|they))(?![a-z])"
)
_GLUED = re.compile(
    r"(?<=\S)(?:\s?也就是|(?<![立随当])即(?![使便将可时])|\s(?:i\.e\.|because|which)\s)"
)
_PAUSE = re.compile(r"(?<!\d),|,(?!\d)|[;:]|\.(?=\s)|\s-+\s|-{2,}")
_BRACKET = re.compile(r"(\s?)[(\[]([^()\[\]]*)[)\]]$")
_SECOND_ANSWER = re.compile(
    "或|还是|要不|要么|不然|也许|可能|应该|好像|大概|不是|不对|并非|而非|其实|改成|都行|都可以|"
    r"(?<![a-z])(?:or|either|not|no|wait|rather|instead|maybe|perhaps|possibly|probably|actually)"
    r"(?![a-z])|/"
)
_ALSO = re.compile(r"[,和与及]|(?<![a-z])and(?![a-z])")
_SAID_OF = re.compile(
    r"(?:叫[做作]?|称[为作]|等于|[是为]|(?<![!<>=])=|"
    r"(?<![a-z])(?:is|are|was|were|equals)(?: called)?(?![a-z]))\s*"
)
_POINTING = re.compile(
    "[这那它其此该类种个]|默认|取值|数值|值|(?<![a-z])(?:it|this|that|these|they)(?![a-z])"
)
_LONGEST_INTRODUCTION = 30
_TAKEN_UP = 0.75
"""Share of an introduction that must be the question's own words."""
_A_REMARK, _AFTER_A_DASH = 2.0, 1.0
"""Words of content that make what follows a comma a remark rather than another answer; behind
a long dash, which explains, it takes fewer."""


@remember(FEW, lambda answer, question: len(answer) + len(question))
def cores(answer: str, question: str) -> tuple[str, ...]:
    """The answer as typed, then what is left of it as one wrapping after another comes off.

    For answers of at most `LONGEST` characters.
    """
    found = [answer]
    found.append(_without_hedges(read(answer)))
    found.append(_without_explanation(read(found[-1]), question))
    found.append(_without_hedges(read(found[-1])))
    found.append(_without_introduction(read(found[-1]), question))
    found.append(_without_kind(read(found[-1])))
    return tuple(dict.fromkeys(core for core in found if read(core).tokens))


@remember(FEW, characters_of)
def before_remark(answer: str) -> str | None:
    """What stands before a comma and a remark that nothing marks as an explanation."""
    normal = read(answer).normal if len(answer) <= LONGEST else ""
    for pause in _PAUSE.finditer(normal):
        if not _depth(normal, pause.start()):
            head, rest = normal[: pause.start()], normal[pause.end() :].strip()
            least = _A_REMARK if pause[0] != "--" else _AFTER_A_DASH
            remarked = head and _is_remark(head, rest, least)
            return _raw(read(answer), 0, len(head)) if remarked else None
    return None


def _is_remark(head: str, rest: str, least: float) -> bool:
    if _SECOND_ANSWER.search(rest) or _ALSO.search(rest):
        return False
    said, remark = terms_of(read(head)), terms_of(read(rest))
    about_it = align(said, remark, terms_of(read(""))).whole >= 1
    return about_it or sum(term.weight for term in remark.terms) >= least


def _without_hedges(text: Text) -> str:
    normal = text.normal
    afterthought = _AFTERTHOUGHT.search(normal)
    start, end = 0, afterthought.start() if afterthought else len(normal)
    while start < end and (hedge := _HEDGE.match(normal, start)):
        start = hedge.end()
    return _raw(text, start, end)


def _without_explanation(text: Text, question: str) -> str:
    """The text before the bracket at its end, or before the pause and the words, that explain."""
    normal = text.normal
    if bracket := _BRACKET.search(normal):
        return _raw(text, 0, bracket.start()) if _is_aside(normal, bracket, question) else text.raw
    for pause in _PAUSE.finditer(normal):
        rest = normal[pause.end() :].strip()
        if not _depth(normal, pause.start()):
            marked = _EXPLAINS.match(rest) and not _SECOND_ANSWER.search(rest)
            return _raw(text, 0, pause.start()) if marked else text.raw
    if glued := _GLUED.search(normal):
        harmless = not _SECOND_ANSWER.search(normal, glued.end())
        return _raw(text, 0, glued.start()) if harmless else text.raw
    return text.raw


def _is_aside(normal: str, bracket: re.Match[str], question: str) -> bool:
    """Whether a bracket says more about the fill, and is no argument as in C(K,2).

    A term in it is another name, which is compared as such, or the name of something else;
    only what the question says as well explains: 栈（LIFO） for 后进先出的表.
    """
    space, inside = bracket.groups()
    apart = space or is_han(normal[bracket.start() - 1]) or any(map(is_han, inside))
    named = is_term(inside) and not concept_ids(read(inside)) <= concept_ids(read(question))
    return bracket.start() > 0 and bool(apart) and not named and not _SECOND_ANSWER.search(inside)


def _without_introduction(text: Text, question: str) -> str:
    """The text behind a copula when what is before it only takes up the question."""
    normal = text.normal
    said_of = _SAID_OF.search(normal, 1, _LONGEST_INTRODUCTION) if normal else None
    if said_of is None:
        return text.raw
    before = normal[: said_of.start()]
    if _SECOND_ANSWER.search(before) or polarity(before).negations:
        return text.raw
    subject = read(_POINTING.sub(" ", before))
    known = align(terms_of(subject), terms_of(read(question)), terms_of(read(""))).whole
    taken_up = not subject.tokens or known >= _TAKEN_UP
    return _raw(text, said_of.end(), len(normal)) if taken_up else text.raw


def _without_kind(text: Text) -> str:
    """The name without what kind of thing it names, and a person's without the given name."""
    if given := _GIVEN_NAMES.match(text.normal):
        return _raw(text, given.end(), len(text.normal))
    kind = _KIND.search(text.normal)
    return _raw(text, 0, kind.start()) if kind else text.raw


def _depth(normal: str, at: int) -> int:
    return normal.count("(", 0, at) - normal.count(")", 0, at)


def _raw(text: Text, start: int, end: int) -> str:
    return text.raw[slice(*text.raw_span(start, end))].strip() if start < end else ""
