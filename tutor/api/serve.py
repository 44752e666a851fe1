"""Serving the API over HTTP until it is interrupted."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from tutor.errors import SettingsError

_LAST_SECONDS = 10
"""How long running requests may take to finish after an interrupt."""


def serve(app: FastAPI, *, host: str, port: int, listening: Callable[[str], None]) -> None:
    """Serve an app until Ctrl-C or SIGTERM; `listening` is told the URL once the port is bound.

    Port 0 takes any free one. Running requests are finished before this returns or raises
    `KeyboardInterrupt`. Raises `SettingsError` when the address cannot be bound.
    """
    with _bound(host, port) as listener:
        listening(_url(host, listener.getsockname()[1]))
        config = uvicorn.Config(
            app, log_level="warning", server_header=False, timeout_graceful_shutdown=_LAST_SECONDS
        )
        uvicorn.Server(config).run(sockets=[listener])


def _bound(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65_535:
        raise SettingsError(f"cannot listen on {host} port {port}: ports go from 0 to 65535")
    # uvicorn would log the failure in its own words and exit the process.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        reason, _, _ = (error.strerror or str(error)).partition(" (")  # the address once more
        raise SettingsError(
            f"cannot listen on {host} port {port}: {reason}; choose another host or port"
        ) from None
    # asyncio switches Nagle's delay of 40 ms off only where the protocol is spelt out.
    return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, listener.detach())


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
