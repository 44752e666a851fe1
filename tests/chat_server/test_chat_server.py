from __future__ import annotations

import asyncio
import time

import httpx2
import pytest

from tests.chat_server import (
    ChatServer,
    answering,
    calling_tool,
    failing,
    hanging_up,
    plain,
    resetting,
    saying,
    slow,
)

ASK = {"model": "judge", "messages": [{"role": "user", "content": "hello"}]}


def ask(server: ChatServer, **more) -> httpx2.Response:
    return httpx2.post(f"{server.base_url}/chat/completions", json={**ASK, **more})


def content(response: httpx2.Response) -> str:
    return response.json()["choices"][0]["message"]["content"]


def test_each_request_takes_the_next_behaviour_and_the_last_repeats():
    with ChatServer(saying("one"), saying("two")) as server:
        assert [content(ask(server)) for _ in range(3)] == ["one", "two", "two"]
        server.script(failing(503))
        assert ask(server).status_code == 503
        assert server.requests == [ASK] * 4


def test_an_answer_may_depend_on_the_request():
    with ChatServer(answering(lambda body: {"asked": body["messages"][0]["content"]})) as server:
        assert content(ask(server)) == '{"asked": "hello"}'


def test_a_tool_call_has_the_name_of_the_tool():
    tools = [{"type": "function", "function": {"name": "judgement"}}]
    with ChatServer(calling_tool({"a": 1})) as server:
        message = ask(server, tools=tools).json()["choices"][0]["message"]
    assert message["tool_calls"][0]["function"] == {"name": "judgement", "arguments": '{"a": 1}'}


def test_a_plain_server_refuses_what_it_does_not_know():
    with ChatServer(plain(saying("hi"))) as server:
        assert ask(server, response_format={}).json()["error"]["param"] == "response_format"
        assert content(ask(server)) == "hi"


@pytest.mark.parametrize("behaviour", [resetting(), hanging_up()])
def test_connections_break(behaviour):
    with ChatServer(behaviour) as server, pytest.raises(httpx2.TransportError):
        ask(server)


def test_the_plug_is_pulled_and_put_back():
    with ChatServer(saying("hi")) as server:
        ask(server)
        server.stop()
        with pytest.raises(httpx2.ConnectError):
            ask(server)
        server.start()
        assert content(ask(server)) == "hi"


def test_it_stops_at_once_while_requests_wait():
    async def wait_and_stop(server: ChatServer) -> None:
        async with httpx2.AsyncClient() as client:
            asking = asyncio.create_task(
                client.post(f"{server.base_url}/chat/completions", json=ASK)
            )
            while not server.requests:
                await asyncio.sleep(0.005)
            server.stop()
            with pytest.raises(httpx2.TransportError):
                await asking

    with ChatServer(slow(30, saying("late"))) as server:
        started = time.perf_counter()
        asyncio.run(wait_and_stop(server))
        assert time.perf_counter() - started < 5


def test_it_bears_five_hundred_at_once():
    async def ask_all(server: ChatServer) -> list[httpx2.Response]:
        limits = httpx2.Limits(max_connections=500)
        async with httpx2.AsyncClient(limits=limits, timeout=30) as client:
            url = f"{server.base_url}/chat/completions"
            return await asyncio.gather(*(client.post(url, json=ASK) for _ in range(500)))

    # Two hundred at once is far more than one after the other, on however slow a machine.
    with ChatServer(slow(0.5, saying("hi"))) as server:
        responses = asyncio.run(ask_all(server))
        assert all(response.status_code == 200 for response in responses)
        assert server.most_at_once > 200
