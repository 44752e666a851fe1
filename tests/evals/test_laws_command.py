from __future__ import annotations

import json

import pytest

from evals.commands import main
from evals.laws.book import LAWS

ROWS = [
    ("q1", "It is right.", {"label": "correct", "lang": "en"}),
    ("q2", "It is wrong.", {"label": "incorrect", "lang": "en"}),
]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    """No tutor.toml and no setting of the machine reaches the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TUTOR_EMBEDDER", raising=False)


def laws(path, *options):
    return main(["laws", "--data", str(path), "--grader", "overlap", *options])


def test_laws_prints_and_writes_the_rates(write_cases, tmp_path, capsys):
    assert laws(write_cases(ROWS), "--output", "out/laws.json", "--limit", "9") == 0
    printed = capsys.readouterr().out
    command = (
        "python -m evals laws --data set.jsonl --grader overlap --split all --limit 9 --seed 0"
    )
    assert f"`{command}`" in printed
    # The reference of both questions is `right`: an overlap of 1 with itself.
    assert "| reference itself | correct | 0.0 % (0.0–65.8), 0 of 2 |" in printed
    assert (tmp_path / "out" / "laws.md").read_text(encoding="utf-8") + "\n" == printed
    result = json.loads((tmp_path / "out" / "laws.json").read_text(encoding="utf-8"))
    assert (result["answers"], result["questions"], result["limit"]) == (4, 2, 9)
    assert len(result["graders"][0]["laws"]) == len(LAWS) + 2


def test_laws_on_other_data_are_kept_only_where_asked(write_cases, tmp_path, capsys):
    assert laws(write_cases(ROWS), "--json", "--show") == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["split"] == "all"
    assert "kept only with --output" in printed.err
    assert "overlap: " in printed.err  # its breaks, beside the JSON
    assert [file.name for file in tmp_path.iterdir()] == ["set.jsonl"]


def test_laws_are_a_suite_of_attack(capsys, monkeypatch):
    asked = []
    monkeypatch.setattr("evals.attack_command.grade_laws", lambda **chosen: asked.append(chosen))
    assert main(["attack", "--suite", "laws", "--grader", "overlap", "--split", "dev"]) == 0
    assert (asked[0]["grader"], asked[0]["split"]) == (["overlap"], "dev")


@pytest.mark.parametrize("options", [["--output", "a.json"], ["--json"]])
def test_one_report_is_of_one_suite(capsys, options):
    assert main(["attack", "--grader", "overlap", *options]) == 1
    assert "--suite laws" in capsys.readouterr().err
