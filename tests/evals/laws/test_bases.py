from __future__ import annotations

import json

from evals.laws.bases import read_bases
from evals.laws.law import is_reference
from evals.splits import Split

DECK = "Q: What is rust?\nA: Iron oxide.\nR: = oxidised iron\n\nC: Iron [rusts].\n"


def write_rows(path, *rows):
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def row(number, answer, split=""):
    question = {"question": f"q{number}", "references": ["right"], "split": split}
    return {**question, "id": f"a{number}", "answer": answer, "label": "incorrect"}


def test_references_of_decks_and_cases_are_bases_beside_the_answers(tmp_path):
    deck = tmp_path / "deck.md"
    deck.write_text(DECK, encoding="utf-8")
    data = write_rows(tmp_path / "set.jsonl", row(1, "wrong"))
    found = read_bases(deck, [data], Split.ALL)
    answers = [(case.answer, is_reference(case)) for case in found.cases]
    assert answers == [
        ("Iron oxide.", True), ("oxidised iron", True), ("rusts", True), ("right", True), ("wrong", False),
    ]  # fmt: skip
    assert found.file == "deck.md, set.jsonl"


def test_an_answer_that_is_a_reference_counts_once(tmp_path):
    data = write_rows(tmp_path / "set.jsonl", {**row(1, "right"), "label": "correct"})
    assert len(read_bases(None, [data], Split.ALL).cases) == 1


def test_a_split_leaves_out_the_other(tmp_path):
    rows = [row(1, "a", "dev"), row(2, "b", "test_ua"), row(3, "c"), row(4, "d", "train")]
    data = write_rows(tmp_path / "set.jsonl", *rows)
    dev, test = (read_bases(None, [data], split) for split in (Split.DEV, Split.TEST))
    assert {case.question for case in dev.cases} == {"q1", "q3", "q4"}
    assert {case.question for case in test.cases} == {"q2"}
