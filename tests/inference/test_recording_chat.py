from __future__ import annotations

import pytest

from tests.inference.fake_chat import FakeChat, asking, failing, replying
from tests.inference.virtual_time import run
from tutor.errors import (
    MalformedReplyError,
    ModelError,
    ModelPausedError,
    ModelTimeoutError,
    NotRecordedError,
)
from tutor.inference.recording import open_recording, read_recording
from tutor.inference.recording_chat import RecordingChat, ReplayedChat


def recording(inner, path):
    about = {"model": inner.name, "endpoint": inner.endpoint, "parameters": {"max_tokens": 9}}
    return RecordingChat(inner, open_recording(path, secret=b"s", **about))


def ask(chat, *requests):
    async def story():
        came = []
        for one in requests:
            try:
                came.append(await chat.ask(one))
            except ModelError as error:
                came.append(error)
        return came

    return run(story())


def test_a_replay_gives_what_came_failures_included(tmp_path):
    path = tmp_path / "judge.jsonl"
    script = [
        replying(),
        failing(ModelTimeoutError, "too late; wait"),
        failing(MalformedReplyError, "no JSON; try another model"),
        replying(attempts=3),
    ]
    requests = [asking(str(number)) for number in range(4)]
    live = ask(recording(FakeChat(*script), path), *requests)
    chat = ReplayedChat(read_recording(path))
    replayed = ask(chat, *reversed(requests))[::-1]
    assert [type(one) for one in replayed] == [type(one) for one in live]
    assert [str(one) for one in replayed[1:3]] == [str(one) for one in live[1:3]]
    assert [replayed[0].value, replayed[3].attempts] == [live[0].value, 3]
    assert (chat.name, chat.endpoint) == ("fake", "http://fake.test/v1")


def test_what_is_not_recorded_says_what_to_do(tmp_path):
    path = tmp_path / "judge.jsonl"
    ask(recording(FakeChat(), path), asking("this"))
    (error,) = ask(ReplayedChat(read_recording(path)), asking("that"))
    assert isinstance(error, NotRecordedError)
    assert "record again" in str(error)


def test_what_was_not_sent_is_not_recorded(tmp_path):
    path = tmp_path / "judge.jsonl"
    ask(recording(FakeChat(failing(ModelPausedError)), path), asking())
    assert not read_recording(path).failures


def test_a_file_that_cannot_be_written_costs_nobody_a_reply(tmp_path):
    path = tmp_path / "judge.jsonl"
    chat = recording(FakeChat(), path)
    path.unlink()
    path.mkdir()
    (reply,) = ask(chat, asking())
    assert reply.model == "fake-1"
    assert str(path) in chat.trouble


def test_a_failure_that_is_replayed_twice_is_raised_anew(tmp_path):
    path = tmp_path / "judge.jsonl"
    ask(recording(FakeChat(failing(ModelTimeoutError)), path), asking())
    chat = ReplayedChat(read_recording(path))
    with pytest.raises(ModelTimeoutError) as first:
        run(chat.ask(asking()))
    with pytest.raises(ModelTimeoutError) as second:
        run(chat.ask(asking()))
    assert first.value is not second.value
