from __future__ import annotations

import pytest

from evals.cases import Cuts, read_cases
from evals.slices import slices_of

RIGHT = {"label": "correct"}


@pytest.fixture
def sliced(write_cases):
    def of(answer="right", **fields):
        (case,) = read_cases(write_cases([("q", answer, {**RIGHT, **fields})]), Cuts()).cases
        return dict(slices_of(case))

    return of


def test_language_and_kind_are_those_of_the_row(sliced):
    found = sliced(lang="zh", kind="cloze")
    assert (found["language"], found["kind of card"]) == ("zh", "cloze")
    assert sliced()["language"] == "unnamed"


@pytest.mark.parametrize(
    ("reference", "dimension", "name"),
    [
        ("It boils at 100 °C.", "numbers in the reference", "some"),
        ("It boils when heated.", "numbers in the reference", "none"),
        ("A virus is not alive.", "negation in the reference", "some"),
        ("病毒不是生物。", "negation in the reference", "some"),
        ("A virus is small.", "negation in the reference", "none"),
        ("硬件、软件和人员", "reference", "a list"),
        ("A virus is small.", "reference", "no list"),
    ],
)
def test_a_card_is_sliced_by_what_its_reference_asks_for(sliced, reference, dimension, name):
    assert sliced(references=[reference])[dimension] == name


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("", "0 to 5 words"),
        ("one two three four five", "0 to 5 words"),
        ("one two three four five six", "6 to 15 words"),
        # Eleven Han characters count as six words.
        ("对齐是让模型照着人意做事", "6 to 15 words"),
        ("word " * 41, "over 40 words"),
    ],
)
def test_length_counts_words_of_both_scripts(sliced, answer, name):
    assert sliced(answer)["length of the answer"] == name


def test_every_tag_is_a_slice(write_cases):
    rows = [("q", "x", {**RIGHT, "tags": ["typo", "terse"]})]
    (case,) = read_cases(write_cases(rows), Cuts()).cases
    assert [s.name for s in slices_of(case) if s.dimension == "tag"] == ["typo", "terse"]
