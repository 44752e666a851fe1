from __future__ import annotations

import json

import pytest

from evals.commands import main

SETTINGS = ["--resamples", "100"]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def write_side(make_outcomes, tmp_path):
    """Outcomes on correct answers, each to a question of its own, of what was said."""

    def write(name, said, grader="fake"):
        rows = [(f"q{number}", "correct", one) for number, one in enumerate(said)]
        text = (f"{one.model_dump_json()}\n" for one in make_outcomes(rows, grader=grader))
        (tmp_path / name).write_text("".join(text), "utf-8")
        return name

    return write


@pytest.fixture
def base(write_side):
    return write_side("base.jsonl", ["correct"] * 10 + ["partial"] * 10)


def gate(*arguments):
    return main(["compare", *arguments, "--metric", "accuracy", *SETTINGS, "--fail-below", "0"])


def test_the_gate_closes_for_a_worse_grader_only(base, write_side, capsys):
    worse = write_side("worse.jsonl", ["incorrect"] * 20)
    better = write_side("better.jsonl", ["correct"] * 20)
    assert gate(base, worse) == 1
    assert "worse: set: accuracy is worse by" in capsys.readouterr().err
    for other in (base, better):
        assert gate(base, other) == 0
        assert "not shown to be worse" in capsys.readouterr().err


def test_without_a_gate_a_worse_grader_is_told_and_no_failure(base, write_side, capsys):
    worse = write_side("worse.jsonl", ["incorrect"] * 20)
    assert main(["compare", base, worse, "--metric", "accuracy", *SETTINGS]) == 0
    printed = capsys.readouterr()
    # Ten of twenty are right in the base and none in the new run.
    assert "| accuracy | 0.500 (" in printed.out
    assert "base agrees more by accuracy: +50.0 points, 95 % interval" in printed.out
    assert "that of new alone on 0 cases, that of base alone on 10" in printed.out
    assert printed.err == ""


def test_the_margin_is_in_points(base, write_side):
    worse = write_side("worse.jsonl", ["incorrect"] * 20)
    options = ["--metric", "accuracy", *SETTINGS, "--fail-below"]
    assert main(["compare", base, worse, *options, "1"]) == 1
    assert main(["compare", base, worse, *options, "90"]) == 0


def test_changed_cases_and_new_failures_are_told(write_side, make_outcomes, tmp_path, capsys):
    base = write_side("base.jsonl", ["correct"] * 4)
    lines = (tmp_path / base).read_text("utf-8").splitlines()
    other = json.loads(lines[0]) | {"content": "other"}
    failed = json.loads(lines[1]) | {"grade": None, "error": {"type": "asleep", "detail": "."}}
    found = [json.dumps(other), json.dumps(failed), *lines[2:], json.dumps(other | {"id": "new"})]
    (tmp_path / "new.jsonl").write_text("\n".join(found) + "\n", "utf-8")
    assert gate(base, "new.jsonl") == 1
    printed = capsys.readouterr()
    for line in (
        "base has 4 cases, new has 5",
        "only in new, and not compared: 1",
        "with another item or answer by now, and not compared: 1",
        "without a grade in new: 1 asleep; no figure counts them",
        "failures of a kind that base does not have: asleep",
    ):
        assert f"- {line}\n" in printed.out
    assert "worse: set: no grade for 1 of 3 shared cases, in the base for 0" in printed.err


def test_a_tiny_file_says_what_is_undefined_and_why(write_side, capsys):
    tiny = write_side("tiny.jsonl", ["correct"])
    assert main(["compare", tiny, tiny, "--metric", "quadratic_kappa", "--metric", "pearson"]) == 0
    assert "- Pearson, scores: undefined, because a correlation needs two rows" in (
        capsys.readouterr().out
    )
    assert gate(tiny, tiny) == 1
    assert "nothing could be judged" in capsys.readouterr().err


def test_two_graders_are_called_by_their_names(base, write_side, capsys):
    mine = write_side("mine.jsonl", ["correct"] * 20, grader="mine:grade")
    assert main(["compare", base, mine, "--metric", "accuracy", *SETTINGS]) == 0
    assert "mine:grade agrees more by accuracy: +50.0 points" in capsys.readouterr().out


def test_a_comparison_as_json(base, capsys):
    assert main(["compare", base, base, "--json", *SETTINGS]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["differences"]["accuracy"] == {"value": 0.0, "low": 0.0, "high": 0.0, "note": None}
    assert list(found["differences"]) == [
        "accuracy", "macro_f1", "quadratic_kappa", "auroc", "brier",
    ]  # fmt: skip


def test_a_base_in_brief_compares_as_the_outcomes_that_it_is_of(base, capsys):
    assert main(["compare-base", base, "--output", "kept"]) == 0
    assert capsys.readouterr().err == "wrote kept/set-fake.jsonl\n"
    assert gate("kept", base) == 0
    assert "| +0.0 (+0.0 to +0.0) |" in capsys.readouterr().out


@pytest.mark.parametrize("options", [["--metric", "charm"], ["--fail-below", "-1"]])
def test_wrong_usage_exits_with_2(base, options, capsys):
    assert main(["compare", base, base, *options]) == 2


def test_what_cannot_be_compared_exits_with_1(base, write_cases, capsys):
    assert gate(base, "none.jsonl") == 1
    assert "none.jsonl: cannot be read" in capsys.readouterr().err
