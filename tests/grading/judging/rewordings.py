"""Feedback in other words, as honest models write it: by the grade in `worded_grades.GRADES`.

Each is summary, right, missing, wrong and next step. They were written before the words of the
prompts were settled, from the instructions in the prompt alone.
"""

from __future__ import annotations

from typing import Any

Worded = tuple[str, list[str], list[str], list[str], str]
AIR, SHORT = "Air molecules scatter sunlight", "Short waves are scattered most"
IN, OUT = "原料是二氧化碳和水", "产物有氧气和 2 类有机物"


def reply(worded: Worded) -> dict[str, Any]:
    """The object that a model answers with."""
    return dict(zip(("summary", "right", "missing", "wrong", "next_step"), worded, strict=True))


HONEST: list[tuple[str, Worded]] = [
    ("correct", (
        "Your answer is right and covers every key point.",
        [
            f"Your words “the air's molecules bounce light around” make this point well: {AIR}.",
            f"With “short waves bounce more than long ones” you state the second one: {SHORT}.",
        ],
        [], [],
        "There is nothing to add. Next time, try to recall it before you look.",
    )),
    ("correct", (
        "Correct: all key points are there.",
        [
            f"“the air's molecules bounce light around” says exactly this: {AIR}.",
            f"“short waves bounce more than long ones” captures this: {SHORT}.",
        ],
        [], [],
        "You need add nothing; at the next review, answer from memory and check afterwards.",
    )),
    ("partial", (
        "You are partly right: your answer makes 1 of the 2 key points.",
        [f"You said “molecules of air spread the light”, and that is this point: {AIR}."],
        [f"What is still missing from your answer: {SHORT}."], [],
        f"Reread the missing point, look away, and put it in your own words: {SHORT}.",
    )),
    ("partial", (
        "Part of this is right: 1 of 2 key points is covered.",
        [f"Your phrase “molecules of air spread the light” fits this key point: {AIR}."],
        [f"One point did not come up: {SHORT}."], [],
        f"Take another look at the point you missed, then say it without looking: {SHORT}.",
    )),
    ("turned", (
        "Your answer is partly correct, but one thing in it conflicts with a key point.",
        [f"“molecules of air spread the light” makes this point: {AIR}."],
        [], [f"“long waves most” does not match this point: {SHORT}."],
        "Compare “long waves most” with the point above and reword it until it is right.",
    )),
    ("turned", (
        "Some of it is right, though something goes against a key point.",
        [f"When you wrote “molecules of air spread the light”, you made this point: {AIR}."],
        [], [f"When you wrote “long waves most”, you said the opposite of this point: {SHORT}."],
        "Check “long waves most” against that point and write it again so that it is correct.",
    )),
    ("opposed", (
        "Your answer does not agree with the reference.",
        [], [f"Your answer leaves this out: {AIR}."], [f"You wrote “long waves are scattered most”, which is at odds with this: {SHORT}."],
        "Hold “long waves are scattered most” up to the point above, then rewrite it correctly.",
    )),
    ("opposed", (
        "The answer and the reference contradict each other.",
        [], [f"This point does not appear in your answer: {AIR}."], [f"“long waves are scattered most” contradicts this key point: {SHORT}."],
        "Look at the point above and change “long waves are scattered most” to match it.",
    )),
    ("nothing", (
        "Your answer does not touch any of this question's key points.",
        [], [f"Missing: {AIR}.", f"Also missing: {SHORT}."], [],
        "Go back to the question and the reference, see what is asked, and try again without looking.",
    )),
    ("nothing", (
        "None of the key points is in your answer yet.",
        [], [f"You did not mention this: {AIR}.", f"You did not mention this either: {SHORT}."], [],
        "Reread the question and the reference until it is clear what is asked, then answer once more from memory.",
    )),
    ("doubted", (
        "This seems correct, but automatic grading is not sure: the answer is long and the judge saw only its first part. Compare it with the reference and decide.",
        [
            f"Your “air scatters” appears to make this point: {AIR}.",
            f"Your “short waves of the sun” appears to make this point: {SHORT}.",
        ],
        [], [],
        "Check the rest against the reference and decide for yourself.",
    )),
    ("doubted", (
        "It looks right, but the grader cannot be certain, because the judge saw only the first part of a long answer; you decide after comparing it with the reference.",
        [
            f"“air scatters” seems to say this: {AIR}.",
            f"“short waves of the sun” seems to say this: {SHORT}.",
        ],
        [], [],
        "Hold the rest of your answer against the reference; the ruling is yours.",
    )),
    ("half doubted", (
        "This seems partly right, but the grader cannot tell, since only the first part of your long answer was seen. Compare it with the reference and decide.",
        [f"You wrote “air scatters light”, which looks like this point: {AIR}."],
        [f"This was not found: {SHORT}; if you said it another way, you decide."], [],
        "Compare the remaining part with the reference and make your own ruling.",
    )),
    ("half doubted", (
        "Probably partly right; automatic grading could not tell because the judge read only the first part, so the decision is yours.",
        [f"“air scatters light” may well be this point: {AIR}."],
        [f"No words were found for this point: {SHORT}. If you did say it, your ruling counts."], [],
        "Go through the rest with the reference beside you, and rule on it yourself.",
    )),
    ("blank", (
        "What you filled in does not agree with the reference.",
        [], [], ["You filled in “translate texts”, but the reference has this: predict the next token."],
        "Read the complete sentence with the blank filled, cover the blank, and fill it again.",
    )),
    ("blank", (
        "This is not what the reference has in the blank.",
        [], [], ["“translate texts” differs from the reference: predict the next token."],
        "Read the filled sentence through once, hide the blank, and try it again from memory.",
    )),
    ("extra", (
        "Your answer is correct; every required point is there.",
        [
            f"“molecules scatter light” gives this point: {AIR}.",
            f"“short waves most” gives this point: {SHORT}.",
        ],
        ["There is one more point, which is optional: Violet is scattered even more."], [],
        "If you want to, put the extra point in your own words too.",
    )),
    ("extra", (
        "Right: you made all the points that are required.",
        [
            f"By “molecules scatter light” you say this: {AIR}.",
            f"By “short waves most” you say this: {SHORT}.",
        ],
        ["You could add an extra point, though it isn't required: Violet is scattered even more."], [],
        "You may add the extra point in your own words if you wish.",
    )),
    ("added", (
        "Partly right, but there is something in it that does not fit a key point.",
        [f"“molecules scatter light” covers this point: {AIR}."],
        [f"Your answer does not yet say this: {SHORT}."], ["The judge finds a mistake here: “the moon helps too”."],
        "Look at “the moon helps too” again beside the point above and correct it.",
    )),
    ("added", (
        "You have part of it, but one statement clashes with a key point.",
        [f"You got this point with “molecules scatter light”: {AIR}."],
        [f"Left out: {SHORT}."], ["“the moon helps too” is wrong, as the judge sees it."],
        "Compare “the moon helps too” with the point above and rewrite it the right way.",
    )),
    ("对", (
        "你的回答是对的，每个要点都写到了。",
        [
            f"「吸收 CO2 和水」说的就是这个要点：{IN}。",
            f"「放出氧，造出两类有机物」说出了这个要点：{OUT}。",
        ],
        [], [],
        "没有要补充的；下次复习时，先自己回忆一遍再看答案。",
    )),
    ("对", (
        "答对了，要点一个不漏。",
        [
            f"你用「吸收 CO2 和水」准确地说出了：{IN}。",
            f"你用「放出氧，造出两类有机物」准确地说出了：{OUT}。",
        ],
        [], [],
        "不用再补充什么，下次还是先回想，再核对答案。",
    )),
    ("一半", (
        "你答对了一部分，2 个要点写到了 1 个。",
        [f"「用二氧化碳加水」正是这个要点：{IN}。"],
        [f"还有一点没有提到：{OUT}。"], [],
        f"把没写到的要点再读一遍，合上答案，用自己的话说出来：{OUT}。",
    )),
    ("一半", (
        "这次对了一部分：2 个要点里你说到了 1 个。",
        [f"你写的「用二氧化碳加水」对上了这个要点：{IN}。"],
        [f"你的回答里缺少这一点：{OUT}。"], [],
        f"请重新看看缺的要点，然后不看答案，自己说一遍：{OUT}。",
    )),
    ("反", (
        "你答对了一部分，不过有一处和要点不一致。",
        [f"你写到「用二氧化碳加水」，这就是要点：{IN}。"],
        [], [f"你写的「产物是氮气」和这个要点不一致：{OUT}。"],
        "把「产物是氮气」和上面的要点对照一下，改成正确的说法。",
    )),
    ("反", (
        "有一部分是对的，但有的地方与要点矛盾。",
        [f"「用二氧化碳加水」这句话符合要点：{IN}。"],
        [], [f"「产物是氮气」与要点说的不同，要点是：{OUT}。"],
        "看看上面的要点，再把「产物是氮气」改写正确。",
    )),
    ("错", (
        "你的回答和参考答案不一致。",
        [], [f"回答里没有提到：{OUT}。"], [f"「吸收氧气」这句话与要点不符，要点是：{IN}。"],
        "请对照上面的要点，把「吸收氧气」改成正确的表述。",
    )),
    ("错", (
        "这个回答与参考答案对不上。",
        [], [f"漏掉的要点：{OUT}。"], [f"你说「吸收氧气」，而要点说的是：{IN}。"],
        "对照要点看看「吸收氧气」错在哪里，然后重新写一句。",
    )),
    ("没有", (
        "你的答案还没有涉及这个问题的要点。",
        [], [f"没有提到：{IN}。", f"也没有提到：{OUT}。"], [],
        "再读一遍题目和参考答案，看清楚问的是什么，然后不看答案重新回答。",
    )),
    ("没有", (
        "这道题的要点，回答里一个也没有出现。",
        [], [f"缺少的要点：{IN}。", f"另一个缺少的要点：{OUT}。"], [],
        "先弄明白题目问什么，读一读参考答案，再合上试着回答一次。",
    )),
    ("存疑", (
        "看上去答对了，但自动评分不能确定，因为答案太长，评判模型只看了前面一部分；请对照参考答案，由你裁定。",
        [
            f"「碳和水进去」看上去说的是这个要点：{IN}。",
            f"「氧和有机物出来」看上去说的是这个要点：{OUT}。",
        ],
        [], [],
        "请把后面的部分与参考答案比较一下，然后自己裁定。",
    )),
    ("存疑", (
        "这份回答似乎正确，但评分没有把握：答案太长，评判模型只看到前面一部分。和参考答案对照以后，由你决定。",
        [
            f"你写的「碳和水进去」似乎就是这个要点：{IN}。",
            f"你写的「氧和有机物出来」似乎就是这个要点：{OUT}。",
        ],
        [], [],
        "后面没看到的部分，请你对照参考答案来决定。",
    )),
    ("半疑", (
        "看起来对了一部分，但因为答案太长，评判模型只看了前面一部分，自动评分没有把握，请对照参考答案后裁定。",
        [f"「碳和水进去」好像对应这个要点：{IN}。"],
        [f"这个要点没有找到：{OUT}；如果你换了一种说法，由你裁定。"], [],
        "把后面的部分跟参考答案比对一下，再由你裁定。",
    )),
    ("半疑", (
        "可能只对了一部分。原因是答案太长，评判模型只看了前面部分，自动评分拿不准，由你对照参考答案来裁定。",
        [f"你写到的「碳和水进去」可能说的是：{IN}。"],
        [f"没找到这一点：{OUT}。如果你用别的话说了，以你的裁定为准。"], [],
        "请看看后面的内容是否和参考答案一致，然后作出裁定。",
    )),
    ("空", (
        "你填的内容和参考答案不一样。",
        [], [], ["「惩罚」不是参考答案，参考答案是：奖励。"],
        "先把填好的句子完整读一遍，然后遮住空格再填一次。",
    )),
    ("空", (
        "这个空填得不对。",
        [], [], ["你填了「惩罚」，而参考答案是：奖励。"],
        "通读填好以后的整句话，盖住这一空，再填一遍。",
    )),
    ("附加", (
        "回答正确，必须写的要点都有了。",
        [
            f"「二氧化碳和水」写的是这个要点：{IN}。",
            f"「氧气和两类有机物」写的是这个要点：{OUT}。",
        ],
        ["还有一个不要求的附加要点：需要光。"], [],
        "愿意的话，可以用自己的话把附加要点也写上。",
    )),
    ("附加", (
        "答对了，题目要求的要点你都写到了。",
        [
            f"你提到的「二氧化碳和水」正好是：{IN}。",
            f"你提到的「氧气和两类有机物」正好是：{OUT}。",
        ],
        ["另外还可以补充一点（不作要求）：需要光。"], [],
        "如果有兴趣，试试用自己的话补充那个附加要点。",
    )),
    ("添", (
        "你答对了一部分，可是有一句和要点不符。",
        [f"「用二氧化碳和水」写出了要点：{IN}。"],
        [f"这一点你还没有写：{OUT}。"], ["评判模型认为「月亮也有用」这里不正确。"],
        "对照要点，重新想想「月亮也有用」这一句，把它改正确。",
    )),
    ("添", (
        "部分正确，但其中有不符合要点的地方。",
        [f"你写的「用二氧化碳和水」说到了：{IN}。"],
        [f"没有说到的要点是：{OUT}。"], ["评判模型指出「月亮也有用」有错。"],
        "请根据上面的要点修改「月亮也有用」这句话。",
    )),
]  # fmt: skip
