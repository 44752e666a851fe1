from __future__ import annotations

import sys
from pathlib import Path

import pytest

import evals
from evals.cases import Cuts
from evals.running.identity import _GRADING, identity_of_ours, identity_of_own
from evals.running.own_grader import OwnGrader
from tutor.settings import Settings


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield
    for name in ("mine", "part"):
        sys.modules.pop(name, None)


def ours(name, **options):
    return identity_of_ours(name, Settings(**options))


@pytest.mark.parametrize("name", ["local", "cosine", "judge", "cascade-honest"])
def test_a_grader_is_what_its_settings_make_of_it(name):
    assert ours(name) == ours(name, port=9000, judge_concurrency=3)
    assert ours(name) != ours(name, embedder="none")
    assert ours(name) != ours(name, policy="strict")
    assert ours(name) != ours("overlap")


def test_settings_of_a_judge_reach_only_graders_that_ask_one():
    asked = {"judge_model": "m", "on_judge_failure": "error"}
    assert ours("local") == ours("local", **asked)
    assert ours("cascade") != ours("cascade", **asked)


def test_another_recording_of_the_same_name_is_another_judge(tmp_path):
    path = tmp_path / "replies.jsonl"
    path.write_text("one")
    first = ours("judge", judge_replay=path)
    path.write_text("two")
    assert ours("judge", judge_replay=path) != first


def test_a_grader_of_ones_own_is_its_source_and_that_of_what_it_imports(tmp_path):
    def identity(source, imported, *cut):
        cuts = Cuts(*cut)
        (tmp_path / "mine.py").write_text(source)
        (tmp_path / "part.py").write_text(imported)
        for name in ("mine", "part"):
            sys.modules.pop(name, None)
        OwnGrader("mine:f", cuts).close()
        return identity_of_own("mine:f", cuts)

    source = "import part\ndef f(question, references, answer): return 1.0"
    first = identity(source, "x = 1")
    assert identity(source, "x = 1") == first
    assert identity(source, "x = 22") != first
    assert identity(source + "  # changed", "x = 1") != first
    assert identity(source, "x = 1", 0.5, 0.5) != first


def test_every_module_that_makes_grades_is_there():
    folder = Path(evals.__file__).parent
    assert [name for name in _GRADING if not (folder / f"{name}.py").is_file()] == []
