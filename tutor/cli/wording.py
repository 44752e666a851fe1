"""What the self-test says around a card, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.grading.grade import Language, Verdict


@dataclass(frozen=True, slots=True)
class Wording:
    """One language's words; `{...}` are filled in with `str.format`."""

    how: str
    prompt: str
    hint: str
    hints_over: str
    skipped: str
    again: str
    reference: str
    references: str
    verdicts: dict[Verdict, str]
    unsure: str
    leaning: str
    because: str
    decide: str
    decide_again: str
    score: str
    confidence: tuple[str, str, str]
    """Of a grade that is not unsure: for 0.9 and more, for 0.75 and more, and below."""
    optional: str
    quote: str
    next_step: str
    go_on: str
    go_on_end: str
    which: str
    ruled: str
    nothing_to_rule: str
    not_graded: str
    summary: str
    answered: str
    none_answered: str
    counted: dict[Verdict, str]
    unsure_count: str
    overridden_count: str
    skipped_count: str
    failed_count: str
    weakest: str
    stored: str
    not_stored: str


ZH = Wording(
    how="直接输入答案，可以写多行；空一行（再按一次回车）就提交。"
    "单独一行：? 提示，s 跳过，q 结束。",
    prompt="答> ",
    hint="提示 {level}：{text}",
    hints_over="没有更多提示了。写下你能想到的部分，或用 s 跳过看答案。",
    skipped="已跳过。",
    again="这题还开着：再答一次，或用 ? 要提示，用 s 跳过看答案。",
    reference="参考答案",
    references="参考答案（任一即可）",
    verdicts={"correct": "正确", "partial": "部分正确", "incorrect": "不正确"},
    unsure="拿不准：由你判断",
    leaning="暂判“{verdict}”",
    because="拿不准的原因：{why}",
    decide="你的判断：1 正确  2 部分正确  3 不正确  （回车保留“{verdict}”）> ",
    decide_again="请输入 1、2、3，或直接回车（q 结束）> ",
    score="得分 {score:.0f}/100",
    confidence=("很有把握", "较有把握", "大致有把握"),
    optional="（可选）",
    quote="你写的：「{quote}」",
    next_step="下一步：{text}",
    go_on="回车：下一题  o：改判  q：结束 > ",
    go_on_end="回车：看总结  o：改判 > ",
    which="改判为：c 正确  p 部分正确  i 不正确  （回车：不改）> ",
    ruled="已改判为“{verdict}”。",
    nothing_to_rule="还没有可以改判的答案。",
    not_graded="这题没能判分：{detail}",
    summary="本次小结",
    answered="做了 {answered} 题，共 {total} 题",
    none_answered="还没有作答。",
    counted={
        "correct": "正确 {count}",
        "partial": "部分正确 {count}",
        "incorrect": "不正确 {count}",
    },
    unsure_count="拿不准 {count}",
    overridden_count="由你判定 {count}",
    skipped_count="跳过 {count}",
    failed_count="未能判分 {count}",
    weakest="最该复习",
    stored="记录保存在 {where}",
    not_stored="按 --no-store 的要求，没有保存记录。",
)

EN = Wording(
    how="Type your answer, on several lines if you like; an empty line (Enter again) hands it in."
    " Alone on a line: ? hint, s skip, q quit.",
    prompt="> ",
    hint="Hint {level}: {text}",
    hints_over="No more hints. Write down the part you know, or skip with s to see the answer.",
    skipped="Skipped.",
    again="The card stays open: answer again, ask for a hint with ?, or skip with s.",
    reference="Reference answer",
    references="Reference answers (any one of them)",
    verdicts={"correct": "Correct", "partial": "Partly correct", "incorrect": "Incorrect"},
    unsure="Unsure: you decide",
    leaning="leaning to “{verdict}”",
    because="Unsure because: {why}",
    decide="Your ruling: 1 correct  2 partial  3 incorrect  (Enter keeps “{verdict}”) > ",
    decide_again="Please type 1, 2 or 3, or just Enter (q quits) > ",
    score="score {score:.0f}/100",
    confidence=("quite sure", "fairly sure", "somewhat sure"),
    optional=" (optional)",
    quote="you wrote: “{quote}”",
    next_step="Next: {text}",
    go_on="Enter: next  o: override  q: quit > ",
    go_on_end="Enter: summary  o: override > ",
    which="Override with: c correct  p partial  i incorrect  (Enter: leave it) > ",
    ruled="Overridden: “{verdict}”.",
    nothing_to_rule="There is no answer to override yet.",
    not_graded="This one could not be graded: {detail}",
    summary="Summary",
    answered="{answered} of {total} answered",
    none_answered="Nothing answered.",
    counted={
        "correct": "correct {count}",
        "partial": "partly correct {count}",
        "incorrect": "incorrect {count}",
    },
    unsure_count="unsure {count}",
    overridden_count="decided by you {count}",
    skipped_count="skipped {count}",
    failed_count="not graded {count}",
    weakest="Review first",
    stored="Reviews are stored in {where}",
    not_stored="Nothing was stored, as --no-store asks.",
)


def wording(language: Language) -> Wording:
    """The words for a language."""
    return ZH if language == "zh" else EN
