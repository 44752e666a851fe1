from __future__ import annotations

from collections import Counter

import pytest

from evals.near_copies import NEAR_COPIES, read_near_copies
from evals.splits import Split
from tutor.errors import InvalidInputError

WRONG = {"label": "incorrect", "change": "decisive", "edit": "number"}
RIGHT = {"label": "correct", "change": "harmless", "edit": "synonym"}


@pytest.fixture(scope="module")
def shipped():
    return read_near_copies(NEAR_COPIES, Split.ALL)


def test_rows_are_read_with_their_edits_by_split(write_cases):
    path = write_cases(
        [("q1", "wrong", {**WRONG, "split": "dev"}), ("q2", "right", {**RIGHT, "split": "test"})]
    )
    both = read_near_copies(path, Split.ALL)
    assert [both.edits[case.id].edit for case in both.data.cases] == ["number", "synonym"]
    test = read_near_copies(path, Split.TEST)
    assert [case.answer for case in test.data.cases] == ["right"]


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({**WRONG, "split": "train"}, "set.jsonl:1: split: Input should be 'dev' or 'test'"),
        ({**WRONG, "split": "dev", "edit": ""}, "set.jsonl:1: edit: String should have"),
        ({"label": "correct", "split": "dev"}, "set.jsonl:1: change: Field required"),
        ({**WRONG, "split": "dev", "label": "correct"}, "a0 is decisive and labelled correct"),
        ({**RIGHT, "split": "dev", "label": "partial"}, "a0 is harmless and labelled partial"),
        ({**RIGHT, "split": "test"}, "no rows of split dev"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(write_cases, fields, complaint):
    path = write_cases([("q", "answer", fields)])
    with pytest.raises(InvalidInputError) as caught:
        read_near_copies(path, Split.DEV)
    assert complaint in str(caught.value)
    assert str(path) in str(caught.value)


def test_the_shipped_questions_are_either_for_development_or_for_the_test(shipped):
    splits = {}
    for case in shipped.data.cases:
        splits.setdefault(case.question, set()).add(shipped.edits[case.id].split)
    assert all(len(found) == 1 for found in splits.values())
    sizes = Counter(next(iter(found)) for found in splits.values())
    assert abs(sizes["dev"] - sizes["test"]) <= 0.1 * len(splits)


def test_every_shipped_question_has_decisive_and_harmless_changes(shipped):
    changes = {}
    for case in shipped.data.cases:
        changes.setdefault(case.question, []).append(shipped.edits[case.id].change)
    assert all(set(found) == {"decisive", "harmless"} for found in changes.values())


def test_no_shipped_answer_is_the_reference_itself(shipped):
    assert not [c.id for c in shipped.data.cases if c.answer in c.item.references]


def test_a_shipped_question_is_asked_in_one_way_and_answered_in_different_ones(shipped):
    asked, answers = {}, Counter()
    for case in shipped.data.cases:
        asked.setdefault(case.question, set()).add((case.item.question, case.item.references))
        answers[case.question, case.answer] += 1
    assert all(len(found) == 1 for found in asked.values())
    assert max(answers.values()) == 1
