from __future__ import annotations

import json
import os

import pytest

from tests.inference.fake_chat import failing, replying
from tutor.errors import MalformedReplyError, ModelTimeoutError, SettingsError
from tutor.inference.recording import open_recording, read_recording

SECRET = bytes(range(16))
ABOUT = {"model": "m", "endpoint": "http://h/v1", "parameters": {"max_tokens": 100}}


def opened(path, secret=SECRET, **about):
    return open_recording(path, secret=secret, **ABOUT | about)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "judge.jsonl"


def test_what_was_recorded_is_read(path):
    recorder = opened(path)
    recorder.add_reply("k1", replying())
    recorder.add_failure("k2", failing(ModelTimeoutError, "too late; wait"))
    recording = read_recording(path)
    assert bytes.fromhex(recording.header.secret) == SECRET
    assert (recording.header.model, recording.header.endpoint) == ("m", "http://h/v1")
    assert recording.header.parameters == {"max_tokens": 100}
    assert recording.replies["k1"].value == {"points": []}
    assert recording.replies["k1"].remembered
    assert type(recording.failures["k2"]) is ModelTimeoutError
    assert str(recording.failures["k2"]) == "too late; wait"


def test_the_first_reply_to_a_key_stands(path):
    recorder = opened(path)
    recorder.add_reply("k", replying(attempts=1))
    recorder.add_reply("k", replying(attempts=2))
    opened(path).add_reply("k", replying(attempts=3))
    assert read_recording(path).replies["k"].attempts == 1
    assert len(path.read_bytes().splitlines()) == 2


def test_a_failure_stands_until_a_reply_comes(path):
    recorder = opened(path)
    recorder.add_failure("k", failing(ModelTimeoutError))
    recorder.add_failure("k", failing(MalformedReplyError))
    assert type(read_recording(path).failures["k"]) is ModelTimeoutError
    opened(path).add_reply("k", replying())
    assert "k" in read_recording(path).replies


def test_going_on_keeps_the_secret_of_the_file(path):
    opened(path).add_reply("k1", replying())
    recorder = opened(path, secret=b"another")
    assert bytes.fromhex(recorder.header.secret) == SECRET
    recorder.add_reply("k2", replying())
    assert set(read_recording(path).replies) == {"k1", "k2"}


@pytest.mark.parametrize("lost", [1, 2, 40])
def test_a_line_that_a_kill_left_unfinished_is_passed_over_and_written_anew(path, lost):
    recorder = opened(path)
    recorder.add_reply("k1", replying())
    recorder.add_reply("k2", replying())
    os.truncate(path, path.stat().st_size - lost)
    assert set(read_recording(path).replies) == {"k1"}
    opened(path).add_reply("k2", replying())
    assert set(read_recording(path).replies) == {"k1", "k2"}


@pytest.mark.parametrize(
    "damage",
    [
        b"{",
        b"",
        b"[]",
        b'{"key": "k"}',
        b'{"reply": {}}',
        b'{"key": "k", "reply": {"value": 1}}',
        b"\xff\xfe",
    ],
)
def test_other_damage_is_named_with_its_line(path, damage):
    opened(path).add_reply("k1", replying())
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([lines[0], damage, lines[1], b""]))
    with pytest.raises(SettingsError) as caught:
        read_recording(path)
    assert f"{path}:2: " in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"# My notes\nof today", b"one line", b'{"key": "k"}\n'])
def test_a_file_that_is_no_recording_is_not_touched(path, content):
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=":1: "):
        opened(path)
    assert path.read_bytes() == content


def test_an_empty_file_begins_a_recording(path):
    path.touch()
    opened(path).add_reply("k", replying())
    assert set(read_recording(path).replies) == {"k"}


@pytest.mark.parametrize(
    "about", [{"model": "n"}, {"endpoint": "http://i/v1"}, {"parameters": {"max_tokens": 1}}]
)
def test_a_recording_is_of_one_model(path, about):
    opened(path)
    with pytest.raises(SettingsError, match="another file"):
        opened(path, **about)


def test_a_file_that_cannot_be_read_or_written_is_named(tmp_path):
    missing = tmp_path / "no folder" / "judge.jsonl"
    with pytest.raises(SettingsError, match="no folder"):
        read_recording(missing)
    with pytest.raises(SettingsError, match="no folder"):
        opened(missing)


def test_a_kind_of_failure_from_a_later_version_is_still_a_failure(path):
    opened(path)
    with path.open("ab") as file:
        file.write(
            json.dumps({"key": "k", "error": "model-asleep", "detail": "zz"}).encode() + b"\n"
        )
    assert str(read_recording(path).failures["k"]) == "zz"
