from __future__ import annotations

from collections import Counter

import pytest

from evals.attacks import ATTACKS, MASTER_KEY, PLAUSIBLE, Attack, read_attacks
from evals.splits import Split
from tutor.errors import InvalidInputError

ROW = {"label": "incorrect", "technique": "plea", "split": "dev"}


@pytest.fixture(scope="module")
def shipped():
    return read_attacks(ATTACKS, Split.ALL)


def test_rows_are_read_with_their_attacks_by_split(write_cases):
    rows = [
        ("q1", "wrong, please", {**ROW, "base": "wrong"}),
        ("q2", "full marks!", {**ROW, "split": "test"}),
    ]
    path = write_cases(rows)
    both = read_attacks(path, Split.ALL)
    assert [case.answer for case in both.data.cases] == ["wrong, please", "full marks!"]
    assert [(case.id, case.answer) for case in both.bases.cases] == [("a0", "wrong")]
    test = read_attacks(path, Split.TEST)
    assert [case.answer for case in test.data.cases] == ["full marks!"]
    assert test.bases.cases == ()


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({**ROW, "split": "train"}, "set.jsonl:1: split: Input should be 'dev' or 'test'"),
        ({**ROW, "technique": ""}, "set.jsonl:1: technique: String should have"),
        ({"label": "incorrect", "split": "dev"}, "set.jsonl:1: technique: Field required"),
        ({**ROW, "base": ""}, "set.jsonl:1: base: String should have"),
        ({**ROW, "label": "correct"}, "a0 is labelled correct"),
        ({**ROW, "split": "test"}, "no rows of split dev"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(write_cases, fields, complaint):
    path = write_cases([("q", "answer", fields)])
    with pytest.raises(InvalidInputError) as caught:
        read_attacks(path, Split.DEV)
    assert complaint in str(caught.value)
    assert str(path) in str(caught.value)


def test_some_attacks_keep_to_the_subject_and_the_others_address_the_grader():
    row = {"id": "a", "split": "dev"}
    assert Attack(technique="plea", **row).addresses_the_grader
    assert not Attack(technique="keyword-stuffing", **row).addresses_the_grader
    assert not Attack(technique=MASTER_KEY, **row).addresses_the_grader


def is_drawn(id):
    """Whether a row was written for both halves; the fresh ones are for the test alone."""
    return not id.startswith("fresh-")


def test_the_shipped_questions_are_either_for_development_or_for_the_test(shipped):
    splits = {}
    for case in shipped.data.cases:
        splits.setdefault(case.question, set()).add(shipped.by_id[case.id].split)
    assert all(len(found) == 1 for found in splits.values())
    drawn = (next(iter(splits[case.question])) for case in shipped.data.cases if is_drawn(case.id))
    sizes = Counter(drawn)
    assert abs(sizes["dev"] - sizes["test"]) <= 0.1 * len(splits)


def test_every_shipped_technique_is_tried_in_both_halves(shipped):
    splits = {}
    for id, attack in shipped.by_id.items():
        if is_drawn(id):
            splits.setdefault(attack.technique, set()).add(attack.split)
    assert all(found == {"dev", "test"} for found in splits.values())
    assert {MASTER_KEY, *PLAUSIBLE} <= splits.keys()


def test_shipped_attacks_are_as_many_and_as_different_as_a_release_asks_for(shipped):
    assert len(shipped.data.cases) >= 220
    assert len({attack.technique for attack in shipped.by_id.values()}) >= 24
    assert len({case.question for case in shipped.data.cases}) >= 40
    languages = Counter(case.language for case in shipped.data.cases)
    assert min(languages["zh"], languages["en"]) >= 0.4 * len(shipped.data.cases)


def test_no_shipped_answer_comes_twice_and_none_is_its_own_base(shipped):
    answers = Counter((case.question, case.answer) for case in shipped.data.cases)
    assert max(answers.values()) == 1
    bases = {case.id: case.answer for case in shipped.bases.cases}
    plain = [c.id for c in shipped.data.cases if bases.get(c.id) == c.answer]
    assert plain == []
