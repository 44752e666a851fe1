from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.feedback.masking import beginning, gapped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("监督微调", "监___"),
        ("reward model of the policy", "r_____ _____ …"),
        ("the 16 epochs", "__ …"),
        ("的翡翠色", "翡_ …"),  # no glossary term: the first pair of characters is the word
        ("x", "_"),
    ],
)
def test_a_beginning_is_one_letter_of_the_first_content_word(text, shown):
    assert beginning(text) == shown


def test_the_two_parities_mask_complementary_words():
    # Content words: sun, warms, earth, moon; "the" and "and" stay.
    assert (
        gapped("the sun warms the earth and the moon", 0) == "the ___ warms the _____ and the moon"
    )
    assert (
        gapped("the sun warms the earth and the moon", 1) == "the sun _____ the earth and the ____"
    )


def test_numbers_are_masked_whatever_the_parity():
    for parity in (0, 1):
        assert "16" not in gapped("训练 16 个轮次，使用余弦衰减", parity)


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="监督微调的和 rewad3²（）、-", max_size=30), st.integers(0, 1))
def test_masking_keeps_the_length_and_every_other_character(text, parity):
    shown = gapped(text, parity)
    assert len(shown) == len(text)
    assert all(
        new == old or (new == "_" and old.isalnum()) for new, old in zip(shown, text, strict=True)
    )


@pytest.mark.parametrize("piece", ["model ", "模型 ", "【评分"])
def test_time_grows_no_faster_than_the_text(piece):
    # Four times the text: linear is 4 times as long, quadratic 16.
    assert _seconds(piece * 4_000) <= 9 * _seconds(piece * 1_000) + 0.05


def _seconds(text: str) -> float:
    """The least of five: whatever else a machine does only slows a run down."""
    return min(_once(f"{text}{end}") for end in range(5))


def _once(text: str) -> float:
    started = time.process_time()
    gapped(text, 0)
    return time.process_time() - started
