"""What the learner reads, as data: one table a language, the same entries in each.

Slots in braces are filled once; what fills them is never read for slots again. The words
speak about the answer, never about the person, and claim no more than a grade knows.
"""

from __future__ import annotations

from dataclasses import dataclass

from tutor.grading.grade import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of feedback and hints in one language."""

    quoted: str
    inner_quotes: tuple[str, str]
    """Marks that replace the outer ones inside a quotation."""
    listed: str
    """What stands between several key points in one sentence."""
    stop: str

    correct: str
    correct_plain: str
    correct_blank: str
    correct_extra: str
    correct_chosen: str
    partial: str
    partial_counted: str
    partial_chosen: str
    partial_wrong: str
    incorrect_wrong: str
    incorrect_some: str
    incorrect_none: str
    incorrect_blank: str
    unsure_correct: str
    unsure_partial: str
    unsure_incorrect: str
    no_attempt: str
    dont_know: str

    covered: str
    covered_unquoted: str
    covered_alike: str
    covered_blank: str
    maybe_covered: str
    maybe_covered_unquoted: str
    missing: str
    missing_extra: str
    missing_blank: str
    maybe_missing: str
    missing_choice: str
    missing_other: str
    contradicted: str
    contradicted_unquoted: str
    contradicted_blank: str
    maybe_contradicted: str
    maybe_contradicted_unquoted: str
    because: str
    finding: str

    next_empty: str
    next_question_copy: str
    next_instructions: str
    next_opener: str
    next_asked_one: str
    next_asked_many: str
    next_asked_blank: str
    next_dont_know: str
    next_quantity: str
    next_polarity: str
    next_contradicted: str
    next_unsure: str
    next_missing: str
    next_missing_more: str
    next_choice: str
    next_nothing: str
    next_blank: str
    next_partial: str
    next_extra: str
    next_correct: str

    hint_number: str
    hint_formula: str
    hint_term: str
    hint_sentence: str
    hint_points: str
    hint_han: str
    hint_words: str
    hint_with_number: str
    hint_in_chinese: str
    hint_in_english: str
    hint_bare: str
    hint_begins: str
    hint_gaps: str


ZH = Wording(
    quoted="「{text}」",
    inner_quotes=("『", "』"),
    listed="；",
    stop="。",
    correct="回答正确，要点都写到了。",
    correct_plain="回答正确。",
    correct_blank="这一空填对了。",
    correct_extra="回答正确，必答的要点都写到了。",
    correct_chosen="回答正确：题目要 {asked} 个，你写对了 {covered} 个。",
    partial="答案与参考答案部分相符。",
    partial_counted="答对了一部分：{asked} 个要点里写到了 {covered} 个。",
    partial_chosen="答对了一部分：你写对了 {covered} 个，题目要 {asked} 个。",
    partial_wrong="答对了一部分，但有与要点不符的地方。",
    incorrect_wrong="答案与参考答案不符。",
    incorrect_some="答案只碰到少量要点，还不足以回答这个问题。",
    incorrect_none="答案里没有看到与这个问题的要点有关的内容。",
    incorrect_blank="这一空与参考答案不符。",
    unsure_correct="看起来是对的，但自动评分没有把握；对照参考答案后由你裁定。",
    unsure_partial="看起来只对了一部分，但自动评分没有把握；对照参考答案后由你裁定。",
    unsure_incorrect="看起来与参考答案不符，但自动评分没有把握；对照参考答案后由你裁定。",
    no_attempt="还没有可以评分的回答，这一题仍然等你作答。",
    dont_know="这次没有想起来；该写的内容列在下面。",
    covered="你写到{quote}，对应要点：{points}。",
    covered_unquoted="答案里有这个要点：{points}。",
    covered_alike="你写到{quote}，与要点一致。",
    covered_blank="你填的{quote}与参考答案相符。",
    maybe_covered="你写到{quote}，看起来对应要点：{points}。",
    maybe_covered_unquoted="答案里看起来有这个要点：{points}。",
    missing="没有写到：{point}。",
    missing_extra="附加要点（不要求）：{point}。",
    missing_blank="参考答案：{point}。",
    maybe_missing="没有找到：{point}；如果你用别的说法写到了，请以你的裁定为准。",
    missing_choice="还差 {count} 个，可以写其中的任何一个：{points}。",
    missing_other="也可以写：{points}。",
    contradicted="你写到{quote}，与这个要点不符：{point}。",
    contradicted_unquoted="答案与这个要点不符：{point}。",
    contradicted_blank="你填的{quote}与参考答案不符：{point}。",
    maybe_contradicted="你写到{quote}，看起来与这个要点不符：{point}。",
    maybe_contradicted_unquoted="答案看起来与这个要点不符：{point}。",
    because="原因：{why}。",
    finding="{quote}：{why}。",
    next_empty="写下现在能想起的内容，不完整也可以。",
    next_question_copy="题目里的话不算回答，请用自己的话写出题目之外的内容。",
    next_instructions="写给评分程序的话不影响评分，请直接回答题目。",
    next_opener="开头已经有了，请接着写出答案本身。",
    next_asked_one="这道题问的是 1 个要点。",
    next_asked_many="这道题问的是 {count} 个要点。",
    next_asked_blank="只需要填这一空。",
    next_dont_know="读一遍列出的要点，合上后用自己的话说一遍，说不出的再读一次。",
    next_quantity="核对{quote}里的数字和单位，再把这一句重写一遍。",
    next_polarity="核对{quote}里的方向或肯定与否定，再把这一句重写一遍。",
    next_contradicted="对照上面的要点，把{quote}这一句改写成正确的说法。",
    next_unsure="逐条对照参考答案：意思相同就判对，缺了要点就判部分正确，说反了就判错。",
    next_missing="重读没写到的要点，再不看答案，用自己的话说出来：{point}。",
    next_missing_more="重读没写到的 {count} 个要点，再不看答案，用自己的话逐条说一遍。",
    next_choice="重读没写到的，从中选 {count} 个，再不看答案，用自己的话说出来。",
    next_nothing="重读题目和参考答案，弄清问的是什么，再不看答案回答一遍。",
    next_blank="把填好的整句话读一遍，再遮住这一空重新填。",
    next_partial="对照参考答案找出差别，再把答案完整地写一遍。",
    next_extra="如果愿意，试着用自己的话补上附加要点。",
    next_correct="不需要补充；下次复习时仍然先回忆，再看答案。",
    hint_number="答案是一个数值",
    hint_formula="答案是一个式子",
    hint_term="答案是一个词或短语",
    hint_sentence="答案是一句话左右的说明",
    hint_points="答案有 {count} 个要点",
    hint_han="约 {count} 个字",
    hint_words="约 {count} 个英文单词",
    hint_with_number="其中有数字",
    hint_in_chinese="参考答案是中文",
    hint_in_english="参考答案是英文",
    hint_bare="先想想题目问的是什么",
    hint_begins="每个要点的第一个关键词：",
    hint_gaps="补全空缺：",
)

EN = Wording(
    quoted="“{text}”",
    inner_quotes=("‘", "’"),
    listed="; ",
    stop=".",
    correct="The answer is correct and makes every key point.",
    correct_plain="The answer is correct.",
    correct_blank="The blank is filled correctly.",
    correct_extra="The answer is correct and makes every required point.",
    correct_chosen="The answer is correct: {asked} asked for, {covered} given.",
    partial="The answer agrees with the reference in part.",
    partial_counted="The answer is partly right: it makes {covered} of {asked} key points.",
    partial_chosen="The answer is partly right: {asked} asked for, {covered} given.",
    partial_wrong="The answer is partly right, but something in it disagrees with a key point.",
    incorrect_wrong="The answer disagrees with the reference.",
    incorrect_some="The answer touches few of the key points, too few to answer the question.",
    incorrect_none="Nothing in the answer bears on the key points of this question.",
    incorrect_blank="This fill disagrees with the reference.",
    unsure_correct="This looks correct, but automatic grading cannot tell; "
    "compare it with the reference and decide.",
    unsure_partial="This looks partly right, but automatic grading cannot tell; "
    "compare it with the reference and decide.",
    unsure_incorrect="This looks unlike the reference, but automatic grading cannot tell; "
    "compare it with the reference and decide.",
    no_attempt="There is no answer to grade yet; the question is still open.",
    dont_know="It did not come back this time; what belongs there is below.",
    covered="You wrote {quote}, which makes this point: {points}.",
    covered_unquoted="The answer makes this point: {points}.",
    covered_alike="You wrote {quote}, as the key point says.",
    covered_blank="Your fill {quote} agrees with the reference.",
    maybe_covered="You wrote {quote}, which seems to make this point: {points}.",
    maybe_covered_unquoted="The answer seems to make this point: {points}.",
    missing="Not in the answer: {point}.",
    missing_extra="An extra point, not required: {point}.",
    missing_blank="The reference: {point}.",
    maybe_missing="Not found: {point}; if you said it in other words, your ruling counts.",
    missing_choice="Still to give: {count}, any of these: {points}.",
    missing_other="Others that would count: {points}.",
    contradicted="You wrote {quote}, which disagrees with this point: {point}.",
    contradicted_unquoted="The answer disagrees with this point: {point}.",
    contradicted_blank="Your fill {quote} disagrees with the reference: {point}.",
    maybe_contradicted="You wrote {quote}, which seems to disagree with this point: {point}.",
    maybe_contradicted_unquoted="The answer seems to disagree with this point: {point}.",
    because=" Why: {why}.",
    finding="{quote}: {why}.",
    next_empty="Write down what comes to mind; it need not be complete.",
    next_question_copy="The question's own words are no answer; "
    "say in your own words what the question does not.",
    next_instructions="Words addressed to the grader do not count; answer the question itself.",
    next_opener="The opening is there; go on and write the answer itself.",
    next_asked_one="The question asks for 1 point.",
    next_asked_many="The question asks for {count} points.",
    next_asked_blank="Only this blank is asked for.",
    next_dont_know="Read the points listed, look away, say them in your own words, "
    "and read again what would not come.",
    next_quantity="Check the number and the unit in {quote}, then write the sentence again.",
    next_polarity="Check the direction, or the yes and no, in {quote}, "
    "then write the sentence again.",
    next_contradicted="Hold {quote} against the point above and rewrite it so that it is right.",
    next_unsure="Go through the reference point by point: the same meaning is correct, "
    "a point left out is partial, the opposite is incorrect.",
    next_missing="Read the missing point again, look away, and say it in your own words: {point}.",
    next_missing_more="Read the {count} missing points again, look away, "
    "and say each in your own words.",
    next_choice="Read the list of what is missing, choose {count}, look away, "
    "and write it in your own words.",
    next_nothing="Read the question and the reference again, see what is asked, "
    "and answer once more without looking.",
    next_blank="Read the whole sentence with the blank filled in, then cover it and fill it again.",
    next_partial="Find where the answer and the reference differ, then write the answer in full.",
    next_extra="If you like, add the extra point in your own words.",
    next_correct="Nothing to add; at the next review, recall first and look afterwards.",
    hint_number="The answer is a number",
    hint_formula="The answer is a formula",
    hint_term="The answer is a word or a phrase",
    hint_sentence="The answer is about a sentence",
    hint_points="The answer has {count} points",
    hint_han="about {count} Chinese characters",
    hint_words="about {count} words",
    hint_with_number="with a number in it",
    hint_in_chinese="the reference is in Chinese",
    hint_in_english="the reference is in English",
    hint_bare="Think first of what is being asked",
    hint_begins="The first key term of each point:",
    hint_gaps="Fill the gaps:",
)


def wording(language: Language) -> Wording:
    """The sentences of a language."""
    return ZH if language == "zh" else EN
