from __future__ import annotations

import os
import pty
import termios
from concurrent.futures import Future
from threading import Timer

import pytest

from tutor.cli.keys import done_before_key


@pytest.fixture
def terminal():
    """The two sides of a terminal: who types, and who is typed to."""
    hands, screen = pty.openpty()
    yield hands, screen
    os.close(hands)
    os.close(screen)


def test_a_job_that_is_done_ends_the_wait(terminal):
    job = Future()
    Timer(0.2, job.set_result, [None]).start()
    waited = []
    assert done_before_key(terminal[1], job, waited.append)
    assert waited == sorted(waited)
    assert waited[0] < 0.1


def test_a_key_ends_the_wait_before_its_line_is_ended_and_is_left_unread(terminal):
    hands, screen = terminal
    os.write(hands, b"1")
    assert not done_before_key(screen, Future(), lambda seconds: None)
    assert os.read(screen, 10) == b"1"


def test_lines_typed_ahead_stay(terminal):
    hands, screen = terminal
    os.write(hands, b"one\ntwo\n")
    done = Future()
    done.set_result(None)
    assert done_before_key(screen, done, lambda seconds: None)
    assert os.read(screen, 4) + os.read(screen, 4) == b"one\ntwo\n"


def test_the_terminal_is_left_as_it_was_however_the_wait_ends(terminal):
    screen = terminal[1]
    before = termios.tcgetattr(screen)

    def interrupted(seconds):
        assert not termios.tcgetattr(screen)[3] & termios.ECHO
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        done_before_key(screen, Future(), interrupted)
    assert termios.tcgetattr(screen) == before
