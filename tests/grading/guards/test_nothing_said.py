"""Guards against answers that say nothing: empty, punctuation, don't know, opener, copy."""

from __future__ import annotations

import pytest

from tutor.grading.guards import dont_know, empty, punctuation, question_copy, reference_opener


@pytest.mark.parametrize("answer", ["", " \n\t", "\u200b\ufeff", "\u3000"])
def test_empty(attempt, answer):
    (finding,) = empty.find(attempt(answer, "SFT"))
    assert (finding.name, finding.effect) == ("empty", "reject")


def test_a_single_mark_is_not_empty_but_punctuation(attempt):
    assert not empty.find(attempt("。", "SFT"))
    assert punctuation.find(attempt("。", "SFT"))


@pytest.mark.parametrize("answer", [":", "……", "?!", "---", "👍", "「」"])
def test_punctuation(attempt, answer):
    (finding,) = punctuation.find(attempt(answer, "SFT"))
    assert (finding.name, finding.effect) == ("punctuation", "reject")


@pytest.mark.parametrize(
    ("answer", "reference"), [("3", "3"), ("是", "是"), ("+", "+"), ("β", "β")]
)
def test_a_word_a_digit_or_a_sign_asked_for_is_no_punctuation(attempt, answer, reference):
    assert not punctuation.find(attempt(answer, reference))


@pytest.mark.parametrize(
    "answer",
    [
        "不知道", "我不知道。", "忘了", "不会做", "真的不清楚", "抱歉，我忘记了",
        "对这个问题没有头绪", "不知道，忘了", "？", "idk",
        "I don't know", "i dont know", "No idea!", "sorry, I forgot",
        "I don't remember this one", "pass", "N/A", "not sure", "I have no idea what the answer is",
    ],
)  # fmt: skip
def test_dont_know(attempt, answer):
    (finding,) = dont_know.find(attempt(answer, "监督微调"))
    assert (finding.name, finding.effect) == ("dont_know", "reject")


@pytest.mark.parametrize(
    "answer",
    [
        "不知道词表外的词时模型会用子词", "我不知道全部，但有监督微调", "不会过拟合", "无监督学习",
        "I don't know all of it, but the first step is SFT", "pass the gradient back",
        "the model does not know what it does not know", "none of the labelers agreed", "",
    ],
)  # fmt: skip
def test_not_knowing_with_an_attempt_beside_it_is_an_attempt(attempt, answer):
    assert not dont_know.find(attempt(answer, "监督微调"))


def test_a_reference_may_say_dont_know(attempt):
    assert not dont_know.find(attempt("不确定", "不确定"))


@pytest.mark.parametrize(
    "answer",
    [
        "Solution:", "Answer:", "答案：", "解：", "Thought process:", "## Answer", "答案如下：",
        "Let's solve this step by step.", "让我们一步一步思考", "Step 1:", "首先，",
    ],
)  # fmt: skip
def test_an_opening_without_an_answer(attempt, answer):
    (finding,) = reference_opener.find(attempt(answer, "监督微调"))
    assert (finding.name, finding.effect) == ("reference_opener", "reject")


@pytest.mark.parametrize("answer", ["答案：监督微调", "Answer: SFT", "首先是监督微调", "solutions"])
def test_an_opening_with_an_answer(attempt, answer):
    assert not reference_opener.find(attempt(answer, "监督微调"))


@pytest.mark.parametrize(
    ("question", "answer", "reference"),
    [
        ("为什么大模型不一定更好？", "大模型不一定更好", "规模变大不等于遵循用户意图"),
        ("奖励模型的作用是什么？", "奖励模型的作用", "预测人类更偏好哪个输出"),
        (
            "What is the role of the reward model?",
            "the role of the reward model",
            "It ranks outputs",
        ),
        (
            "InstructGPT 能否泛化到非英语指令？",
            "InstructGPT 能否泛化到非英语指令",
            "可以，尽管数据是英语",
        ),
        (
            "InstructGPT 想让语言模型在哪一点上变得更好？用一句话说出目标。",
            "InstructGPT 想让语言模型在哪一点上变得更好？",
            "让行为符合用户意图",
        ),
        (
            "Can the labelers see the prompt? Explain in one sentence.",
            "can the labelers see the prompt",
            "Yes; they rank several completions of it",
        ),
        (
            "奖励模型会打分，为什么还要 KL 惩罚？请说明。",
            "奖励模型会打分",
            "防止策略偏离初始分布太远",
        ),
        (
            "为什么要惩罚 KL，不惩罚行吗？",
            "为什么要惩罚 KL",
            "防止策略偏离初始分布太远",
        ),
        (
            "The reward model is only a proxy. What goes wrong when it is optimised too hard?",
            "The reward model is only a proxy.",
            "Real quality falls while the measured one still rises",
        ),
        (
            "Order these by access time, fastest first: main memory, register, SSD.",
            "Order these by access time, fastest first: main memory, register, SSD.",
            "Register, main memory, SSD.",
        ),
        (
            "1.3B 的 InstructGPT 和 175B 的 GPT-3 谁的输出更受喜爱？两者参数相差多少？",
            "1.3B 的 InstructGPT 和 175B 的 GPT-3 谁的输出更受喜爱？两者参数相差多少？",
            "1.3B 的 InstructGPT 更受喜爱，而它的参数要少 100 多倍。",
        ),
        (
            "胰岛素和胰高血糖素对血糖各有什么作用？",
            "胰岛素和胰高血糖素对血糖各有作用",
            "胰岛素降低血糖，胰高血糖素升高血糖。",
        ),
        (
            "How many chromosomes has each daughter cell after mitosis in humans?",
            "The chromosomes that each daughter cell has after mitosis in humans",
            "Each daughter cell has 46 chromosomes",
        ),
    ],
)
def test_question_copy(attempt, question, answer, reference):
    (finding,) = question_copy.find(attempt(answer, reference, question=question))
    assert (finding.name, finding.effect) == ("question_copy", "reject")


@pytest.mark.parametrize(
    ("question", "answer", "reference"),
    [
        ("数组和链表哪个更适合随机访问？", "数组", "数组，因为地址连续"),
        ("Is A or B hotter?", "B", "B absorbs more heat"),
        ("InstructGPT 能否泛化？", "能", "可以，尽管数据几乎全是英语"),
        ("小模型加对齐更好，还是大模型更好？", "小模型加对齐更好", "小模型加对齐"),
        ("奖励模型的作用是什么？", "预测哪个输出更受偏好", "预测人类更偏好哪个输出"),
        ("What would you see in the mirror?", "You would see the same", "The image of it"),
        ("2^(n-1) 等于什么？", "2n-1", "n=1 时的值"),
        ("The filter is on. It hums. True or false?", "The filter is on.", "True, power flows"),
        ("苹果和香蕉，哪个含钾更多？", "香蕉", "香蕉，每百克约三百五十毫克"),
        (
            "Eggshells lay in vinegar. Bubbles rose and the liquid was clear. Why a reaction?",
            "Bubbles rose",
            "Gas is a new material",
        ),
        (
            "Put in order: the attack on Poland, the attack on Pearl Harbor, D-Day.",
            "the attack on Poland, the attack on Pearl Harbor, D-Day",
            "First the attack on Poland (1939), then Pearl Harbor, then D-Day",
        ),
        (
            "Does the volume of water increase when it freezes?",
            "The volume of water does increase when it freezes",
            "The volume of water increases by nine per cent when it freezes",
        ),
        (
            "What happens to the length of a metal rod when it is heated?",
            "The length of a metal rod does not stay the same when it is heated",
            "It grows",
        ),
    ],
)
def test_choosing_or_adding_is_no_copy(attempt, question, answer, reference):
    assert not question_copy.find(attempt(answer, reference, question=question))


def test_a_cloze_text_with_its_gap_is_no_fill(attempt):
    question = "RLHF 的核心转换，是把人的[...]变成可以拿来优化的奖励信号。"
    (finding,) = question_copy.find(attempt(question, "偏好", question=question, kind="cloze"))
    assert finding.name == "question_copy"


def test_a_cloze_fill_may_use_words_of_its_text(attempt):
    question = "[...] > [大模型 - 对齐]，小模型需要对齐"
    assert not question_copy.find(
        attempt("小模型 对齐", "小模型 + 对齐", question=question, kind="cloze")
    )
