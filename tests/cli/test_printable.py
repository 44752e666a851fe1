from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.cli.printable import json_line, one_line, printable, shortened


def test_an_escape_sequence_is_shown_and_not_sent():
    assert printable("\x1b[31mred") == "␛[31mred"


def test_a_direction_override_is_named():
    assert printable("a\u202eb") == "a⟨U+202E⟩b"


def test_lines_stay_and_tabs_become_spaces():
    assert printable("a\r\nb\tc") == "a\nb    c"


def test_emoji_joined_by_zero_width_joiners_stay_whole():
    assert printable("👩‍🔬") == "👩‍🔬"


def test_one_line_has_no_line_break():
    assert one_line(" a\n\n b\u2028c ") == "a b c"


def test_shortened_text_counts_its_ellipsis():
    assert shortened("abcdef", longest=4) == "abc…"
    assert shortened("abcd", longest=4) == "abcd"


def test_json_escapes_what_acts_on_a_terminal():
    line = json_line({"a": "\x9b\u202e\ud800你"})
    assert line == '{"a": "\\u009b\\u202e\\ud800你"}'


@given(st.text(alphabet=st.characters()))
@settings(deadline=None, max_examples=200)
def test_json_comes_back_as_it_went(text):
    line = json_line({"a": text})
    assert json.loads(line) == {"a": text}
    assert "\n" not in line


@given(st.text(alphabet=st.characters()))
@settings(deadline=None, max_examples=200)
def test_nothing_printable_acts_on_a_terminal_or_fails_to_encode(text):
    shown = printable(text)
    shown.encode()
    assert not any((char < " " and char != "\n") or "\x7f" <= char <= "\x9f" for char in shown)
    assert printable(shown) == shown
