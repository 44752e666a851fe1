from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.feedback.hints import hint
from tutor.grading.item import Item, PointSpec
from tutor.grading.key_points import key_points_of
from tutor.grading.reading.text import read


def item(*references: str, points: tuple[str, ...] = (), kind: str = "free") -> Item:
    return Item("问", references, tuple(map(PointSpec, points)), kind=kind)


THREE_STEPS = item("1) 监督微调（SFT）；2) 奖励模型训练（RM）；3) 强化学习优化（PPO）")


def test_the_first_hint_counts_the_points():
    assert "3 个要点" in hint(THREE_STEPS, 1, "zh")
    assert "3 points" in hint(THREE_STEPS, 1, "en")


@pytest.mark.parametrize(
    ("reference", "kind"),
    [
        ("16 epochs", "数值"),
        ("85±3%", "数值"),
        ("loss = a^2 + b", "式子"),
        ("奖励模型", "词或短语"),
        ("防止模型偏离初始策略太远，避免过度优化", "一句话"),
    ],
)
def test_the_first_hint_names_the_kind_of_answer(reference, kind):
    assert kind in hint(item(reference), 1, "zh")


def test_the_first_hint_tells_when_the_reference_is_in_the_other_language():
    assert "英文" in hint(item("Plain", kind="cloze"), 1, "zh")
    assert "Chinese" in hint(item("奖励模型"), 1, "en")
    assert "Chinese" not in hint(item("reward model"), 1, "en")


def test_the_second_hint_gives_the_first_letter_of_each_point():
    lines = hint(THREE_STEPS, 2, "zh").splitlines()[1:]
    assert lines == ["- 监___ …", "- 奖_____ …", "- 强___ …"]
    assert hint(item("reward model"), 2, "en").endswith("- r_____ _____")


def test_the_second_hint_gives_no_digit_of_a_number():
    assert not set("0123456789") & set(hint(item("27.8", kind="cloze"), 2, "zh"))


def test_the_third_hint_masks_every_second_content_word_and_every_number():
    # Content words but the number: moves, electrons, through, wires, terminal; the second
    # and the fourth, electrons and wires, are masked, and so is the number.
    shown = hint(item("It moves electrons through 3 wires to the terminal"), 3, "en")
    assert shown.endswith("- It moves _________ through _ _____ to the terminal")


def test_a_short_term_keeps_only_its_first_half():
    assert hint(item("监督微调", kind="cloze"), 3, "zh").endswith("- 监督__")


@pytest.mark.parametrize("reference", ["水", "水。", "3"])
def test_a_reference_of_one_character_has_only_the_first_hint(reference):
    assert hint(item(reference), 1, "zh")
    assert hint(item(reference), 2, "zh") is None
    assert hint(item(reference), 3, "zh") is None


@pytest.mark.parametrize("level", [-1, 0, 4, 99])
def test_there_is_nothing_beyond_the_ladder(level):
    assert hint(THREE_STEPS, level, "zh") is None


def test_an_accepted_alternative_is_not_given_away_either():
    for level in (1, 2, 3):
        assert "微调" not in (hint(item("微调方法", "微调"), level, "zh") or "")
    assert "要点" not in (hint(item("要点；词"), 1, "zh") or "")


texts = st.lists(
    st.sampled_from(
        [
            "监督微调",
            "的",
            "SFT",
            "reward model",
            "16",
            "要点",
            "数值",
            "（",
            "）",
            "；",
            " = ",
            "a",
            "水",
        ]
    ),
    min_size=1,
    max_size=6,
).map("".join)


@settings(max_examples=120, deadline=None)
@given(
    st.lists(texts | st.text(max_size=25), min_size=1, max_size=2),
    st.lists(texts, max_size=3),
    st.integers(1, 3),
    st.sampled_from(["zh", "en"]),
    st.sampled_from(["free", "cloze"]),
)
def test_no_hint_contains_a_whole_reference_or_key_point(references, points, level, language, kind):
    asked = item(*references, points=tuple(points), kind=kind)
    shown = hint(asked, level, language)
    for secret in (*references, *(point.text for point in key_points_of(asked))):
        if shown is not None and len(read(secret).compact) > 1:
            assert secret not in shown
            assert read(secret).compact not in read(shown).compact
