"""Text that nobody should type, of any length: what it costs, and how the cost grows."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

from benchmarks.figure import Figure
from benchmarks.process import printed
from tutor.errors import TutorError
from tutor.grading.extent import LONGEST_ANSWER, LONGEST_ITEM
from tutor.grading.grade import Grader
from tutor.grading.item import Item

LONG = 100_000
_HAN = "的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后"
_WORDS = (
    "the model reward policy not is increases decreases of to and training data because penalty "
    "16 epochs first second than instead or with without"
).split()
_REPEATED = {
    "one letter": "a", "one Han character": "的", "spaces": " ", "line ends": "\n", "dots": ".",
    "digits": "1", "digits and commas": "1,", "Chinese numerals": "一百", "brackets": "(",
    "closing brackets": ")", "braces": "{", "tags": "<system", "headings": "# system\nx\n",
    "forged labels": "【评分", "forged verdicts": '{"verdict":', "orders": "请你",
    "fractions": "1/2", "powers": "2^3 ", "LaTeX": "\\frac{a}{", "sums": "a+", "signs": "-1",
    "indices": "x_{i}^",
    "list markers": "1) ", "bullets": "- a\n", "circled numbers": "① ", "openers": "解答",
    "doubts": "我不知道", "negations": "not ", "names in brackets": "监督（SFT）", "initials": "a ",
    "alternatives": "a/b/", "sentences": ". A", "quantities": "16 epochs, ", "ranges": "1到",
    "emoji": "😀", "joined emoji": "👨\u200d👩\u200d👧", "right to left": "مرحبا ",
    "zero width": "\u200b", "overrides": "\u202eabc", "lone surrogates": "a\udfff",
    "marks": "\u0301\u0327", "exponents": "x²", "ligatures": "ﷺ", "Thai": "ไทย",
}  # fmt: skip


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda length: (piece * (length // len(piece) + 1))[:length]


def _drawn(pieces: Sequence[str], between: str = "") -> Callable[[int], str]:
    def draw(length: int) -> str:
        source = random.Random(length)
        return between.join(source.choice(pieces) for _ in range(length))[:length]

    return draw


KINDS: dict[str, Callable[[int], str]] = {
    **{name: _repeated(piece) for name, piece in _REPEATED.items()},
    "nested brackets": lambda length: "(" * (length // 2) + ")" * (length - length // 2),
    "random text": _drawn([chr(code) for code in range(1, 0x3000)]),
    "random Han": _drawn(_HAN + "，。；、"),
    "random signs": _drawn("abxy012+-*/^_(){}=,. "),
    "random words": _drawn(_WORDS, " "),
    "mixed scripts": _drawn(_HAN + "abcdefgh ,.;()12"),
    "numbers": lambda length: " ".join(map(str, range(10, length)))[:length],
    "clauses with numbers": lambda n: "，".join(f"模型{i * 7}个" for i in range(n))[:n],
}
"""Ways to make a text of so many characters."""

FREE = Item(
    "RLHF 的三个步骤是什么？",
    (
        "监督微调（SFT）；奖励模型训练 (RM)；用 PPO 强化学习优化 16 epochs",
        "First collect demonstrations, then train a reward model, and optimise with PPO.",
    ),
)
BLANK = Item("训练 [...]", ("16 个 epoch",), kind="cloze")
FORMULA = Item("损失是 [...]", ("-log(σ(r_w - r_l))",), kind="cloze")
ITEMS = (FREE, BLANK, FORMULA)


def measure(runs: int) -> list[Figure]:
    """The slowest kind at a quarter and at all of what is read, of long answers and of cards."""
    code = "from benchmarks.bad_input import slowest; print(*slowest())"
    found = [tuple(map(float, printed(code).split())) for _ in range(runs)]
    quarter, whole, long, card = (tuple(values) for values in zip(*found, strict=True))
    kinds = f"slowest of {len(KINDS)} kinds of bad answer"
    base = Figure(f"{kinds}, {LONGEST_ANSWER // 4:,} characters", "s", quarter)
    return [
        base,
        Figure(f"{kinds}, {LONGEST_ANSWER:,} characters", "s", whole).over(base),
        Figure(f"{kinds}, {LONG:,} characters", "s", long).over(base),
        Figure(f"the same text as answer and reference, {LONGEST_ITEM:,} together", "s", card),
    ]


def slowest() -> tuple[float, float, float, float]:
    """Seconds of processor time of the slowest kind, for each figure."""
    from tutor.settings import Settings, build_grader

    grader = build_grader(Settings(embedder="none"))
    for item in ITEMS:
        grader.grade(item, "奖励模型 reward 3")  # reads glossary and lexicon
    answers = (
        max(seconds(grader, item, make(length)) for make in KINDS.values() for item in ITEMS)
        for length in (LONGEST_ANSWER // 4, LONGEST_ANSWER, LONG)
    )
    texts = (make(LONGEST_ITEM // 2) for make in KINDS.values())
    both = max(seconds(grader, Item("?", (text,)), f"{text} 另外") for text in texts)
    quarter, whole, long = answers
    return quarter, whole, long, both


def seconds(grader: Grader, item: Item, answer: str) -> float:
    """Seconds of processor time to grade an answer or to refuse it."""
    started = time.process_time()
    try:
        grader.grade(item, answer)
    except TutorError:
        pass
    return time.process_time() - started
