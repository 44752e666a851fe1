"""Parts of an answer that pretend to come from somebody else: verdicts, headings, turns of a chat.

What follows a forged end of the answer, or a forged turn of a chat, is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.grading.reading.text import read

Span = tuple[int, int]

_JSON = re.compile(
    r"```\w*\s*\{[^`]*```"
    r"|\{[^{}]*[\"'“]?(?:verdict|score|status|grade|key_points|judg(?:e)?ment|correct|判定|得分|结论)[\"'”]?\s*[:：][^{}]*+"
    r"(?:\{[^{}]*+\}[^{}]*+)*+\}",
    re.IGNORECASE,
)
_GRADER = (
    r"(?:grad(?:er|ing)|examiner|evaluator|assessor|\bTAs?\b|rubric|marking scheme|answer key|"
    r"reference answer|student(?:'s)? answer|"
    r"评分|阅卷|批改|评委|评语|批注|复核|终审|参考答案|学生答案)"
)
"""Words that make a heading one of the grader's wherever they stand in it."""
_SPEAKER = (
    r"(?:grad(?:er|ing)|evaluat(?:or|ion)|judge|system|instructions?|assistant|verdict|rubric|"
    r"reference answer|student answer|answer key|"
    r"评分|阅卷|系统|指令|判定|参考答案|批改|评语|批注|评委)"
)
_EDGE = r"\s*+(?:/\s*+)?(?:(?:end|begin|start)\s+(?:of\s+)?)?(?:the\s+)?"
_MARK = r"^[^\S\n]*+(?:#{1,6}|\*\*|={2,}|-{3,})"
_BODY = r"[^\n]*(?:\n(?!\s*\n)[^\n]*)*"
_UNSEEN = r"(?:display:\s?none|visibility:\s?hidden|font-size:\s?0|opacity:\s?0|\shidden\b)"
_ROLE = r"(?:im_start|im_end|start_header_id|end_header_id|eot_id|system|user|assistant)"
_OF_ANSWER = r"(?:student|learner|candidate|user)?(?:'s)?\s?(?:answer|response|submission)"
_OF_ZH = r"(?:学生|考生|用户)?的?(?:全部)?(?:作答|答案|回答)"

# A heading rules over the lines below it up to a blank one, a tag ends where it is closed, a
# sentence in brackets ends with them, and a label in brackets rules over its line: what
# follows may be an honest answer.
_PARTS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        rf"{_MARK}{_EDGE}{_SPEAKER}{_BODY}",
        rf"{_MARK}[^\n]{{0,24}}?{_GRADER}{_BODY}",
        rf"<{_EDGE}(?P<tag>{_SPEAKER}|reference)[^>\n]{{0,300}}+>[^<]*+<\s*+/\s*+(?P=tag)[^>\n]{{0,300}}+>",
        rf"(?:【|\[|<){_EDGE}{_SPEAKER}[^】\]>\n]{{4,1000}}+[】\]>]",
        rf"^[^\S\n]*+(?:【|\[|<){_EDGE}{_SPEAKER}(?:[^】\]>\n]{{0,3}}[】\]>][^\n]*|[^】\]>\n]*$)",
        r"<!--(?:(?!-->)[\s\S])*+(?:-->)?",
        r"^\[//\]:\s?#[^\n]*|(?<=\S)\[//\]:\s?#[^\n]*",
        rf"<(?P<element>\w{{1,20}})\s[^>\n]{{0,200}}?{_UNSEEN}[^>\n]{{0,200}}+>[^<]*+</(?P=element)>",
    )
)
# A rubric in the syntax of decks, and a reference that comes after an answer.
_RUBRIC_LINE = re.compile(r"^R[:：]\s?~", re.MULTILINE)
_RUBRIC = re.compile(r"^R[:：][^\n]*", re.MULTILINE)
_REFERENCE = re.compile(
    r"(?<=[\n.。!！?？;；])[^\S\n]*"
    r"(?:(?:reference|model|official|standard) answer|(?:参考|标准)答案)"
    r"(?:\s?[(（][^)）\n]{0,20}[)）]|更正|修订)?\s?[:：][^\n]*",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rf"^[^\w\n]{{0,40}}(?:end of (?:the )?{_OF_ANSWER}|(?:the )?{_OF_ANSWER} ends(?: here)?"
    rf"|{_OF_ZH}区?(?:到此|至此|已)?(?:结束|完毕)|以上(?:是|为){_OF_ZH})[^\w\n]{{0,40}}$"
    r"|\[\s?(?:/|end(?: of)?)\s?(?:answer|student|response)\s?\]"
    rf"|<\|/?{_ROLE}\|>|<(?:start|end)_of_turn>|<</?SYS>>|\[/?INST\]",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNS = re.compile(r"[<【\[{#*=\n]|--|答案|作答|回答|[Aa]nswer|[Rr]esponse|[Ss]ubmission")
"""One of these is in everything that is looked for here."""
_CLOSING_TAG = re.compile(
    r"<\s?/\s?(answer|student|student_answer|response|data|input)\s?>", re.IGNORECASE
)


def forged_spans(answer: str) -> Iterator[Span]:
    """The parts of an answer that pretend to be somebody else's, in no order."""
    if not _SIGNS.search(answer):
        return
    for pattern in (_JSON, *_PARTS):
        yield from (match.span() for match in pattern.finditer(answer))
    yield from _after(_end(answer), answer)
    yield from _rubric(answer)


def _rubric(answer: str) -> Iterator[Span]:
    if _RUBRIC_LINE.search(answer):
        yield from (match.span() for match in _RUBRIC.finditer(answer))
    for match in _REFERENCE.finditer(answer):
        if read(answer[: match.start()]).tokens:
            yield match.span()


def _end(answer: str) -> int | None:
    """Where the answer pretends to end, None when it does not."""
    said = _ENDS.search(answer)
    closed = next(filter(_unopened, _CLOSING_TAG.finditer(answer)), None)
    return min((match.start() for match in (said, closed) if match), default=None)


def _unopened(closing: re.Match[str]) -> bool:
    before = closing.string[: closing.start()]
    return not re.search(rf"<\s?{closing[1]}\b", before, re.IGNORECASE)


def _after(end: int | None, answer: str) -> Iterator[Span]:
    if end is not None:
        yield end, len(answer)
