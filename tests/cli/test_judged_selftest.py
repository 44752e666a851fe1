"""`tutor selftest` with a judge, as programs drive it and as a terminal shows it."""

from __future__ import annotations

import asyncio
import json
import os
import pty
import re
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from select import select
from threading import Event

import pytest

from tests.chat_server import ChatServer, answering
from tests.cli.fake_judge import FakeCascade
from tests.cli.test_grade_judged import missing

ROOT = Path(__file__).parents[2]
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PATIENCE_SECONDS = 30.0


def events(text):
    return [json.loads(each) for each in text.splitlines()]


def test_a_program_gets_the_local_grade_the_judges_and_then_the_next_question(call, deck, wired):
    wired(FakeCascade(0.05))
    answers = b"maybe raise\n\nright\n\nmaybe fail\n\n"
    seen = events(call("selftest", deck, "--json", stdin=answers).out)
    assert [each["event"] for each in seen] == [
        "question", "grade", "judged", "question", "grade", "question", "grade", "judge_failed",
        "summary",
    ]  # fmt: skip
    local, judged = seen[1:3]
    assert (local["verdict"], judged["verdict"], judged["changed"]) == ("partial", "correct", True)
    assert set(judged) - set(local) == {"changed"}
    assert local["review_id"] == judged["review_id"]
    assert seen[-2]["error"]["type"] == "model-unreachable"
    assert seen[-2]["verdict"] == seen[-3]["verdict"]
    assert seen[-1]["judge"]["seen"] == 1
    assert seen[-1]["correct"] == 2


def test_a_ruling_behind_the_judge_counts(call, deck, wired):
    wired()
    seen = events(call("selftest", deck, "--json", stdin=b"maybe raise\n\no i\nq\n").out)
    assert [each["event"] for each in seen][2:5] == ["judged", "question", "override"]
    assert (seen[-1]["incorrect"], seen[-1]["overridden"]) == (1, 1)


def test_over_a_pipe_the_text_has_the_same_order_and_nothing_that_moves(call, deck, wired):
    wired(FakeCascade(0.3))
    out = call("selftest", deck, stdin=b"maybe raise\n\nq\n").out
    places = [out.index(part) for part in ("Unsure", "→ Correct", "2/3", "the judge saw 1")]
    assert places == sorted(places)
    assert not set(out) & set("\x1b\r⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
    assert "is checking" not in out


def test_the_same_answers_give_the_same_events(call, deck, wired):
    wired(FakeCascade(0.02))

    def told():
        seen = events(call("selftest", deck, "--json", stdin=b"maybe raise\n\nmaybe doubt\n\n").out)
        return [{**each, "review_id": None} for each in seen]

    assert told() == told()


class Terminal:
    """A person at a terminal where `tutor selftest` runs with the judge of a server."""

    def __init__(self, deck, server):
        self._hands, self._screen = pty.openpty()
        self.before = termios.tcgetattr(self._screen)
        environment = {
            **os.environ,
            "TERM": "xterm",
            "NO_COLOR": "1",
            "TUTOR_EMBEDDER": "none",
            "TUTOR_JUDGE_MODEL": "judge",
            "TUTOR_JUDGE_TIMEOUT": "10",
            "OPENAI_BASE_URL": server.base_url,
            "OPENAI_API_KEY": "key",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tutor.cli.main", "selftest", str(deck), "--judge", "always"],
            stdin=self._screen,
            stdout=self._screen,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
        )
        self.shown = ""
        self._seen = 0

    def type(self, text):
        os.write(self._hands, text.encode())

    def sees(self, *parts):
        """Wait until each part is shown, one behind the other and behind what was seen before."""
        for part in parts:
            end = time.monotonic() + PATIENCE_SECONDS
            while (found := self.shown.find(part, self._seen)) < 0:
                assert time.monotonic() < end, f"no {part!r} in {self.shown[self._seen :]!r}"
                self._read()
            self._seen = found + len(part)

    def _read(self):
        if select([self._hands], [], [], 0.1)[0]:
            data = os.read(self._hands, 65536).decode(errors="ignore")
            self.shown += ANSI.sub("", data).replace("\r\n", "\n")

    def modes(self):
        return termios.tcgetattr(self._screen)

    def close(self):
        self.process.kill()
        self.process.wait(10)
        os.close(self._hands)
        os.close(self._screen)


@pytest.fixture
def let():
    """The judge is silent until this is set."""
    return Event()


@pytest.fixture
def server(let):
    async def answer(body, headers):
        while not let.is_set():
            await asyncio.sleep(0.01)
        return answering(missing)(body, headers)

    with ChatServer(answer) as made:
        yield made
        let.set()


@pytest.fixture
def terminal(home, deck, server):
    opened = Terminal(deck, server)
    yield opened
    opened.close()


def stored(home):
    listed = subprocess.run(
        [sys.executable, "-m", "tutor.cli.main", "reviews", "--json"],
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    return json.loads(listed.stdout)


def test_pulling_the_plug_in_the_middle_of_a_sitting_costs_nothing(home, server, let, terminal):
    terminal.sees("> ")
    terminal.type("an answer\n\n")
    terminal.sees("score", "The judge judge is checking", " s  ")
    let.set()
    terminal.sees("The judge", "incorrect")
    terminal.sees("> ")
    terminal.type("\n\n")
    terminal.sees("2/3", "> ")
    server.stop()
    terminal.type("another answer\n\n")
    terminal.sees("score", "is checking", "its server cannot", "OPENAI_BASE_URL")
    terminal.sees("> ")
    terminal.type("3\n\n")
    terminal.sees("3/3", "> ")
    terminal.type("q\n")
    terminal.sees("2 of 3 answered", "the judge saw 1", "failed 1")
    assert terminal.process.wait(20) == 0
    later, first = stored(home)
    assert first["grade"]["receipt"]["judge"]["valid"] == 1
    assert later["grade"]["receipt"]["judge"]["error"]["type"] == "model-unreachable"
    assert later["overrides"][0]["verdict"] == "incorrect"


def test_a_key_while_the_judge_is_at_it_is_hers_and_nothing_moves_under_it(let, terminal):
    terminal.sees("> ")
    terminal.type("an answer\n\n")
    terminal.sees("is checking", " s  ")
    terminal.type("1")
    terminal.sees("> 1")
    let.set()
    time.sleep(0.4)  # time enough for a word that should not come
    terminal.type("\n")
    terminal.sees("Overridden: “Correct”.", "> ")
    assert "The judge on card" not in terminal.shown
    terminal.type("\n")
    terminal.sees("The judge on card 1", "You ruled “Correct”", "2/3", "> ")
    terminal.type("q\n")
    assert terminal.process.wait(20) == 0


def test_lines_typed_ahead_are_read_in_their_places(home, let, terminal):
    terminal.sees("> ")
    terminal.type("one\n\n\ntwo\n\n\nthree\n\n\n")
    terminal.sees("2/3", "3/3", "The judge still owes 3")
    let.set()
    terminal.sees("The judge on card 3", "Summary", "3 of 3 answered")
    assert terminal.process.wait(20) == 0
    assert [review["answer"] for review in stored(home)] == ["three", "two", "one"]


def test_an_interrupt_while_the_judge_is_at_it_leaves_everything_in_order(home, terminal):
    terminal.sees("> ")
    terminal.type("an answer\n\n")
    terminal.sees("is checking", " s  ")
    os.kill(terminal.process.pid, signal.SIGINT)
    terminal.sees("Summary", "1 of 3 answered", "not waited for 1")
    assert terminal.process.wait(20) == 130
    assert terminal.modes() == terminal.before
    assert [review["answer"] for review in stored(home)] == ["an answer"]
