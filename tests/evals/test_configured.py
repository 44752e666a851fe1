"""Measuring the judge that the settings choose: recorded once, replayed without a server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.cases import Cuts, read_cases
from evals.configured import with_recording
from evals.graded import grade_with
from evals.graders import GraderName, opened_graders
from evals.mock_judges import MOCK_JUDGES, findings
from tests.chat_server import ChatServer, failing, reply, slow
from tutor.errors import SettingsError
from tutor.inference.chat import ChatRequest, Message
from tutor.settings import Settings

ROWS = [
    {
        "id": str(number),
        "question_id": "q",
        "question": "Why is the sky blue?",
        "references": ["Air scatters short wavelengths most"],
        "answer": f"{answer} {number}",
        "label": label,
        "lang": "en",
    }
    for number, (answer, label) in enumerate(
        [
            ("short wavelengths are scattered most by air", "correct"),
            ("the sea does it", "incorrect"),
        ]
        * 6
    )
]


def honest(body, headers):
    turns = tuple(Message(turn["role"], turn["content"]) for turn in body["messages"])
    schema = body["response_format"]["json_schema"]["schema"]
    found = findings(ChatRequest(turns, schema, "judgement"), MOCK_JUDGES["honest"])
    return reply(json.dumps(found))


@pytest.fixture
def cases(tmp_path: Path):
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return read_cases(path, Cuts())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        embedder="none", judge_model="m", judge_cache=False,
        database_url=f"sqlite:///{tmp_path}/r.db",
    )  # fmt: skip


def outcomes(cases, settings, *names):
    with opened_graders(names, settings) as graders:
        return grade_with(cases, graders)


def test_a_run_is_recorded_and_replayed_to_the_same_grades(cases, settings, tmp_path, monkeypatch):
    file = tmp_path / "run.jsonl"
    with ChatServer(slow(0.05, honest)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        (first,) = outcomes(cases, with_recording(settings, file, None), GraderName.JUDGE)
        asked = len(server.requests)
        assert server.most_at_once > 1
    assert asked >= len(ROWS)
    monkeypatch.delenv("OPENAI_BASE_URL")  # no server, no key
    (again,) = outcomes(cases, with_recording(settings, None, file), GraderName.JUDGE)
    assert [one.id for one in again] == [row["id"] for row in ROWS]
    assert [one.grade.verdict for one in again] == [one.grade.verdict for one in first]
    assert [one.grade.key_points for one in again] == [one.grade.key_points for one in first]


def test_a_judge_that_fails_leaves_no_grade_and_a_cascade_the_local_one(
    cases, settings, monkeypatch
):
    with ChatServer(failing(401)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        judge, cascade = outcomes(cases, settings, GraderName.JUDGE, GraderName.CASCADE)
    assert {one.error.type for one in judge} <= {"model-access", "model-paused"}
    assert all(one.grade.receipt.judge is None or one.grade.receipt.judge.error for one in cascade)


def test_recording_a_replay_makes_no_sense(settings, tmp_path):
    with pytest.raises(SettingsError, match="nothing to record"):
        with_recording(settings, tmp_path / "a", tmp_path / "b")
