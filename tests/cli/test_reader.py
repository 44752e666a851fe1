from __future__ import annotations

import io
import sys
from concurrent.futures import Future

import pytest

from tutor.cli.reader import PipedLines, Said, TerminalLines, listen
from tutor.errors import InvalidInputError


def said(text: bytes) -> list[Said]:
    lines = PipedLines(io.BytesIO(text))
    found = []
    while (each := listen(lines, "", "")) is not None:
        found.append(each)
    return found


def test_an_empty_line_ends_an_answer_of_several_lines():
    assert said(b"one\ntwo\n\nthree\n\n") == [Said("answer", "one\ntwo"), Said("answer", "three")]


def test_the_end_of_the_input_ends_an_answer():
    assert said(b"one\ntwo") == [Said("answer", "one\ntwo")]


def test_empty_lines_before_an_answer_are_skipped():
    assert said(b"\n \n\none\n\n\n") == [Said("answer", "one")]


def test_commands_stand_alone_and_need_no_empty_line():
    assert said("?\n？\ns\no c\nq\n".encode()) == [
        Said("hint"),
        Said("hint"),
        Said("skip"),
        Said("ruling", verdict="correct"),
        Said("quit"),
    ]


def test_a_command_inside_an_answer_is_text():
    assert said(b"one\nq\n\n") == [Said("answer", "one\nq")]


def test_a_space_makes_a_command_text():
    assert said(b" s\n\n") == [Said("answer", "s")]


@pytest.mark.parametrize("line", ["o", "o x", "oc", "o correct"])
def test_what_only_looks_like_a_ruling_is_text(line):
    assert said(line.encode()) == [Said("answer", line)]


def test_windows_line_ends_and_a_byte_order_mark_are_no_text():
    assert said(b"\xef\xbb\xbfone\r\n\r\ns\r\n") == [Said("answer", "one"), Said("skip")]


def test_bytes_that_are_not_utf8_are_named_by_their_line():
    with pytest.raises(InvalidInputError, match=r"^standard input:2: byte 3 is not UTF-8"):
        said(b"one\nab\xff\n")


def test_where_keys_cannot_be_waited_for_a_line_is_read_at_once(monkeypatch):
    monkeypatch.setitem(sys.modules, "readline", None)
    lines, job = TerminalLines(), Future()
    assert not lines.wait(job, lambda seconds: None)
    job.set_result(None)
    assert lines.wait(job, lambda seconds: None)
