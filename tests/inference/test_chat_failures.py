"""Bad behaviour of servers and models, each with the one named error that it is."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading

import pytest
from fastapi import Response

from tests.chat_server import (
    Behaviour,
    ChatServer,
    answering,
    breaking,
    dripping,
    dripping_blanks,
    empty,
    failing,
    filtered,
    hanging_up,
    huge,
    no_choices,
    not_json_body,
    refusing,
    resetting,
    saying,
    slow,
    truncated,
    wrong_content_type,
)
from tests.inference.asking import ask, outcome, with_model
from tutor.errors import (
    EmptyReplyError,
    FilteredReplyError,
    MalformedReplyError,
    ModelAccessError,
    ModelBusyError,
    ModelCallError,
    ModelError,
    ModelNotFoundError,
    ModelRequestError,
    ModelServerError,
    ModelTimeoutError,
    ModelUnreachableError,
    RefusedReplyError,
    TruncatedReplyError,
)
from tutor.inference.chat import Usage

KEY = "sk-very-secret"
OK = answering({"verdict": "yes"})
FOUR_MB = 4 * 1024 * 1024


def error_body(message: str = "no", **fields) -> dict:
    return {"message": message, **fields}


def told(body) -> Behaviour:
    """A good status with this as its body."""
    return lambda _, __: Response(body, media_type="application/json")


FAILURES: dict[str, tuple[Behaviour, type[ModelError]]] = {
    # what the server says
    "429": (failing(429), ModelBusyError),
    "429 with Retry-After": (failing(429, headers={"Retry-After": "7"}), ModelBusyError),
    "429, nothing left to spend": (
        failing(429, error_body(code="insufficient_quota")), ModelAccessError,
    ),
    "409": (failing(409), ModelBusyError),
    "408": (failing(408), ModelTimeoutError),
    "500": (failing(500), ModelServerError),
    "502 with a web page": (wrong_content_type(status=502), ModelServerError),
    "503 while the model loads": (failing(503, "Loading model"), ModelServerError),
    "504": (failing(504), ModelServerError),
    "500 that breaks off": (breaking(500), ModelUnreachableError),
    "400 of no known cause": (failing(400, "no"), ModelRequestError),
    "400, the chat is too long": (
        failing(400, error_body(code="context_length_exceeded")), ModelRequestError,
    ),
    "400 by a content filter": (
        failing(400, error_body(code="content_filter")), FilteredReplyError,
    ),
    "413": (failing(413), ModelRequestError),
    "401": (failing(401, f"Incorrect API key provided: {KEY}"), ModelAccessError),
    "402": (failing(402), ModelAccessError),
    "403": (failing(403), ModelAccessError),
    "404, no such model": (failing(404, "model 'judge' not found, try pulling it first"), ModelNotFoundError),
    "405, a wrong address": (failing(405), ModelNotFoundError),
    "an error under status 200": (told('{"error": {"message": "upstream", "code": 503}}'), ModelServerError),
    "a rate limit under status 200": (told('{"error": {"message": "slow down", "code": 429}}'), ModelBusyError),
    # what the line does
    "reset in mid-body": (resetting(), ModelUnreachableError),
    "broken off in mid-body": (breaking(), ModelUnreachableError),
    "hung up before a reply": (hanging_up(), ModelUnreachableError),
    "no gzip though it says so": (
        lambda _, __: Response(b"plain", headers={"Content-Encoding": "gzip"}), ModelUnreachableError,
    ),
    "slow reply": (slow(3, OK), ModelTimeoutError),
    "slow drip of a good reply": (dripping('{"verdict": "yes"}', 3), ModelTimeoutError),
    "endless blanks before a reply": (dripping_blanks(3, OK), ModelTimeoutError),
    "huge reply": (huge(32 * FOUR_MB), MalformedReplyError),
    "huge error": (huge(32 * FOUR_MB, status=500), ModelServerError),
    "small reply that unpacks to a huge one": (
        lambda _, __: Response(gzip.compress(b" " * 8 * FOUR_MB), headers={"Content-Encoding": "gzip"}),
        MalformedReplyError,
    ),
    # what the body holds
    "a web page": (wrong_content_type(), ModelNotFoundError),
    "a stream of events": (
        lambda _, __: Response("data: {}\n\n", media_type="text/event-stream"), ModelNotFoundError,
    ),
    "a body that is no JSON": (not_json_body(), MalformedReplyError),
    "a body that is no object": (told("[]"), MalformedReplyError),
    "no body": (told(""), MalformedReplyError),
    "no choices": (no_choices(), EmptyReplyError),
    "choices of another kind": (no_choices(choices={"a": 1}), EmptyReplyError),
    "a choice of another kind": (no_choices(choices=["yes"]), EmptyReplyError),
    "a message of another kind": (no_choices(choices=[{"message": "yes"}]), EmptyReplyError),
    "empty text": (empty(), EmptyReplyError),
    "no text": (empty(None), EmptyReplyError),
    "blank text": (empty(" \n"), EmptyReplyError),
    "cut off at its limit": (truncated('{"verdict": "y'), TruncatedReplyError),
    "cut off though an object is whole": (truncated('{"verdict": "yes"} And'), TruncatedReplyError),
    "cut off before any text": (truncated(""), TruncatedReplyError),
    "refusal": (refusing("I cannot judge people."), RefusedReplyError),
    "content filter": (filtered(), FilteredReplyError),
    # what the text holds
    "prose": (saying("The answer is right."), MalformedReplyError),
    "an object cut off": (saying('{"verdict": "yes", "points": ["a'), MalformedReplyError),
    "an object in thoughts only": (saying('<think>{"verdict": "yes"}'), MalformedReplyError),
    "a list": (saying('["yes"]'), MalformedReplyError),
    "a number": (saying("1"), MalformedReplyError),
    "two verdicts in one object": (saying('{"verdict": "yes", "verdict": "no"}'), MalformedReplyError),
    "a megabyte of braces": (saying("{" * 1_000_000), MalformedReplyError),
    "endless nesting": (saying('{"a":' * 100_000), MalformedReplyError),
}  # fmt: skip


@pytest.mark.parametrize("kind", FAILURES)
def test_each_failure_has_one_name(kind):
    behaviour, expected = FAILURES[kind]
    with ChatServer(behaviour) as server:
        (error,) = ask(server, api_key=KEY, timeout=0.3 if expected is ModelTimeoutError else 10)
    assert type(error) is expected
    message = str(error)
    assert len(message.splitlines()) == 1
    assert len(message) < 400
    assert "judge" in message
    assert server.base_url in message
    assert ";" in message
    assert KEY not in message
    assert error.attempts == len(server.requests)
    assert isinstance(error.spent, Usage)


def test_there_are_more_than_thirty_kinds():
    assert len(FAILURES) > 30


@pytest.mark.parametrize(
    "kind", ["400, the chat is too long", "400 by a content filter", "429, nothing left to spend"]
)
def test_what_no_other_format_mends_is_asked_once(kind):
    with ChatServer(FAILURES[kind][0]) as server:
        ask(server)
        assert len(server.requests) == 1


def test_a_reset_is_told_as_such():
    with ChatServer(resetting()) as server:
        assert "reset by peer" in str(ask(server)[0])


def test_a_reply_that_is_no_use_was_paid_for_all_the_same():
    with ChatServer(refusing("no")) as server:
        (error,) = ask(server)
    assert error.spent == Usage(100, 20)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "0.5"}, 0.5),
        ({"Retry-After": "-3"}, 0.0),
        ({"retry-after-ms": "1500", "Retry-After": "2"}, 1.5),
        (
            {
                "Retry-After": "Wed, 21 Oct 2026 07:28:30 GMT",
                "Date": "Wed, 21 Oct 2026 07:28:00 GMT",
            },
            30.0,
        ),
        (
            {
                "Retry-After": "Wed, 21 Oct 2026 07:27:00 GMT",
                "Date": "Wed, 21 Oct 2026 07:28:00 GMT",
            },
            0.0,
        ),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "inf"}, None),
        ({}, None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_when_to_come_back_is_told(status, headers, seconds):
    with ChatServer(failing(status, headers=headers)) as server:
        (error,) = ask(server)
    assert isinstance(error, ModelCallError)
    assert error.retry_after == seconds


def test_a_server_that_is_not_there():
    server = ChatServer()
    with server:
        pass
    (error,) = ask(server)
    assert type(error) is ModelUnreachableError
    assert "start the server or check OPENAI_BASE_URL" in str(error)
    assert error.attempts == 1


def test_a_host_that_does_not_exist():
    (error,) = ask(ChatServer(), base_url="http://no-such-host.invalid/v1")
    assert type(error) is ModelUnreachableError


def test_a_server_that_speaks_no_tls():
    with ChatServer() as server:
        (error,) = ask(server, base_url=server.base_url.replace("http:", "https:"))
    assert type(error) is ModelUnreachableError
    assert "SSL" in str(error)


def test_a_server_that_accepts_and_says_nothing():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        (error,) = ask(ChatServer(), base_url=url, timeout=0.2)
    assert type(error) is ModelTimeoutError
    assert "0.2 s" in str(error)


def test_a_server_that_speaks_no_http():
    def greet(listening: socket.socket) -> None:
        connection, _ = listening.accept()
        connection.sendall(b"220 mail.example ESMTP\r\n")
        connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        mail = threading.Thread(target=greet, args=(listening,))
        mail.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        (error,) = ask(ChatServer(), base_url=url)
        mail.join()
    assert type(error) is ModelUnreachableError


def test_the_plug_is_pulled_and_put_back_in_a_session():
    async def study(model):
        kinds = [type(await outcome(model)).__name__]
        await asyncio.to_thread(server.stop)
        kinds.append(type(await outcome(model)).__name__)
        await asyncio.to_thread(server.start)
        kinds.append(type(await outcome(model)).__name__)
        return kinds

    with ChatServer(OK) as server:
        kinds = with_model(server, study)
    assert kinds == ["ChatReply", "ModelUnreachableError", "ChatReply"]


def test_of_a_message_that_copies_the_request_little_is_shown():
    with ChatServer(
        lambda body, headers: failing(422, f"bad: {body['messages'][1]['content'] * 50}")(
            body, headers
        )
    ) as server:
        (error,) = ask(server)
    assert str(error).count("answer of a learner") <= 4
