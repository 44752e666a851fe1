"""What the self-test says about the judge, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.grading.grade import Language


@dataclass(frozen=True, slots=True)
class JudgeWording:
    """One language's words; `{...}` are filled in with `str.format`."""

    judging: str
    meanwhile: str
    """Behind the indicator, at a grade that is not unsure; it names the keys."""
    meanwhile_unsure: str
    late: str
    """Whose answer a late word is about: its number and the beginning of its question."""
    agrees: str
    changes: str
    changes_unsure: str
    unsure: str
    ruled: str
    undecided: str
    """Of an unsure grade that came late, before the learner is asked at the end."""
    failed_again: str
    waiting: str
    still_out: str
    seen: str
    changed: str
    failed: str
    unheard: str
    tokens: str


ZH = JudgeWording(
    judging="评判模型 {model} 正在核对要点…（按回车先做下一题，结果稍后补上）",
    meanwhile="回车：先做下一题  o：改判  q：结束 > ",
    meanwhile_unsure="1 正确  2 部分正确  3 不正确  回车：先做下一题 > ",
    late="评判模型对第 {number} 题的意见来了：{question}",
    agrees="评判模型同意：{verdict}",
    changes="评判模型改判：{before} → {verdict}",
    changes_unsure="评判模型看法不同：由你判断",
    unsure="评判模型看过了，拿不准：由你判断",
    ruled="你已经判为“{verdict}”，以你的为准。",
    undecided="第 {number} 题还等你判断：",
    failed_again="这一题也没有评判模型的意见：{why}。",
    waiting="还有 {count} 个评判没有回来，正在等（Ctrl-C 不再等；已作答的都保留着）…",
    still_out="还差 {count} 个",
    seen="评判模型看了 {count} 题",
    changed="改判 {count} 题",
    failed="失败 {count} 次",
    unheard="没有等到 {count} 个",
    tokens="{input:,} + {output:,} 词元",
)

EN = JudgeWording(
    judging="The judge {model} is checking each key point… (Enter: next card; you are told later)",
    meanwhile="Enter: next  o: override  q: quit > ",
    meanwhile_unsure="1 correct  2 partial  3 incorrect  Enter: next > ",
    late="The judge on card {number}: {question}",
    agrees="The judge agrees: {verdict}",
    changes="The judge: {before} → {verdict}",
    changes_unsure="The judge sees it otherwise: you decide",
    unsure="The judge has looked, and it is unsure: you decide",
    ruled="You ruled “{verdict}”, and that stands.",
    undecided="Card {number} waits for your ruling:",
    failed_again="No opinion of the judge here either: {why}.",
    waiting="The judge still owes {count}; waiting (Ctrl-C stops that; every answer is kept)…",
    still_out="{count} to come",
    seen="the judge saw {count}",
    changed="changed {count}",
    failed="failed {count}",
    unheard="not waited for {count}",
    tokens="{input:,} + {output:,} tokens",
)


def judge_wording(language: Language) -> JudgeWording:
    """The words for a language."""
    return ZH if language == "zh" else EN
