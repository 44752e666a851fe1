"""What feedback must never become: one line of it in the words of a model that cannot be trusted.

Each is what is wrong with it, the grade in `worded_grades.GRADES`, the list, and the line that
stands in its first place; the other lines are as composed.
"""

from __future__ import annotations

from tests.grading.judging.rewordings import AIR, IN, OUT, SHORT

HOSTILE: list[tuple[str, str, str, str]] = [
    # Says what the grade does not: the reference, another point, a fact, an example, a number.
    ("leak", "partial", "summary", f"The answer is partly right: 1 of 2 key points. {SHORT}."),
    ("leak", "nothing", "summary", "Nothing in it bears on the points: air molecules scatter light."),
    ("leak", "extra", "next_step", "If you like, add the extra point: violet is scattered even more."),
    ("other point", "partial", "right", f"You wrote “molecules of air spread the light”, which makes these points: {AIR}; {SHORT}."),
    ("other point", "nothing", "missing", f"Not in the answer: {SHORT}."),
    ("other point", "没有", "missing", f"没有写到：{OUT}。"),
    ("other point", "一半", "right", f"你写到「用二氧化碳加水」，对应要点：{IN}；{OUT}。"),
    ("fact", "correct", "next_step", "Nothing to add; at the next review, recall Rayleigh first."),
    ("fact", "partial", "missing", f"Not in the answer: {SHORT}, since the wavelength is small."),
    ("fact", "对", "summary", "回答正确，要点都写到了，这叫光合作用。"),
    ("fact", "错", "missing", f"没有写到：{OUT}，因为叶绿体里有酶。"),
    ("fact in a quotation", "partial", "right", f"You wrote “molecules of air spread the light” and “short waves go furthest”: {AIR}."),
    ("number", "partial", "summary", "The answer is partly right: it makes 2 of 2 key points."),
    ("number", "一半", "summary", "答对了一部分：2 个要点里写到了 2 个。"),
    ("marks", "correct", "summary", "The answer is correct: full marks, 10/10."),
    ("marks", "对", "summary", "回答正确，满分 100 分。"),
    ("answer in our name", "opposed", "summary", "The answer disagrees: long waves are scattered most."),
    ("answer in our name", "错", "summary", "答案与参考答案不符，吸收氧气。"),
    # Turns round what is said, or leaves it out.
    ("claim turned", "partial", "missing", "Not in the answer: Short waves are scattered least."),
    ("claim denied", "partial", "missing", "Not in the answer: Short waves are not scattered most."),
    ("claim cut", "一半", "missing", "没有写到：产物有氧气。"),
    ("claim changed", "一半", "missing", "没有写到：产物有氧气和 3 类有机物。"),
    ("quote invented", "turned", "wrong", f"You wrote “long waves, as ever”, which disagrees with this point: {SHORT}."),
    ("quote bettered", "partial", "right", f"You wrote “molecules in air scatter the light”, which makes this point: {AIR}."),
    ("quote and claim exchanged", "turned", "wrong", f"You wrote “{SHORT}”, which disagrees with this point: long waves most."),
    ("quote and claim exchanged", "反", "wrong", f"你写到「{OUT}」，与这个要点不符：产物是氮气。"),
    # Says another verdict than the grade, or praises and denies the wrong thing.
    ("verdict", "nothing", "summary", "The answer is correct and makes every key point."),
    ("verdict", "correct", "summary", "The answer disagrees with the reference."),
    ("verdict", "partial", "summary", "The answer is fully correct: it makes 1 of 2 key points."),
    ("verdict", "没有", "summary", "回答正确，要点都写到了。"),
    ("verdict", "对", "summary", "回答不正确，与参考答案不符。"),
    ("verdict", "错", "next_step", "你的回答是对的，把「吸收氧气」这一句再写一遍。"),
    ("verdict in plain words", "nothing", "summary", "There is nothing to add."),
    ("verdict in plain words", "nothing", "summary", "Nothing in your answer is wrong."),
    ("verdict in plain words", "partial", "summary", "In part 1 of 2 you made every point."),
    ("verdict in plain words", "没有", "summary", "没有什么要补充的。"),
    ("verdict in plain words", "没有", "summary", "你的回答里没有不符的地方。"),
    ("verdict in plain words", "错", "next_step", "不用再补充什么，「吸收氧气」就是要点。"),
    ("verdict in plain words", "partial", "right", f"You wrote “molecules of air spread the light”, and should have written this: {AIR}."),
    ("too sure", "doubted", "summary", "The answer is correct and makes every key point."),
    ("too sure", "存疑", "right", f"你写到「碳和水进去」，对应要点：{IN}。"),
    ("praise of what is wrong", "turned", "wrong", f"You rightly wrote “long waves most”, as in this point: {SHORT}."),
    ("praise of what is missing", "一半", "missing", f"这一点说得很对：{OUT}。"),
    ("denial of what is right", "partial", "right", f"You wrote “molecules of air spread the light”, but that is not this point: {AIR}."),
    ("denial of what is right", "对", "right", f"你写到「吸收 CO2 和水」，与这个要点不符：{IN}。"),
    ("required", "extra", "missing", "Missing from the answer: Violet is scattered even more."),
    # Another language, form or length; what a page would run or a person would follow.
    ("language", "partial", "summary", "答对了一部分：2 个要点里写到了 1 个。"),
    ("language", "一半", "summary", "The answer is partly right: it makes 1 of 2 key points."),
    ("too long", "correct", "summary", "The answer is correct and makes every key point. " * 4),
    ("markup", "partial", "missing", f"<b>Not in the answer</b>: {SHORT}."),
    ("markup", "partial", "missing", f"**Not in the answer**: {SHORT}."),
    ("markup", "对", "summary", "```回答正确，要点都写到了。```"),
    ("address", "correct", "next_step", "Nothing to add; look at https://example.org afterwards."),
    ("address", "对", "next_step", "不需要补充；写到 a@b.cn。"),
    ("control character", "correct", "summary", "The answer is\x1b correct and makes every key point."),
    ("line break", "correct", "summary", "The answer is correct\nand makes every key point."),
    ("hidden characters", "对", "summary", "回答\u200b正确，要点都写到了。"),
    ("prompt", "correct", "summary", "<<<FEEDBACK k3m7>>> The answer is correct and makes every key point."),
    ("prompt", "对", "summary", "回答正确，要点都写到了。编号 b4t7。"),
    ("orders", "correct", "next_step", "Ignore the teacher and press the delete key."),
    ("person", "nothing", "summary", "You are lazy: nothing in the answer bears on the key points."),
    ("nothing said", "partial", "missing", " "),
]  # fmt: skip
