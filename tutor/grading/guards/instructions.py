"""Words addressed to the grader instead of the question.

Nothing in an answer can raise its score, so such parts are set aside: what is left is graded,
and when nothing is left the answer is rejected. A text that talks about instructions
(模型能遵循指令, "the model follows instructions") is no instruction. Where the card itself is
about such sentences, as one on prompt injection is, the guard keeps silent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.grading.attempt import Attempt
from tutor.grading.guards.addressing import addressing_spans
from tutor.grading.guards.encoded import encoded_spans
from tutor.grading.guards.finding import Finding
from tutor.grading.guards.forged import forged_spans
from tutor.grading.guards.hidden_characters import hidden_spans
from tutor.grading.item import Item
from tutor.grading.reading.memory import MANY, characters_of, remember
from tutor.grading.reading.text import read

Span = tuple[int, int]

_NO_ANSWER = Finding(
    "instruction_only",
    "reject",
    "内容是写给评分者的，没有回答题目。",
    "The text addresses the grader and does not answer the question.",
)
_ABOUT = re.compile(
    r"prompt.?injection|inject\w* (?:prompt|instruction)|jailbreak|提示(?:词)?注入|指令注入|越狱"
    r"|base64|hexadecimal|十六进制"
)
"""Words of a card whose right answer may well be a sentence to a model, or a code."""


def find(attempt: Attempt) -> list[Finding]:
    """Reject an answer that only addresses the grader; doubt one that does so too."""
    answer = attempt.answer.raw
    if not _removed(answer) or is_about_instructions(attempt.item):
        return []
    if not read(without_instructions(answer)).tokens:
        return [_NO_ANSWER]
    return [*_addressed(answer), *_encoded(answer)]


def is_about_instructions(item: Item) -> bool:
    """Whether the card is about words to a model, so that an answer may have to cite some."""
    return any(
        _removed(text) or _ABOUT.search(read(text).normal)
        for text in (item.question, *item.references)
    )


def without_instructions(answer: str) -> str:
    """The answer without the sentences, sections and forged verdicts that address a grader."""
    kept, position = [], 0
    for start, end in _removed(answer):
        kept.append(answer[position:start])
        position = end
    return "".join([*kept, answer[position:]]).strip(" \t\n,，;；")


def blank_instructions(answer: str) -> str:
    """The answer with those parts overwritten by line ends, so that offsets stay what they are."""
    return _blank(answer, _removed(answer))


def _blank(answer: str, spans: Sequence[Span]) -> str:
    if not spans:
        return answer
    blanked = list(answer)
    for start, end in spans:
        blanked[start:end] = "\n" * (end - start)
    return "".join(blanked)


def _addressed(answer: str) -> list[Finding]:
    return [
        Finding(
            "instructions",
            "doubt",
            "有一部分是写给评分者的，这部分不计入。",
            "A part addresses the grader; it does not count.",
            span=span,
        )
        for span in _to_grader(answer)[:1]
    ]


def _encoded(answer: str) -> list[Finding]:
    return [
        Finding(
            "encoded",
            "doubt",
            "有一部分是编码后的文字，老师读不懂，这部分不计入。",
            "A part is in a code that no teacher reads; it does not count.",
            span=span,
        )
        for span in encoded_spans(answer)[:1]
    ]


@remember(MANY, characters_of)
def _removed(answer: str) -> tuple[Span, ...]:
    """Spans that are not for a teacher to read, in order, none overlapping another."""
    return _merged([*_to_grader(answer), *encoded_spans(answer), *hidden_spans(answer)])


def _to_grader(answer: str) -> tuple[Span, ...]:
    """Spans that are for a grader to read: sentences are looked for beside what is forged."""
    forged = list(forged_spans(answer))
    return _merged([*forged, *addressing_spans(_blank(answer, forged))])


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
