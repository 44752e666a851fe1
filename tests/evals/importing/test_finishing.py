from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.importing.finishing import Stated, finished
from evals.importing.found import BadRow
from evals.rows import Row


def row(id="a", answer="an answer", question="Why?", **fields):
    return Row(id=id, question=question, references=["r"], answer=answer, label="correct", **fields)


@pytest.mark.parametrize(
    ("answer", "question", "language"),
    [
        ("it is cold", "为什么？", "en"),
        ("因为很冷", "Why?", "zh"),
        ("42", "多少？", "zh"),
        ("42", "How many?", "en"),
        ("42", "6 * 7", "en"),
    ],
)
def test_the_language_is_that_of_the_answer_else_of_the_question(answer, question, language):
    (done,) = finished(iter([row(answer=answer, question=question)]), Stated())
    assert done.lang == language


def test_what_is_stated_goes_before_what_the_file_says():
    theirs = row(lang="fr", dataset="d", split="s")
    (done,) = finished(iter([theirs]), Stated())
    assert (done.lang, done.dataset, done.split) == ("fr", "d", "s")
    (done,) = finished(iter([theirs]), Stated(dataset="D", split="S", language="de"))
    assert (done.lang, done.dataset, done.split) == ("de", "D", "S")


def test_an_id_seen_before_gets_a_number():
    found = [row("7"), row("8"), row("7"), BadRow("x:1: bad"), row("7")]
    ids = [each.id for each in finished(iter(found), Stated()) if isinstance(each, Row)]
    assert ids == ["7", "8", "7-2", "7-3"]


@given(st.lists(st.sampled_from(["a", "a-2", "a-2-2", "a-3", "b"]), max_size=12))
@settings(max_examples=60, deadline=None)
def test_ids_are_unique_whatever_they_were(ids):
    done = [each.id for each in finished(iter([row(id) for id in ids]), Stated())]
    assert len(set(done)) == len(ids)
