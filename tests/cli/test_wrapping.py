from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tutor.cli.wrapping import wrapped


def test_chinese_breaks_between_characters_and_never_before_a_closing_mark():
    # 10 columns hold 5 characters; the comma would be the 6th, so 五 goes down with it.
    assert wrapped("一二三四五，六七", 10) == "一二三四\n五，六七"


def test_english_breaks_between_words():
    assert wrapped("one two three", 8) == "one two\nthree"


def test_a_call_stays_with_its_bracket():
    assert wrapped("aaaa log(x) b", 9) == "aaaa\nlog(x) b"


def test_list_items_hang():
    assert wrapped("- aaaa bbbb", 8) == "- aaaa\n  bbbb"


def test_every_line_is_indented():
    assert wrapped("aaaa bbbb\n\ncc", 10, "  ") == "  aaaa\n  bbbb\n\n  cc"


def test_tables_and_code_keep_their_lines():
    kept = "| a column | another column |\n```\nx = some(long, code)\n```\n    indented code line"
    assert wrapped(kept, 10) == kept


@given(st.text(alphabet="ab ，。（）「」[]-中文字x\té👍", max_size=80), st.integers(10, 40))
@settings(deadline=None, max_examples=200)
def test_no_character_is_lost(text, width):
    assert "".join(wrapped(text, width).split()) == "".join(text.split())


@given(st.text(alphabet="ab 中文，。", max_size=80).map(str.strip), st.integers(12, 40))
@settings(deadline=None, max_examples=200)
def test_no_line_is_wider_than_the_terminal(text, width):
    assert all(cell_len(line) <= width for line in wrapped(text, width).split("\n"))


@pytest.mark.parametrize("mark", ["(", "[", "「", "，", "—", "a("])
def test_time_grows_no_faster_than_the_text(mark):
    # Four times the text: linear is 4 times as long, quadratic 16.
    assert _seconds(mark * 16_000) <= 9 * _seconds(mark * 4_000) + 0.05


def _seconds(text: str) -> float:
    """The least of five: whatever else a machine does only slows a run down."""
    return min(_once(f"{text}{end}") for end in range(5))


def _once(text: str) -> float:
    started = time.process_time()
    wrapped(text, 80)
    return time.process_time() - started
