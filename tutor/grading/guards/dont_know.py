"""The whole answer says that the learner does not know, in either language."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding
from tutor.grading.reading.phrases import is_made_of
from tutor.grading.reading.text import Text, read

_FINDING = Finding(
    "dont_know",
    "reject",
    "这次选择了不作答。",
    "This one was left unanswered.",
)
_LONGEST = 60
"""Characters without spaces and marks; what is longer says something."""
_FILLERS = (
    "我 俺 真 完全 也 都 还 已经 实在 暂时 现在 目前 对 这个 这 题 问题 答案 "
    "呢 吧 啊 呀 哦 哈 的 了 耶 抱歉 不好意思 对不起 "
    "i i'm im am sorry really honestly just simply actually the answer this that it one to about "
    "for at all yet is now right well um uh hmm but what how have"
).split()


def find(attempt: Attempt) -> list[Finding]:
    """Reject "I don't know" and its kin; the same words with an attempt beside them pass."""
    answer = attempt.answer
    if _is_reference(attempt):
        return []
    asked_back = answer.normal != "" and not answer.normal.strip("? ")
    return [_FINDING] if asked_back or says_nothing_known(answer) else []


def says_nothing_known(text: Text) -> bool:
    """Whether a text says that its writer does not know, and nothing else."""
    if len(text.compact) > _LONGEST:
        return False
    return is_made_of(text.compact, _phrases(), needed=_known())


def _is_reference(attempt: Attempt) -> bool:
    return any(attempt.answer.compact == reference.compact for reference in attempt.references)


@cache
def _known() -> frozenset[str]:
    lines = (files("tutor.grading") / "data/dont_know.txt").read_text("utf-8").splitlines()
    return frozenset(read(line).compact for line in lines if line and not line.startswith("#"))


@cache
def _phrases() -> frozenset[str]:
    return _known() | {read(word).compact for word in _FILLERS}
