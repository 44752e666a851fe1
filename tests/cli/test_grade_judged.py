"""`tutor grade` with a judge: many lines under way, each written in its order."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.chat_server import ChatServer, answering
from tests.cli import fake_judge
from tests.cli.fake_judge import FakeCascade

ROOT = Path(__file__).parents[2]


def line(number, answer="maybe"):
    record = {"id": number, "question": "Q?", "references": ["R."], "answer": answer}
    return json.dumps(record).encode() + b"\n"


def lines_of(text):
    return [json.loads(each) for each in text.splitlines()]


def judged_grade(delay):
    """A process that grades its standard input with a judge that takes so many seconds."""
    return subprocess.Popen(
        [sys.executable, fake_judge.__file__, str(delay), "grade"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "TUTOR_JUDGE_MODEL": "mock"},
    )


def missing(body):
    """A judgement that finds none of the key points in the answer."""
    schema = body["response_format"]["json_schema"]["schema"]
    ids = schema["properties"]["points"]["items"]["properties"]["id"]["enum"]
    return {"points": [{"id": each, "quote": "", "status": "missing"} for each in ids], "wrong": []}


def test_many_lines_are_under_way_and_come_out_in_order(call, wired):
    judge = wired(FakeCascade(0.1))
    answers = ["maybe raise" if number % 3 else "right" for number in range(30)]
    outcome = call("grade", stdin=b"".join(map(line, range(30), answers)))
    results = lines_of(outcome.out)
    assert [each["id"] for each in results] == list(range(30))
    assert {each["verdict"] for each in results} == {"correct"}
    assert judge.most_at_once == len(judge.asked) == 20


def test_no_more_lines_are_under_way_than_have_room(call, wired, monkeypatch):
    monkeypatch.setenv("TUTOR_JUDGE_CONCURRENCY", "1")
    judge = wired(FakeCascade(0.02))
    outcome = call("grade", stdin=b"".join(map(line, range(40))))
    assert len(lines_of(outcome.out)) == 40
    # Eight lines for the one request that may be.
    assert 1 < judge.most_at_once <= 8


def test_with_never_nobody_is_asked(call, wired):
    judge = wired()
    call("grade", "--judge", "never", stdin=line(1))
    assert judge.asked == []


@pytest.mark.parametrize("command", ["grade", "selftest"])
def test_with_never_a_judge_that_cannot_be_opened_is_in_nobodys_way(call, monkeypatch, command):
    monkeypatch.setenv("TUTOR_JUDGE_REPLAY", "nowhere.jsonl")
    assert call(command, "--judge", "never", stdin=line(1)).status == 0
    assert call(command, stdin=line(1)).status == 1


def test_always_asks_about_sure_grades_too(call, wired):
    judge = wired()
    call("grade", "--judge", "always", stdin=line(1, "right"))
    assert judge.asked == ["right"]


def test_bad_lines_keep_their_places(call, wired):
    wired(FakeCascade(0.05))
    outcome = call("grade", stdin=line(1, "maybe raise") + b"{broken\n" + line(3, "maybe lower"))
    first, second, third = lines_of(outcome.out)
    assert (first["verdict"], third["verdict"]) == ("correct", "incorrect")
    assert second["error"]["detail"].startswith("line 2: ")
    assert outcome.status == 1


def test_a_judge_that_fails_leaves_the_local_grade_and_says_so(call, wired):
    wired()
    outcome = call("grade", stdin=line(1, "maybe fail"))
    (result,) = lines_of(outcome.out)
    assert (outcome.status, result["verdict"]) == (0, "partial")
    assert result["receipt"]["judge"]["error"]["type"] == "model-unreachable"


def test_a_judge_that_fails_is_an_error_line_where_it_is_to_be_one(call, wired):
    wired(FakeCascade(error=True))
    outcome = call("grade", stdin=line(1, "maybe fail") + line(2, "maybe raise"))
    first, second = lines_of(outcome.out)
    assert outcome.status == 1
    assert first == {
        "id": 1,
        "error": {"type": "model-unreachable", "detail": f"line 1: {fake_judge.UNREACHABLE}"},
    }
    assert second["verdict"] == "correct"


def test_the_grade_that_is_written_is_the_one_kept(call, wired):
    wired()
    call("grade", "--record", stdin=line(1, "maybe raise"))
    (review,) = json.loads(call("reviews", "--json").out)
    assert (review["grade"]["verdict"], review["local_grade"]) == ("correct", None)


def test_a_pipe_that_stays_open_and_silent_gets_its_answer(home):
    with judged_grade(0.2) as process:
        for number, answer in enumerate(["maybe raise", "right", "maybe lower"]):
            process.stdin.write(line(number, answer))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        _, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (0, b"")


def test_an_interrupt_does_not_wait_for_the_judge(home):
    with judged_grade(60) as process:
        process.stdin.write(line(1, "right") + line(2) + line(3))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 1
        time.sleep(0.3)
        interrupted = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        took = time.monotonic() - interrupted
    assert (process.returncode, out, err) == (130, b"", b"")
    assert took < 5


def test_a_reader_that_goes_away_is_no_error_message(home):
    with judged_grade(0.1) as process:
        process.stdout.close()
        process.stdin.write(line(1) * 20)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(20) == 1


def test_a_recording_is_replayed_without_a_server(call, home, monkeypatch):
    asked = line(1, "maybe") + line(2, "half")
    with ChatServer(answering(missing)) as server:
        monkeypatch.setenv("TUTOR_JUDGE_MODEL", "judge")
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", "key")
        first = call("grade", "--judge", "always", "--record-judge", "said.jsonl", stdin=asked)
        assert len(server.requests) == 2
    monkeypatch.delenv("TUTOR_JUDGE_MODEL")
    monkeypatch.delenv("OPENAI_BASE_URL")
    again = call("grade", "--judge", "always", "--replay", "said.jsonl", stdin=asked)
    assert again.status == 0
    for before, after in zip(lines_of(first.out), lines_of(again.out), strict=True):
        assert before["verdict"] == after["verdict"]
        assert after["receipt"]["judge"]["remembered"]


def test_a_replay_has_nothing_to_record(call, wired):
    wired()
    outcome = call("grade", "--replay", "a.jsonl", "--record-judge", "b.jsonl")
    assert outcome.status == 2
    assert "--record-judge" in outcome.err


@pytest.mark.parametrize("command", ["grade", "selftest"])
def test_always_without_a_judge_says_what_to_set(call, command):
    outcome = call(command, "--judge", "always", stdin=line(1))
    assert (outcome.status, outcome.out) == (2, "")
    assert "TUTOR_JUDGE_MODEL" in outcome.err
