"""Grades with composed feedback for tests of its rewording, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.feedback.compose import compose_feedback
from tutor.grading.cause import Cause
from tutor.grading.grade import (
    RATINGS,
    FirstGrade,
    Grade,
    JudgeReceipt,
    JudgeTokens,
    KeyPoint,
    Language,
    Receipt,
    Verdict,
)
from tutor.grading.guards.finding import Finding
from tutor.grading.item import Item, PointSpec
from tutor.grading.judging.wording import wording

SKY = Item(
    "Why is the sky blue?",
    ("Air molecules scatter sunlight. Short waves are scattered most.",),
    (PointSpec("Air molecules scatter sunlight"), PointSpec("Short waves are scattered most")),
)
LEAF = Item(
    "光合作用的原料和产物是什么？",
    ("原料是二氧化碳和水；产物有氧气和 2 类有机物。",),
    (PointSpec("原料是二氧化碳和水"), PointSpec("产物有氧气和 2 类有机物")),
)
BLANK = Item("GPT-3 learns to [...] in pretraining.", ("predict the next token",), kind="cloze")
FILL = Item("把人的偏好变成可以优化的[...]信号。", ("奖励",), kind="cloze")

Said = tuple[str, str | None]
"""What the answer does with a key point, and its words."""


def graded(
    item: Item,
    answer: str,
    said: Sequence[Said],
    verdict: Verdict,
    *,
    wrong: str = "",
    cut: bool = False,
    extra: str = "",
) -> Grade:
    """A judged grade: `wrong` is a false claim beyond the points, `extra` an optional point that
    is missing; with `cut` the grade is unsure, for the judge did not see all of the answer."""
    language: Language = "zh" if item in (LEAF, FILL) else "en"
    texts = [point.text for point in item.key_points] or list(item.references)
    points = [_point(text, answer, *each) for text, each in zip(texts, said, strict=True)]
    if extra:
        points.append(KeyPoint(text=extra, status="missing", required=False))
    words = wording(language)
    causes = [Cause("cut", words.cut, words.settle_cut)]
    span = (answer.index(wrong), answer.index(wrong) + len(wrong))
    found = Finding(
        "judged_wrong", "contradict", wording("zh").wrong, wording("en").wrong, span=span
    )
    return Grade(
        verdict=verdict,
        score={"correct": 0.9, "partial": 0.5, "incorrect": 0.1}[verdict],
        confidence=0.9,
        unsure=cut,
        key_points=tuple(points),
        reasons=(),
        feedback=compose_feedback(
            item=item,
            answer=answer,
            verdict=verdict,
            unsure=cut,
            key_points=points,
            findings=[found] if wrong else [],
            causes=causes if cut else [],
            language=language,
        ),
        rating=RATINGS[verdict],
        receipt=Receipt(
            grader="local-1+judge",
            embedder="none",
            calibration="text-1",
            policy="standard",
            judge=JudgeReceipt(
                model="m",
                endpoint="http://localhost/v1",
                tokens=JudgeTokens(input=700, output=60),
                latency_ms=900.0,
                attempts=1,
                local=FirstGrade(verdict=verdict, score=0.5, confidence=0.5, unsure=True),
            ),
            elapsed_ms=1000.0,
        ),
    )


def _point(text: str, answer: str, status: str, quote: str | None) -> KeyPoint:
    start = answer.index(quote) if quote else 0
    span = (start, start + len(quote)) if quote else None
    return KeyPoint.model_validate({"text": text, "status": status, "quote": quote, "span": span})


MISSING: Said = ("missing", None)
GRADES: dict[str, Grade] = {
    "correct": graded(
        SKY,
        "the air's molecules bounce light around, and short waves bounce more than long ones",
        [
            ("covered", "the air's molecules bounce light around"),
            ("covered", "short waves bounce more than long ones"),
        ],
        "correct",
    ),
    "partial": graded(
        SKY,
        "molecules of air spread the light",
        [("covered", "molecules of air spread the light"), MISSING],
        "partial",
    ),
    "turned": graded(
        SKY,
        "molecules of air spread the light, long waves most",
        [("covered", "molecules of air spread the light"), ("contradicted", "long waves most")],
        "partial",
    ),
    "opposed": graded(
        SKY,
        "dust swallows it, and long waves are scattered most",
        [MISSING, ("contradicted", "long waves are scattered most")],
        "incorrect",
    ),
    "nothing": graded(SKY, "it mirrors the ocean", [MISSING, MISSING], "incorrect"),
    "doubted": graded(
        SKY,
        "air scatters short waves of the sun",
        [("covered", "air scatters"), ("covered", "short waves of the sun")],
        "correct",
        cut=True,
    ),
    "half doubted": graded(
        SKY, "air scatters light", [("covered", "air scatters light"), MISSING], "partial", cut=True
    ),
    "blank": graded(BLANK, "translate texts", [("contradicted", "translate texts")], "incorrect"),
    "extra": graded(
        SKY,
        "molecules scatter light, short waves most",
        [("covered", "molecules scatter light"), ("covered", "short waves most")],
        "correct",
        extra="Violet is scattered even more",
    ),
    "added": graded(
        SKY,
        "molecules scatter light. the moon helps too",
        [("covered", "molecules scatter light"), MISSING],
        "partial",
        wrong="the moon helps too",
    ),
    "对": graded(
        LEAF,
        "吸收 CO2 和水，放出氧，造出两类有机物",
        [("covered", "吸收 CO2 和水"), ("covered", "放出氧，造出两类有机物")],
        "correct",
    ),
    "一半": graded(LEAF, "用二氧化碳加水来做", [("covered", "用二氧化碳加水"), MISSING], "partial"),
    "反": graded(
        LEAF,
        "用二氧化碳加水，产物是氮气",
        [("covered", "用二氧化碳加水"), ("contradicted", "产物是氮气")],
        "partial",
    ),
    "错": graded(
        LEAF, "吸收氧气，长叶子", [("contradicted", "吸收氧气"), MISSING], "incorrect"
    ),
    "没有": graded(LEAF, "植物是绿的", [MISSING, MISSING], "incorrect"),
    "存疑": graded(
        LEAF,
        "碳和水进去，氧和有机物出来",
        [("covered", "碳和水进去"), ("covered", "氧和有机物出来")],
        "correct",
        cut=True,
    ),
    "半疑": graded(LEAF, "碳和水进去", [("covered", "碳和水进去"), MISSING], "partial", cut=True),
    "空": graded(FILL, "惩罚", [("contradicted", "惩罚")], "incorrect"),
    "附加": graded(
        LEAF,
        "二氧化碳和水变成氧气和两类有机物",
        [("covered", "二氧化碳和水"), ("covered", "氧气和两类有机物")],
        "correct",
        extra="需要光",
    ),
    "添": graded(
        LEAF,
        "用二氧化碳和水，月亮也有用",
        [("covered", "用二氧化碳和水"), MISSING],
        "partial",
        wrong="月亮也有用",
    ),
}  # fmt: skip
