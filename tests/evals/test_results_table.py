from __future__ import annotations

import json
import shutil

import pytest

from evals.results_table import BEGIN, END, README, RESULTS, TITLES, block, updated
from tutor.errors import InvalidInputError

LOCAL = {
    "auroc": {"value": 0.816, "low": 0.7, "high": 0.9},
    "macro_f1_two_way": {"value": 0.7},
    "share_sure": {"value": 0.254},
    "accuracy_of_sure": {"note": "no grade is sure"},
    "accuracy_at_40": {"value": 0.8},
    "accuracy": {"value": 0.6},
    "ece": {"value": 0.12},
}
OTHER = {"auroc": {"value": 0.61}, "macro_f1_two_way": {"value": 0.55}}
ENTRY = {
    "answers": 1234,
    "questions": 7,
    "graders": {"local": LOCAL, "token overlap": OTHER, "character cosine": OTHER},
    "after": {
        "local": {"macro_f1_two_way": 0.75, "share_sure": 0.4, "ece": 0.1},
        "token overlap": {},
    },
    "people": {"macro_f1_two_way": {"value": 0.9}},
}


@pytest.fixture
def results(tmp_path):
    shutil.copy(RESULTS / "near-copies-test.json", tmp_path)
    (tmp_path / "leave-one-set-out.json").write_text(json.dumps({"khan": ENTRY}), "utf-8")
    cosine = {"khan": {"graders": {"embedder cosine": {"auroc": {"value": 0.58}}}}}
    (tmp_path / "leave-one-set-out-minilm.json").write_text(json.dumps(cosine), "utf-8")
    return tmp_path


def test_readme_shows_the_committed_results():
    readme = README.read_text("utf-8")
    assert updated(readme, block(RESULTS)) == readme, "run python -m evals.results_table"


def test_a_set_is_a_line_in_every_table(results):
    ranking, verdicts, confidence = (
        line for line in block(results).splitlines() if line.startswith(f"| {TITLES['khan']}")
    )
    assert ranking == (
        "| Khan, reading and maths | 1,234 | 7 | 0.82 (0.70–0.90) | – | 0.58 | 0.61 | 0.61 |"
    )
    assert verdicts == "| Khan, reading and maths | 0.70 | 0.75 | – | 0.55 | – | 0.90 |"
    assert confidence == (
        "| Khan, reading and maths | 25 % | – | 0.80 | 0.60 | 0.12 | 40 % | – | – | – | 0.10 |"
    )


def test_only_what_stands_between_the_marks_is_written():
    readme = f"before\n{BEGIN}\nold\n{END}\nafter {END}\n"
    assert updated(readme, "new\n") == f"before\n{BEGIN}\nnew\n{END}\nafter {END}\n"


@pytest.mark.parametrize("readme", ["", BEGIN, END, f"{END}\n{BEGIN}\n"])
def test_a_readme_without_marks_is_refused(readme):
    with pytest.raises(InvalidInputError, match="no place for the results"):
        updated(readme, "new")


def test_missing_results_are_named(results):
    (results / "leave-one-set-out.json").unlink()
    with pytest.raises(InvalidInputError, match=r"leave-one-set-out\.json: cannot be read"):
        block(results)
