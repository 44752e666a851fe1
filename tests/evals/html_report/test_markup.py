from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from evals.html_report.markup import Html, joined, tag


class Read(HTMLParser):
    """What a reader of HTML sees: elements with their attributes, and the text."""

    def __init__(self):
        super().__init__()
        self.elements, self.text = [], ""

    def handle_starttag(self, name, attributes):
        self.elements.append((name, dict(attributes)))

    def handle_data(self, data):
        self.text += data


def read(markup):
    reader = Read()
    reader.feed(markup)
    reader.close()
    return reader


def test_markup_inside_markup_stays():
    inner = tag("b", "1 < 2")
    assert tag("p", inner, " & more", class_="note") == (
        '<p class="note"><b>1 &lt; 2</b> &amp; more</p>'
    )


def test_numbers_are_short_none_is_left_out_and_names_are_written_with_hyphens():
    assert tag("line", x1=1 / 3, stroke_width=2, y1=None) == (
        '<line x1="0.333333" stroke-width="2"/>'
    )


def test_markup_added_to_text_is_text_again():
    assert joined([tag("b", "x") + "<i>"]) == "&lt;b&gt;x&lt;/b&gt;&lt;i&gt;"
    assert joined([Html("<i>")]) == "<i>"


@given(st.text(), st.text())
@settings(max_examples=200, deadline=None)
def test_no_text_becomes_markup(child, attribute):
    # Readers end lines their own way, and take a NUL out.
    def seen(text):
        return text.replace("\r\n", "\n").replace("\r", "\n")

    found = read(tag("p", child, title=attribute))
    assert found.elements == [("p", {"title": attribute})]
    assert seen(found.text) == seen(child)
