"""The server: a FastAPI app under uvicorn, in a thread of its own."""

from __future__ import annotations

import asyncio
import inspect
import socket
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from tests.chat_server.good import Behaviour, answering

READY_SECONDS = 10


class ChatServer:
    """Speaks the chat-completions protocol on a free port of 127.0.0.1 between enter and exit.

    `requests` and `headers` hold the body and the headers of every request, in order;
    `most_at_once` is the most that were being answered at the same time. `stop()` pulls the
    plug: every connection breaks and new ones are refused; `start()` brings the server back
    on the same port.
    """

    def __init__(self, *behaviours: Behaviour) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[Mapping[str, str]] = []
        self.most_at_once = 0
        self.port = 0
        self._at_once = 0
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None
        self.script(*(behaviours or (answering({}),)))

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def script(self, *behaviours: Behaviour) -> None:
        """Answer the next requests like this; the last behaviour repeats."""
        self._script = list(behaviours)

    def forget(self) -> None:
        """Start `requests`, `headers` and `most_at_once` anew."""
        self.requests, self.headers, self.most_at_once = [], [], 0

    def start(self) -> None:
        # asyncio turns Nagle's waiting off, 40 ms a reply, only where the protocol is named.
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        listening.listen(2048)
        self.port = listening.getsockname()[1]
        self._server = _Server(self._app())
        serving = self._server.serve([listening])
        self._thread = threading.Thread(target=asyncio.run, args=(serving,), daemon=True)
        self._thread.start()
        assert self._server.ready.wait(READY_SECONDS), "the chat server did not start"

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.stop()
            self._thread.join(READY_SECONDS)
            self._server = self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def _app(self) -> FastAPI:
        app = FastAPI(openapi_url=None)
        app.post("/v1/chat/completions", response_model=None)(self._complete)
        app.get("/v1/models", response_model=None)(self._models)
        return app

    async def _complete(self, request: Request) -> Response:
        body, headers = await request.json(), dict(request.headers)
        self.requests.append(body)
        self.headers.append(headers)
        behaviour = self._script.pop(0) if len(self._script) > 1 else self._script[0]
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            response = behaviour(body, headers)
            return await response if inspect.isawaitable(response) else response
        finally:
            self._at_once -= 1

    async def _models(self) -> Response:
        return JSONResponse({"object": "list", "data": [{"id": "judge", "object": "model"}]})


class _Server(uvicorn.Server):
    """Starts and stops at once, where uvicorn looks around every 0.1 s, and shows transports."""

    def __init__(self, app: FastAPI) -> None:
        async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
            scope["transport"] = send.__self__.transport
            await app(scope, receive, send)

        quiet = {"log_config": None, "log_level": "critical", "access_log": False}
        patient = {"timeout_keep_alive": 60}  # a busy client must not find its connections closed
        super().__init__(
            uvicorn.Config(
                with_transport, lifespan="off", ws="none", http="h11", **quiet, **patient
            )
        )
        self.ready = threading.Event()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)

    async def main_loop(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        self.ready.set()
        await self._stopping.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
