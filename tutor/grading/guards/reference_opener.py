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
        "thecorrectansweris thecorrectanswerwouldbe thereferenceansweris referenceanswer "
        "modelanswer hereismyanswer hereistheanswer letssolvethisstepbystep "
        "letsthinkstepbystep letsanalyze letsanalyse letsbreakitdown "
        "letssolvethisproblemstepbystep letsthinkaboutthisstepbystep letsbegin letssolvethis "
        "letssolve letusthink letussolve letsstart "
        "letsthink stepbystep onestepatatime step1 firstofall first toanswerthisquestion "
        "tosolvethisproblem inconclusion mysolution mythoughts mythoughtprocess myreasoning "
        "解 解答 解析 解题过程 解题思路 答 答案 回答 答案是 答案如下 正确答案 正确答案是 "
        "我的答案 我的答案是 参考答案 标准答案 最终答案 分析 思路 思考过程 过程 步骤 步骤如下 如下 "
        "让我们一步一步思考 让我们一步步思考 让我们一步一步来 让我们一步步解决这个问题 "
        "让我们逐步分析 首先 综上所述 综上 让我们 我们来 下面我们 一步一步 一步步 "
        "respuesta solución réponse antwort lösung risposta soluzione resposta solução "
        "ответ решение 解说 答え こたえ かいとう 정답 답 풀이 해설"
    ).split()
)
_BESIDE = frozenset(
    (
        "the our below here thisproblem thisquestion theproblem thequestion aboutthis aboutit "
        "carefully together now then so okay is are isasfollows readsasfollows boxed "
        "我的 逐步 地 来 吧 思考 解决 解答 作答 回答 这个问题 这道题 本题 此题 "
        "一下 下面 接下来 现在 开始 为 是 "
        "el la le die der das il"
    ).split()
)
"""What an opening may have beside it and still say nothing; alone, some of it is an answer."""


def find(attempt: Attempt) -> list[Finding]:
    """Reject an opening with nothing after it."""
    answer = attempt.answer.compact.replace("*", "").replace("#", "").replace("-", "")
    if any(reference.compact == attempt.answer.compact for reference in attempt.references):
        return []
    return [_FINDING] if is_made_of(answer, _OPENERS | _BESIDE, needed=_OPENERS) else []
