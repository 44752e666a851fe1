from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.feedback.quoting import LONGEST_QUOTE, clean, quote, shorten, statement
from tutor.feedback.wording import EN, ZH


def test_a_long_quote_ends_between_words():
    shown = quote("word " * 20, EN)
    # 59 characters are kept at most; the 12th "word " would end at 59, its space is dropped.
    assert shown == "“" + " ".join(["word"] * 12) + "…”"


def test_a_long_chinese_quote_may_end_at_any_character():
    assert shorten("防" * 61, 60) == "防" * 59 + "…"
    assert shorten("防" * 60, 60) == "防" * 60


def test_a_single_huge_word_is_cut_all_the_same():
    assert shorten("x" * 70, 60) == "x" * 59 + "…"


def test_quotation_marks_inside_become_inner_ones():
    assert quote("她说「是」", ZH) == "「她说『是』」"
    assert quote("the “best” one", EN) == "“the ‘best’ one”"


def test_control_characters_and_line_ends_do_not_pass():
    assert clean("a\x1b[31m\u202eb\n\tc\x00\u2028d") == "a[31mb c d"


def test_a_statement_leaves_the_full_stop_to_its_sentence():
    assert statement("It converges. ") == "It converges"
    assert statement("模型收敛。") == "模型收敛"


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200))
def test_a_quote_is_one_short_printable_line(text):
    for words in (ZH, EN):
        shown = quote(text, words)
        assert len(shown) <= LONGEST_QUOTE + 2  # and its two marks
        assert all(unicodedata.category(char)[0] != "C" for char in shown)
        assert shown.splitlines() == [shown]
