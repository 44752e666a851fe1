from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from http.client import HTTPConnection
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tutor.api.app import create_app
from tutor.api.serve import serve
from tutor.errors import SettingsError


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", None), ("no-such-host.invalid", 0), ("127.0.0.1", 70_000)]
)
def test_an_address_that_cannot_be_bound_is_one_line(tutor, host, port):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1] if port is None else port
        with pytest.raises(SettingsError, match=f"{host} port {number}") as caught:
            serve(create_app(tutor), host=host, port=number, listening=pytest.fail)
    assert "\n" not in str(caught.value)


def test_answers_are_not_held_back(tutor):
    """Packets that wait for one another cost 40 ms a request; an answer alone takes about 2."""
    seconds = []

    def ask(url):
        connection = HTTPConnection(url.removeprefix("http://"), timeout=10)
        for _ in range(21):
            start = time.perf_counter()
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            seconds.append(time.perf_counter() - start)
        connection.close()

    while_serving(tutor, ask)
    assert sorted(seconds)[10] < 0.03


def test_serves_until_it_is_interrupted(tutor):
    answers = []

    def ask(url):
        answers.append(post(url, "Paris"))
        answers.append(post(url, "x" * 20 * 2**20))

    while_serving(tutor, ask)
    # The client of the second request gets to read its answer although it was still sending.
    assert answers == [200, 413]


def while_serving(tutor, ask):
    """Call `ask` with the URL in a thread while the app is served, then press Ctrl-C."""

    def asking(url):
        try:
            ask(url)
        finally:
            os.kill(os.getpid(), signal.SIGINT)

    def listening(url):
        threading.Thread(target=asking, args=(url,)).start()

    with pytest.raises(KeyboardInterrupt):
        serve(create_app(tutor), host="127.0.0.1", port=0, listening=listening)


def post(url, answer):
    body = {"question": "q", "references": ["Paris"], "answer": answer}
    headers = {"content-type": "application/json"}
    request = Request(f"{url}/v1/grade", json.dumps(body).encode(), headers)
    try:
        with urlopen(request, timeout=10) as response:
            return response.status
    except HTTPError as error:
        with error:
            return error.code
