"""A Chromium without a window, spoken to over its pipe of developer tools."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from fcntl import F_DUPFD, fcntl
from select import select

# A shell gives the browser the two numbers that it wants its pipe at; those it takes over lie
# beyond what a shell uses itself. Without a sandbox, for it may be run as root.
START = 'exec "$1" --headless=new --no-sandbox --disable-gpu --remote-debugging-pipe ' \
        '--no-first-run --disable-background-networking --user-data-dir="$2" about:blank ' \
        '3<&"$3" 4>&"$4"'  # fmt: skip
PATIENCE = 30.0
"""Seconds to wait for an answer: long, for the machine may be busy."""


class Page:
    """A page of a browser. Everything that it reports is kept in `events`."""

    def __init__(self, write, read):
        self._write, self._read = write, read
        self._buffer, self._count, self._session = b"", 0, None
        self.events = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method, **parameters):
        """The result of a command."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._count:
            self.events.append(answer)
        if "error" in answer:
            raise AssertionError(f"{method}: {answer['error']}")
        return answer["result"]

    def open(self, url):
        """Go to a page, and wait until all of it is there."""
        self.ask("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self.events.append(self._next())

    def value(self, script):
        """What a script makes of the page."""
        found = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def reported(self, *methods):
        """The events of these kinds, in order."""
        return [event["params"] for event in self.events if event.get("method") in methods]

    def _next(self):
        while b"\0" not in self._buffer:
            ready, _, _ = select([self._read], [], [], PATIENCE)
            part = os.read(self._read, 1 << 20) if ready else b""
            assert part, f"the browser said nothing for {PATIENCE:g} s, or ended"
            self._buffer += part
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)


@contextlib.contextmanager
def opened_page(program, folder):
    """A page of a browser whose profile is kept in a folder; it is closed with the block."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    given = [fcntl(number, F_DUPFD, 20) for number in (theirs_in, theirs_out)]
    arguments = ["bash", "-c", START, "bash", program, str(folder), *map(str, given)]
    quiet = subprocess.DEVNULL
    browser = subprocess.Popen(arguments, pass_fds=given, stdout=quiet, stderr=quiet)
    for number in (theirs_in, theirs_out, *given):
        os.close(number)
    try:
        yield Page(ours_out, ours_in)
    finally:
        # The browser ends when nobody speaks to it any more.
        os.close(ours_out)
        os.close(ours_in)
        try:
            browser.wait(5)
        except subprocess.TimeoutExpired:
            browser.kill()
            browser.wait()
