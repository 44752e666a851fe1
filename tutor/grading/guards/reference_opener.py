"""The opening of an answer without the answer: "Solution:", "Let's think step by step".

Such openings alone have made language models accept; they say nothing about the question.
"""

from __future__ import annotations

from tutor.grading.attempt import Attempt
from tutor.grading.guards.finding import Finding
from tutor.grading.reading.phrases import is_made_of

_FINDING = Finding(
    "reference_opener",
    "reject",
    "只有开头语，还没有写出答案。",
    "There is only an opening; the answer itself is missing.",
)
_OPENERS = frozenset(
    (
        "solution answer answers response explanation reasoning analysis thoughtprocess "
        "finalanswer theansweris thesolutionis thefinalansweris "
        "myansweris theanswerisasfollows asfollows "
        "thecorrectansweris hereismyanswer hereistheanswer letssolvethisstepbystep "
        "letsthinkstepbystep "
        "letssolvethisproblemstepbystep letsthinkaboutthisstepbystep letsbegin letssolvethis "
        "letsthink stepbystep step1 firstofall first toanswerthisquestion inconclusion "
        "解 解答 解析 解题过程 解题思路 答 答案 回答 答案是 答案如下 正确答案 正确答案是 "
        "我的答案 我的答案是 参考答案 标准答案 最终答案 分析 思路 思考过程 过程 步骤 步骤如下 如下 "
        "让我们一步一步思考 让我们一步步思考 让我们一步一步来 让我们一步步解决这个问题 "
        "让我们逐步分析 首先 综上所述 综上"
    ).split()
)


def find(attempt: Attempt) -> list[Finding]:
    """Reject an opening with nothing after it."""
    answer = attempt.answer.compact.replace("*", "").replace("#", "").replace("-", "")
    if any(reference.compact == attempt.answer.compact for reference in attempt.references):
        return []
    return [_FINDING] if is_made_of(answer, _OPENERS) else []
