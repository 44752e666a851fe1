from __future__ import annotations

from tutor.grading.attempt import MOST_REFERENCES, closest, lay_out
from tutor.grading.item import Item, PointSpec
from tutor.grading.reading.text import read


def points(item: Item, answer: str) -> list[str]:
    return [spec.text for spec, _ in lay_out(item, answer, "zh").points]


def test_points_are_those_of_the_closest_reference():
    item = Item(
        "怎样训练？", ("监督微调；强化学习", "collect demonstrations; train a reward model")
    )
    assert points(item, "先监督微调") == ["监督微调", "强化学习"]
    assert points(item, "train a reward model") == [
        "collect demonstrations",
        "train a reward model",
    ]


def test_the_authors_points_hold_unless_an_alternative_is_followed_more_closely():
    own = (PointSpec("用人写的示范微调"), PointSpec("用奖励做强化学习"))
    item = Item("怎样训练？", ("人写示范微调；奖励强化学习", "三步：SFT；RM；PPO"), own)
    assert points(item, "用人写的示范微调") == [spec.text for spec in own]
    assert points(item, "SFT；RM；PPO") == ["SFT", "RM", "PPO"]


def test_a_blank_is_one_point():
    assert points(Item("[...]", ("a；b",), kind="cloze"), "x") == ["a；b"]


def test_the_first_reference_wins_a_tie_and_late_ones_are_left_out():
    references = tuple(read(f"参考{n}号") for n in range(MOST_REFERENCES + 1))
    nothing, question = read("天"), read("")
    assert closest(references, nothing, question)[0] == references[0]
    assert closest(references, references[-1], question)[0] != references[-1]


def test_a_reference_in_the_answers_script_is_preferred_to_its_translation():
    chinese, english = read("训练奖励模型"), read("train a reward model")
    question = read("")
    for references in ((chinese, english), (english, chinese)):
        assert closest(references, read("train a reward model first"), question)[0] == english
        assert closest(references, read("先训练奖励模型"), question)[0] == chinese


LIST = "减轻过拟合；节省计算；提高稳定性；便于并行"


def required(item: Item, answer: str) -> list[str]:
    return [spec.text for spec, _ in lay_out(item, answer, "zh").points if spec.required]


def test_a_question_for_some_of_the_items_requires_those_that_the_answer_gives():
    item = Item("列举两个好处。", (LIST,))
    assert required(item, "便于并行，还能节省计算") == ["节省计算", "便于并行"]
    assert required(item, "便于并行") == ["减轻过拟合", "便于并行"]
    assert required(item, "天气") == ["减轻过拟合", "节省计算"]
    assert points(item, "便于并行") == LIST.split("；")


def test_a_question_without_a_choice_requires_all_items():
    for question in ("有哪些好处？", "这四个好处是什么？", "列举四个好处。", "列举五个好处。"):
        assert required(Item(question, (LIST,)), "便于并行") == LIST.split("；")


def test_a_choice_among_the_authors_points_leaves_the_optional_ones_alone():
    own = (PointSpec("一千条"), PointSpec("二千条"), PointSpec("三千条", required=False))
    assert required(Item("说出一点", ("参考",), own), "二千条") == ["二千条"]
    assert required(Item("说出一点", ("参考",), own), "三千条") == ["一千条"]


def test_sentences_are_no_items_to_choose_from():
    text = (
        "Human demonstrations are expensive and scarce in practice. "
        "Reinforcement learning uses many more prompts without any demonstrations."
    )
    assert len(required(Item("Give one reason.", (text,)), "they are expensive")) == 2


def test_a_point_is_held_against_the_alternative_that_the_answer_gives():
    item = Item("由谁撰写？", ("标注员或研究人员",))
    made = [text.raw for _, text in lay_out(item, "研究人员写的", "zh").points]
    assert made == ["研究人员"]
    assert points(item, "研究人员写的") == ["标注员或研究人员"]
