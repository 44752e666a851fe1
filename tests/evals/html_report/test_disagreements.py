from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.html_report.disagreements import marked_answer
from tests.evals.html_report.test_markup import read
from tutor.grading.grade import KeyPoint

ANSWER = "Cats are big but <b>dogs</b> bark"


def point(status, start, end, answer=ANSWER):
    return KeyPoint(text="p", status=status, quote=answer[start:end], span=(start, end))


def test_quotes_are_marked_by_what_they_are():
    found = marked_answer(ANSWER, [point("covered", 0, 4), point("contradicted", 9, 12)])
    assert found.startswith('<mark class="covered" title="covers a key point">Cats</mark> are ')
    assert (
        '<mark class="contradicted" title="contradicts a key point">big</mark> but &lt;b' in found
    )


def test_where_quotes_overlap_what_contradicts_is_shown():
    found = marked_answer(ANSWER, [point("covered", 0, 8), point("contradicted", 5, 12)])
    # "Cats " covers, "are big" contradicts.
    assert ">Cats </mark>" in found
    marks = [part.get("class") for name, part in read(found).elements if name == "mark"]
    assert marks == ["covered", "contradicted", "contradicted"]


@pytest.mark.parametrize(
    "wrong",
    [
        KeyPoint(text="p", status="covered", quote="Dogs", span=(0, 4)),
        KeyPoint(text="p", status="covered", quote="", span=(3, 3)),
        KeyPoint(text="p", status="covered", quote=ANSWER[-4:], span=(-4, len(ANSWER))),
        KeyPoint(text="p", status="missing"),
    ],
)
def test_a_span_that_does_not_hold_its_quote_marks_nothing(wrong):
    assert "<mark" not in marked_answer(ANSWER, [wrong])


texts = st.text(st.sampled_from("ab<&>\"'\n 好"), max_size=20)


@given(texts, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=4))
@settings(max_examples=100, deadline=None)
def test_marking_changes_no_character(answer, spans):
    points = [
        KeyPoint(text="p", status="covered", quote=answer[a:b], span=(a, b)) for a, b in spans
    ]
    assert read(marked_answer(answer, points)).text == answer
