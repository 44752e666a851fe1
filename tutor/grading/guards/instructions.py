"""Words addressed to the grader instead of the question.

Nothing in an answer can raise its score, so such sentences are set aside: what is left is
graded, and when nothing is left the answer is rejected. A text that talks about instructions
(模型能遵循指令, "the model follows instructions") is no instruction. Where the card itself is
about such sentences, as one on prompt injection is, the guard keeps silent.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding
from tutor.grading.reading.text import read

_NO_ANSWER = Finding(
    "instruction_only",
    "reject",
    "内容是写给评分者的，没有回答题目。",
    "The text addresses the grader and does not answer the question.",
)
_QUICK = re.compile(
    r"ignore|disregard|forget|override|bypass|skip|give|award|assign|grant|mark|grade|score|correct"
    r"|must|should|grader|judge|evaluator|examiner|system|assistant|developer|verdict|instruction"
    r"|output|end of|points|answer|<|\[|\{|#|忽|无视|忘|不要|跳过|绕过|请|务必|必须|应|正确|满分"
    r"|全对|通过|评|判|系统|助手|阅卷|批改|指令|结束|要点|作为|尊敬|结论|得分|管理员|开发者|user|human|treat|accept"
)
_SENTENCE = re.compile(r"(?:[^.;!?。；！？\n]|\.(?=\d))+[.;!?。；！？\n]*")
_CLAUSE = re.compile(r"[^,，]+[,，]?")
_GOES_ON = re.compile(r"你|您|请|务必|必须|应|(?:you|please|must|just|and)(?![a-z])")
"""How a clause begins that goes on addressing the grader."""
_FORGED_JSON = re.compile(
    r"```\w*\s*\{[^`]*```"
    r"|\{[^{}]*[\"'“]?(?:verdict|score|status|grade|key_points|judg(?:e)?ment|correct|判定|得分|结论)[\"'”]?\s*[:：][^{}]*+"
    r"(?:\{[^{}]*+\}[^{}]*+)*+\}",
    re.IGNORECASE,
)
_SPEAKER = (
    r"(?:grad(?:er|ing)|evaluat(?:or|ion)|judge|system|instructions?|assistant|verdict|rubric|"
    r"reference answer|student answer|answer key|评分|阅卷|系统|指令|判定|参考答案|批改)"
)
_EDGE = r"\s*+(?:/\s*+)?(?:(?:end|begin|start)\s+(?:of\s+)?)?(?:the\s+)?"
# A heading rules over the lines below it up to a blank one, a tag ends where it is closed, a
# sentence in brackets ends with them, and a label in brackets rules over its line: what
# follows may be an honest answer.
_FORGED_SECTIONS = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        rf"^[^\S\n]*+(?:#{{1,6}}|\*\*|={{2,}}|-{{3,}}){_EDGE}{_SPEAKER}[^\n]*(?:\n(?!\s*\n)[^\n]*)*",
        rf"<{_EDGE}(?P<tag>{_SPEAKER})[^>\n]{{0,300}}+>[^<]*+<\s*+/\s*+(?P=tag)[^>\n]{{0,300}}+>",
        rf"(?:【|\[|<){_EDGE}{_SPEAKER}[^】\]>\n]{{4,1000}}+[】\]>]",
        rf"^[^\S\n]*+(?:【|\[|<){_EDGE}{_SPEAKER}(?:[^】\]>\n]{{0,3}}[】\]>][^\n]*|[^】\]>\n]*$)",
    )
)


def find(attempt: Attempt) -> list[Finding]:
    """Reject an answer that only addresses the grader; doubt one that does so too."""
    removed = _removed(attempt.answer.raw)
    if not removed or any(map(_removed, (attempt.question.raw, *_reference_texts(attempt)))):
        return []
    if not read(without_instructions(attempt.answer.raw)).tokens:
        return [_NO_ANSWER]
    return [
        Finding(
            "instructions",
            "doubt",
            "有一部分是写给评分者的，这部分不计入。",
            "A part addresses the grader; it does not count.",
            span=removed[0],
        )
    ]


def _reference_texts(attempt: Attempt) -> list[str]:
    return [reference.raw for reference in attempt.references]


def without_instructions(answer: str) -> str:
    """The answer without the sentences, sections and forged verdicts that address a grader."""
    kept, position = [], 0
    for start, end in _removed(answer):
        kept.append(answer[position:start])
        position = end
    return "".join([*kept, answer[position:]]).strip(" \t\n,，;；")


def blank_instructions(answer: str) -> str:
    """The answer with those parts overwritten by line ends, so that offsets stay what they are."""
    blanked = list(answer)
    for start, end in _removed(answer):
        blanked[start:end] = "\n" * (end - start)
    return "".join(blanked)


def _removed(answer: str) -> list[tuple[int, int]]:
    """Spans that address a grader, in order, none overlapping another."""
    if not _QUICK.search(read(answer).normal):
        return []
    blocks = [match.span() for match in _FORGED_JSON.finditer(answer)]
    blocks += [match.span() for forged in _FORGED_SECTIONS for match in forged.finditer(answer)]
    sentences = [
        span
        for sentence in _SENTENCE.finditer(answer)
        for span in _addressing(answer, *sentence.span())
    ]
    return _merged(blocks + sentences)


def _addressing(answer: str, start: int, end: int) -> list[tuple[int, int]]:
    """The clauses of a sentence that address a grader; the whole when only it as a whole does."""
    if not _QUICK.search(read(answer[start:end]).normal):
        return []
    found: list[tuple[int, int]] = []
    for left, right in (match.span() for match in _CLAUSE.finditer(answer, start, end)):
        goes_on = found and found[-1][1] == left and _GOES_ON.match(read(answer[left:right]).normal)
        if goes_on or _addresses(answer[left:right]):
            found.append((left, right))
    if found or not _addresses(answer[start:end]):
        return found
    return [(start, end)]


def _addresses(piece: str) -> bool:
    return _pattern().search(read(piece).normal.rstrip(" .,;!?")) is not None


@cache
def _pattern() -> re.Pattern[str]:
    """Any of the patterns in the data file, which explains its format."""
    fragments: dict[str, str] = {}
    patterns: list[str] = []
    for line in (files("tutor.grading") / "data/instructions.txt").read_text("utf-8").splitlines():
        if line.startswith("@"):
            name, _, fragment = line[1:].partition("\t")
            fragments[name] = fragment
        elif line and not line.startswith("#"):
            patterns.append(re.sub(r"<(lead|who|marks|told)>", lambda m: fragments[m[1]], line))
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
