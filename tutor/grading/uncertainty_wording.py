"""What is said about an unsure grade, as data: one table a language, the same slots in each."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.grading.grade import Language, Verdict


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language; slots in braces are filled once."""

    verdicts: dict[Verdict, str]

    alarm: str
    alarm_unquoted: str
    point: str
    points: str
    strictness: str
    language: str
    wording: str
    between: str

    answer: str
    reference: str
    key_point: str
    compare: str
    go_through: str
    count: str
    look_for: str
    rule: str


ZH = Wording(
    verdicts={"correct": "正确", "partial": "部分正确", "incorrect": "不正确"},
    alarm="{quote}：{why}。",
    alarm_unquoted="{why}。",
    point="没有找到要点“{point}”，也许用了别的说法。",
    points="有 {count} 个要点没有找到，也许用了别的说法。",
    strictness="从严算“{strict}”，从宽算“{lenient}”。",
    language="答案和参考答案不是同一种语言，字面上无法核对。",
    wording="说法和参考答案差得远，字面上看不出意思是否相同。",
    between="在“{lower}”和“{higher}”之间，只对上了一部分。",
    answer="你的答案",
    reference="参考答案",
    key_point="要点“{point}”",
    compare="比较{said}和{target}：是一回事就判“{higher}”，不是就判“{lower}”。",
    go_through="逐条对照参考答案：意思都有就判“{correct}”，有一部分判“{partial}”，"
    "没有或说反了判“{incorrect}”。",
    count="数一数写对了几个：够 {asked} 个判“{correct}”，不够判“{partial}”，"
    "一个都没有判“{incorrect}”。",
    look_for="看看答案里有没有“{point}”的意思：有就判“{higher}”，没有就判“{lower}”。",
    rule="该从严还是从宽，由你定；在这套题里再裁定约 {count} 个答案，自动评分就会照你的尺度来。",
)
EN = Wording(
    verdicts={"correct": "correct", "partial": "partly correct", "incorrect": "incorrect"},
    alarm="{quote}: {why}.",
    alarm_unquoted="{why}.",
    point="the key point “{point}” was not found; it may be said in other words.",
    points="key points that were not found: {count}; they may be said in other words.",
    strictness="a strict grader would say {strict}, a lenient one {lenient}.",
    language="answer and reference are in different languages, so their words cannot be matched.",
    wording="it is worded so unlike the reference that the words do not show whether it "
    "means the same.",
    between="it lies between {lower} and {higher}: only a part of it matches.",
    answer="your answer",
    reference="the reference",
    key_point="the key point “{point}”",
    compare="Compare {said} with {target}: if they mean the same, rule {higher}, if not, {lower}.",
    go_through="Go through the reference: if all of it is there in meaning, rule {correct}, "
    "if a part is, {partial}, if none or the opposite, {incorrect}.",
    count="Count the items that are right: with {asked} of them rule {correct}, with fewer "
    "{partial}, with none {incorrect}.",
    look_for="Look for “{point}” in the answer, in whatever words: if it is there, "
    "rule {higher}, if not, {lower}.",
    rule="You say how strict to be; after about {count} rulings on this deck, "
    "grading will follow yours.",
)


def wording(language: Language) -> Wording:
    """The sentences of a language."""
    return ZH if language == "zh" else EN
