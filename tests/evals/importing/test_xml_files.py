from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.importing.found import LeftOut
from evals.importing.xml_files import _mended, text_of, xml_questions
from tutor.errors import InvalidInputError

BILLION_LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<question><questionText>&b;</questionText></question>"""
OUTSIDE = """<!DOCTYPE q [<!ENTITY file SYSTEM "file:///etc/hostname">]>
<question><questionText>&file;</questionText></question>"""


def read_text(folder, content):
    path = folder / "q.xml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (question,) = xml_questions([path])
    return question.text


def question(text, head=""):
    return f"{head}<question><questionText>{text}</questionText></question>"


@pytest.mark.parametrize("content", [BILLION_LAUGHS, OUTSIDE])
def test_a_document_type_is_refused_before_it_is_read(tmp_path, content):
    with pytest.raises(InvalidInputError, match="has a <!DOCTYPE>"):
        read_text(tmp_path, content)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "iso-8859-1"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "utf-8"),
        ("cp1252", "no-such-encoding"),
        ("iso-8859-1", "iso-8859-1"),
        ("utf-16", "utf-16"),
        ("utf-16", "utf-8"),
    ],
)
def test_the_bytes_decide_the_encoding_and_the_declaration_may_be_wrong(
    tmp_path, encoding, declared
):
    head = f'<?xml version="1.0" encoding="{declared}"?>\n'
    assert read_text(tmp_path, question("café", head).encode(encoding)) == "café"


def test_a_declared_encoding_is_used_where_utf_8_fails(tmp_path):
    head = '<?xml version="1.0" encoding="gb18030"?>'
    assert read_text(tmp_path, question("冰为什么浮", head).encode("gb18030")) == "冰为什么浮"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("salt &amp; pepper", "salt & pepper"),
        ("salt & pepper", "salt & pepper"),
        ("AT&T; x", "AT&T; x"),
        ("80&nbsp;&deg;C &amp; more", "80\xa0°C & more"),
        ("&lt;b&gt; &#65; & &#x42;", "<b> A & B"),
        ("a\x0bb & c", "ab & c"),
        ("one <p>two & three</p>", "one two & three"),
    ],
)
def test_entities_and_bare_ampersands_are_read_as_meant(tmp_path, written, read):
    assert read_text(tmp_path, question(written)) == read


@given(st.text(alphabet="&;#x10aA <", max_size=30))
@settings(max_examples=100, deadline=None)
def test_what_was_mended_needs_no_mending(text):
    assert _mended(_mended(text)) == _mended(text)


def test_what_is_not_xml_is_named_by_line(tmp_path):
    with pytest.raises(InvalidInputError, match=r"q\.xml:2: not XML \(mismatched tag\)"):
        read_text(tmp_path, "<question>\n</answer>")


def test_a_file_without_a_question_is_refused_alone_and_left_out_of_a_folder(tmp_path):
    (tmp_path / "build.xml").write_text("<project/>")
    with pytest.raises(InvalidInputError, match=r"build\.xml: no <question> in it"):
        list(xml_questions([tmp_path / "build.xml"]))
    assert list(xml_questions([tmp_path])) == [LeftOut("the file has no <question>")]


def test_a_folder_without_xml_is_refused(tmp_path):
    with pytest.raises(InvalidInputError, match=r"no \.xml file below it"):
        list(xml_questions([tmp_path]))


def test_no_element_has_no_text():
    assert text_of(None) == ""
