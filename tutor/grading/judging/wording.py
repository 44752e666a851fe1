"""What is said about a judge's grade, as data: one table a language, the same slots in each."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.grading.grade import Language, Verdict


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language; slots in braces are filled once."""

    verdicts: dict[Verdict, str]
    judged: str
    """A reason: which model looked, and at how many key points."""
    failed: str
    wrong: str
    """Why a passage is wrong, as the end of a sentence."""

    disputed: str
    settle_disputed: str
    addressed: str
    settle_addressed: str
    open: str
    settle_open: str
    unproved: str
    settle_unproved: str
    unsettled: str
    settle_unsettled: str
    cut: str
    settle_cut: str

    failures: dict[str, str]
    """What happened, by the kind of `ModelError`."""
    failure: str
    """What happened, for a kind without an entry."""


ZH = Wording(
    verdicts={"correct": "正确", "partial": "部分正确", "incorrect": "不正确"},
    judged="评判模型 {model} 逐条核对了要点：{made} / {asked}",
    failed="没有得到评判模型的意见，这是本机评分的结果：{why}",
    wrong="评判模型认为这一处不对",
    disputed="评判模型判“{judge}”，本机评分是“{local}”，两者相差太远。",
    settle_disputed="逐条对照参考答案，由你裁定；老师也会在待复核列表里看到它。",
    addressed="答案里有写给评分者的话，评判模型不能因此加分。",
    settle_addressed="去掉写给评分者的话，只看其余部分回答了什么，由你裁定。",
    open="答案列出了几种可能，没有说定是哪一种，评判模型不能替它选。",
    settle_open="看看答案究竟说定了什么，由你裁定。",
    unproved="评判模型说写到了“{point}”，但它引用的话不在答案里，所以不算数。",
    settle_unproved="看看答案里有没有“{point}”的意思，由你裁定。",
    unsettled="评判模型判“{judge}”，但把握不大。",
    settle_unsettled="逐条对照参考答案：意思都有就判“{correct}”，有一部分判“{partial}”，"
    "没有或说反了判“{incorrect}”。",
    cut="答案太长，评判模型只看了前面一部分。",
    settle_cut="把后面的部分和参考答案对照一下，由你裁定。",
    failures={
        "model-paused": "它最近连续出错，暂时不再询问",
        "over-budget": "本次或今天的评判预算已经用完",
        "not-recorded": "回放的记录里没有这一条",
        "model-timeout": "它没有在时限内回答",
        "model-unreachable": "连不上它的服务器",
        "model-busy": "它的服务器正忙，等过也没有轮到",
        "model-server-error": "它的服务器出错了",
        "model-access": "密钥缺失、不对或没有权限",
        "model-not-found": "服务器上没有这个模型",
        "model-request-refused": "服务器不接受这个请求",
        "reply-truncated": "它的回答没说完就断了",
        "reply-refused": "它拒绝评判",
        "reply-filtered": "它的回答被内容过滤挡住了",
        "reply-empty": "它的回答是空的",
        "reply-malformed": "它的回答不合要求，读不出评判",
        "reply-untrusted": "它的评判靠不住：答案里不可能有的内容，它也说有",
    },
    failure="它没有给出评判",
)
EN = Wording(
    verdicts={"correct": "correct", "partial": "partly correct", "incorrect": "incorrect"},
    judged="the judge {model} checked each key point: {made} of {asked}",
    failed="there is no opinion of the judge, so this is the local grade: {why}",
    wrong="the judge finds this wrong",
    disputed="the judge says “{judge}” and the local grader “{local}”, which is far apart.",
    settle_disputed="Go through the reference point by point and rule yourself; a teacher sees "
    "it among the reviews that wait for a look.",
    addressed="the answer speaks to whoever grades it, and no judge may raise it for that.",
    settle_addressed="Leave out what speaks to the grader, look at what the rest answers, and "
    "rule yourself.",
    open="the answer names several possibilities and settles on none, and no judge may choose "
    "for it.",
    settle_open="See what the answer does settle on, and rule yourself.",
    unproved="the judge found “{point}”, but what it quotes is not in the answer, so it does "
    "not count.",
    settle_unproved="See whether the answer says “{point}”, and rule yourself.",
    unsettled="the judge says “{judge}”, and is not far from another verdict.",
    settle_unsettled="Go through the reference point by point: all of it is “{correct}”, some of "
    "it “{partial}”, nothing or the opposite “{incorrect}”.",
    cut="the answer is long, and the judge saw only its first part.",
    settle_cut="Compare the rest with the reference, and rule yourself.",
    failures={
        "model-paused": "it failed several times lately and is left alone for a while",
        "over-budget": "the judge's budget for this run or this day is spent",
        "not-recorded": "the recording that is replayed does not hold this answer",
        "model-timeout": "it did not answer in time",
        "model-unreachable": "its server cannot be reached",
        "model-busy": "its server was too busy, also after waiting",
        "model-server-error": "its server failed",
        "model-access": "the key is missing, wrong or not allowed to use it",
        "model-not-found": "its server has no such model",
        "model-request-refused": "its server refuses the request",
        "reply-truncated": "its reply was cut off",
        "reply-refused": "it declined to judge",
        "reply-filtered": "a content filter withheld its reply",
        "reply-empty": "its reply was empty",
        "reply-malformed": "its reply cannot be read as a judgement",
        "reply-untrusted": "its judgement cannot be trusted: it affirms what the answer cannot say",
    },
    failure="it gave no judgement",
)


def wording(language: Language) -> Wording:
    """The sentences of a language."""
    return ZH if language == "zh" else EN
