from __future__ import annotations

import dataclasses
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.feedback.compose import compose_feedback
from tutor.feedback.wording import EN, ZH
from tutor.grading.cause import Cause
from tutor.grading.grade import Feedback, KeyPoint
from tutor.grading.guards.finding import Finding
from tutor.grading.item import Item, PointSpec

ITEM = Item("KL 惩罚有什么作用？", ("防止策略偏离太远；避免过度优化",))
ANSWER = "别让它跑得太远，然后随便写 {quote} %s"
FAR, OVER = "防止策略偏离太远", "避免过度优化"


def point(text: str, status: str = "covered", quote: str | None = None, required: bool = True):
    start = ANSWER.find(quote) if quote else -1
    span = (start, start + len(quote)) if quote and start >= 0 else None
    return KeyPoint(text=text, status=status, quote=quote, span=span, required=required)


def compose(verdict: str, *points: KeyPoint, findings=(), unsure=False, language="zh", **changes):
    given = {"item": ITEM, "answer": ANSWER, **changes}
    return compose_feedback(
        verdict=verdict,
        unsure=unsure,
        key_points=points,
        findings=findings,
        language=language,
        **given,
    )


def lines(feedback: Feedback) -> list[str]:
    return [
        feedback.summary,
        *feedback.right,
        *feedback.missing,
        *feedback.wrong,
        feedback.next_step,
    ]


def everything(feedback: Feedback) -> str:
    return "\n".join(lines(feedback))


def test_what_is_right_is_said_in_the_learners_own_words():
    (right,) = compose("correct", point(FAR, quote="别让它跑得太远")).right
    assert right == "你写到「别让它跑得太远」，对应要点：防止策略偏离太远。"


def test_one_quote_that_covers_two_points_is_quoted_once():
    feedback = compose("correct", point(FAR, quote="太远"), point(OVER, quote="太远"))
    (right,) = feedback.right
    assert right.count("「太远」") == 1
    assert FAR in right
    assert OVER in right


def test_a_quote_equal_to_its_point_does_not_say_it_twice():
    (right,) = compose("correct", point(FAR, quote=FAR + "。")).right
    assert right.count(FAR) == 1


def test_a_partial_answer_is_counted_and_told_what_to_say_again():
    feedback = compose("partial", point(FAR, quote="太远"), point(OVER, "missing"))
    assert "2 个要点里写到了 1 个" in feedback.summary
    assert feedback.missing == ("没有写到：避免过度优化。",)
    assert OVER in feedback.next_step


def test_two_missing_points_are_counted_in_the_next_step():
    points = point(FAR, quote="太远"), point(OVER, "missing"), point("稳定", "missing")
    assert "2 missing points" in compose("partial", *points, language="en").next_step


def test_a_correct_answer_misses_at_most_an_extra_point():
    feedback = compose(
        "correct",
        point(FAR, quote="太远"),
        point(OVER, "missing"),
        point("稳定训练", "missing", required=False),
    )
    assert feedback.missing == ("附加要点（不要求）：稳定训练。",)
    assert OVER not in everything(feedback)


def test_a_correct_answer_is_not_said_to_cover_points_that_the_grade_did_not_find():
    found, unfound = point(FAR, quote="太远"), point(OVER, "missing")
    assert compose("correct", found).summary != compose("correct", found, unfound).summary


def test_a_contradicted_point_quotes_her_words_and_says_why():
    contradiction = Finding(
        "quantity", "contradict", "数字不同。", "The number differs.", 0, (0, 3)
    )
    feedback = compose("incorrect", point(FAR, "contradicted", "别让它"), findings=[contradiction])
    (wrong,) = feedback.wrong
    assert "「别让它」" in wrong
    assert FAR in wrong
    assert wrong.endswith("原因：数字不同。")
    assert "数字" in feedback.next_step
    assert "没有看到" not in feedback.summary


def test_a_contradiction_of_no_listed_point_is_told_too():
    finding = Finding(
        "polarity", "contradict", "方向相反", "The direction is reversed", None, (0, 7)
    )
    feedback = compose("incorrect", point(FAR, "missing"), findings=[finding], language="en")
    assert feedback.wrong == ("“别让它跑得太远”: The direction is reversed.",)
    assert "direction" in feedback.next_step


def test_nothing_bears_on_the_question_only_when_nothing_was_covered():
    nothing = compose("incorrect", point(FAR, "missing"), language="en").summary
    something = compose(
        "incorrect", point(FAR, quote="太远"), point(OVER, "missing"), language="en"
    ).summary
    assert nothing.startswith("Nothing in the answer bears on")
    assert not something.startswith("Nothing")


@pytest.mark.parametrize("verdict", ["correct", "partial", "incorrect"])
@pytest.mark.parametrize(("language", "say"), [("zh", "由你裁定"), ("en", "decide")])
def test_an_unsure_grade_asks_for_her_ruling(verdict, language, say):
    sure = compose(verdict, point(FAR, "missing"), language=language)
    unsure = compose(verdict, point(FAR, "missing"), unsure=True, language=language)
    assert say in unsure.summary
    assert say not in sure.summary
    assert unsure.next_step != sure.next_step


def test_an_unsure_grade_says_why_and_what_would_settle_it():
    causes = [
        Cause("alarm", "「不」：说反了。", "先看「不」。"),
        Cause("between", "两可。", "再看。"),
    ]
    feedback = compose("partial", point(FAR, "missing"), causes=causes, unsure=True)
    assert feedback.summary.endswith("原因：「不」：说反了。")
    assert feedback.next_step == "先看「不」。"
    assert feedback.wrong == ()
    assert "两可" not in everything(feedback)


NO_ATTEMPTS = ["empty", "punctuation", "question_copy", "instruction_only", "reference_opener"]


@pytest.mark.parametrize("name", NO_ATTEMPTS)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("status", ["missing", "covered", "contradicted"])
def test_no_attempt_is_an_invitation_and_gives_nothing_away(name, language, status):
    reason = Finding(name, "reject", "没有写下内容。", "Nothing was written.")
    feedback = compose(
        "incorrect",
        point(FAR, status, "太远"),
        point(OVER, status),
        findings=[reason],
        language=language,
    )
    assert FAR not in everything(feedback)
    assert OVER not in everything(feedback)
    assert "2" in feedback.next_step
    assert feedback.missing == feedback.right == ()


def test_dont_know_is_over_and_names_the_points_without_a_hedge():
    reason = Finding("dont_know", "reject", "这次选择了不作答。", "This one was left unanswered.")
    feedback = compose("incorrect", point(FAR, "missing"), findings=[reason], unsure=True)
    assert feedback.missing == ("没有写到：防止策略偏离太远。",)
    assert "裁定" not in everything(feedback)
    assert "用自己的话" in feedback.next_step


def test_a_blank_is_spoken_of_as_a_blank():
    blank = Item("训练 [...]", ("16 epochs",), kind="cloze")
    right = compose("correct", point("16 epochs", quote="太远"), item=blank)
    wrong = compose("incorrect", point("16 epochs", "missing"), item=blank)
    assert right.summary == "这一空填对了。"
    assert wrong.missing == ("参考答案：16 epochs。",)
    assert "要点" not in everything(right) + everything(wrong)


def test_without_key_points_the_reference_is_what_is_missing():
    blank = Item("训练 [...]", ("16 epochs",), kind="cloze")
    assert compose("incorrect", item=blank).missing == ("参考答案：16 epochs。",)


def test_an_accepting_finding_is_what_is_right_when_no_point_is_quoted():
    same = Finding("same", "accept", "与参考答案一致。", "It equals the reference.", None, (0, 3))
    assert compose("correct", findings=[same]).right == ("「别让它」：与参考答案一致。",)


def test_braces_and_percent_signs_in_the_answer_are_only_text():
    (right,) = compose("correct", point(FAR, quote="{quote} %s")).right
    assert "「{quote} %s」" in right


def test_both_languages_fill_the_same_slots():
    for field in dataclasses.fields(ZH):
        slots = [re.findall(r"{\w+}", str(getattr(words, field.name))) for words in (ZH, EN)]
        assert sorted(slots[0]) == sorted(slots[1]), field.name


statuses = st.sampled_from(["covered", "missing", "contradicted"])
quotes = st.sampled_from([None, "the line", "line\x1b[2J two\u202e", "x" * 90])
english_points = st.lists(
    st.builds(
        KeyPoint,
        text=st.sampled_from(["Alpha one.", "Beta\ttwo", "Gamma three"]),
        status=statuses,
        quote=quotes,
        required=st.booleans(),
    ),
    max_size=4,
)
findings = st.lists(
    st.builds(
        Finding,
        name=st.sampled_from([*NO_ATTEMPTS, "dont_know", "quantity", "polarity"]),
        effect=st.sampled_from(["reject", "accept", "contradict", "doubt"]),
        zh=st.just("这里不同。"),
        en=st.just("This differs."),
        point=st.sampled_from([None, 0, 3]),
        span=st.sampled_from([None, (0, 8)]),
    ),
    max_size=3,
)
verdicts = st.sampled_from(["correct", "partial", "incorrect"])
PRAISE = re.compile(
    r"good job|well done|great|clever|smart|excellent|perfect|太棒|聪明|真棒|优秀|笨|lazy|stupid",
    re.I,
)


@settings(max_examples=150, deadline=None)
@given(verdicts, st.booleans(), english_points, findings, st.sampled_from(["free", "cloze"]))
def test_feedback_agrees_with_its_verdict_in_either_language(verdict, unsure, points, found, kind):
    asked = Item("Which line?", ("Alpha one; Beta two",), kind=kind)
    for language in ("zh", "en"):
        feedback = compose_feedback(
            item=asked, answer="the line is here", verdict=verdict, unsure=unsure,
            key_points=points, findings=found, language=language,
        )  # fmt: skip
        text = everything(feedback)
        assert feedback.language == language
        assert not PRAISE.search(text)
        assert not re.search(r"{\w*}|None|\.\.|。。|。\.|\.。", text)
        assert all(unicodedata.category(char)[0] != "C" for char in text.replace("\n", ""))
        ends = "。" if language == "zh" else "."
        assert all(line.endswith(ends) for line in lines(feedback))
        assert language == "zh" or not re.search("[\u3000-\u9fff\uff00-\uffef]", text)
        if verdict == "correct" and not any(f.effect == "reject" for f in found):
            # What is wrong beyond all key points costs no verdict, and is told all the same.
            beyond = [f for f in found if f.effect == "contradict" and f.point is None]
            assert len(feedback.wrong) == len(beyond)
            required = {p.text.strip(".") for p in points if p.required and p.status == "missing"}
            extra = {p.text.strip(".") for p in points if not p.required}
            assert not any(name in "".join(feedback.missing) for name in required - extra)


CHOICE = Item("列举两个好处。", ("减轻过拟合；节省计算；便于并行；提高稳定性",))
GIVEN = {"item": CHOICE, "answer": "节省计算，便于并行"}


def choice(*statuses: str) -> list[KeyPoint]:
    """The four points of the list; the first two that are covered or missing are required."""
    texts = CHOICE.references[0].split("；")
    ordered = sorted(range(4), key=lambda i: statuses[i] != "covered")[:2]
    return [
        KeyPoint(text=text, status=status, required=i in ordered)
        for i, (text, status) in enumerate(zip(texts, statuses, strict=True))
    ]


def test_a_choice_is_counted_by_what_the_question_asks_for():
    enough = choice("missing", "covered", "covered", "missing")
    told = compose("correct", *enough, **GIVEN)
    assert told.summary == "回答正确：题目要 2 个，你写对了 2 个。"
    assert told.missing == ("也可以写：减轻过拟合；提高稳定性。",)
    assert told.next_step == ZH.next_correct
    told = compose("partial", *choice("missing", "covered", "missing", "missing"), **GIVEN)
    assert told.summary == "答对了一部分：你写对了 1 个，题目要 2 个。"
    assert told.missing == ("还差 1 个，可以写其中的任何一个：减轻过拟合；便于并行；提高稳定性。",)
    assert "1 个" in told.next_step


def test_a_choice_is_counted_in_english_and_extras_count_as_given():
    item = Item("Name any two benefits.", ("speed; cost; accuracy; size",))
    points = choice("covered", "covered", "covered", "missing")
    told = compose("correct", *points, item=item, answer="x", language="en")
    assert told.summary == "The answer is correct: 2 asked for, 3 given."
    assert told.missing == ("Others that would count: 提高稳定性.",)


def test_an_optional_point_of_the_author_is_no_choice():
    item = Item("说出一点", ("参考",), (PointSpec("甲乙"), PointSpec("丙丁", required=False)))
    points = [point("甲乙"), point("丙丁", "missing", required=False)]
    assert compose("correct", *points, item=item).summary == ZH.correct_extra
