from __future__ import annotations

from pathlib import Path

import pytest

from evals.importing.decoding import exact_text, likely_text
from tutor.errors import InvalidInputError

FILE = Path("marks.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_decides_and_is_no_text(encoding):
    assert exact_text(FILE, "题目,a".encode(encoding), None) == "题目,a"
    # Even against what the user says: the mark is in the file.
    if encoding != "utf-8":
        assert exact_text(FILE, "题目,a".encode(encoding), "gb18030") == "题目,a"


def test_another_encoding_is_read_when_told_and_never_guessed():
    content = "题目,答案".encode("gb18030")
    assert exact_text(FILE, content, "gb18030") == "题目,答案"
    with pytest.raises(InvalidInputError) as caught:
        exact_text(FILE, b"a," + content, None)
    # 题 is CC E2 in GB18030, and E2 cannot follow CC in UTF-8: byte 2 is the first wrong one.
    assert "marks.csv: byte 2 is not utf-8; say how it was saved: --encoding gb18030" in str(
        caught.value
    )


def test_utf_16_without_a_mark_is_named():
    content = "question".encode("utf-16-le")
    with pytest.raises(InvalidInputError, match="say so: --encoding utf-16-le"):
        exact_text(FILE, content, None)
    assert exact_text(FILE, content, "utf-16-le") == "question"


def test_an_unknown_encoding_is_named():
    with pytest.raises(InvalidInputError, match="encoding 'chinese-excel' is unknown"):
        exact_text(FILE, b"a", "chinese-excel")


def test_an_old_file_is_utf_8_else_as_declared_else_windows():
    assert likely_text("é".encode(), "iso-8859-1") == "é"
    assert likely_text("é".encode("cp1252")) == "é"
    assert likely_text("冰".encode("big5"), "big5") == "冰"
    # A byte that cp1252 does not have is marked, and the rest is read.
    assert likely_text(b"\xe9\x81") == "é�"
