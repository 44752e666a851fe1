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
