"""A judge's endpoint that takes so many seconds for every reply, in a process of its own.

`python -m benchmarks.judge_server SECONDS` prints its base URL and serves until it is ended. It
is a plain server: it refuses schemas and tools, and what it says stands in the text. It finds
every key point covered by the longest passage of the answer.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from asyncio import StreamReader, StreamWriter
from typing import Any

from evals.mock_judges import adaptive, findings
from tutor.inference.chat import ChatRequest, Message

_ID = re.compile(r"^([a-z0-9]+):$", re.MULTILINE)
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_REFUSED = ("response_format", "tools")


async def serve(seconds: float) -> None:
    """Answer every request that comes, each after so many seconds."""

    async def talk(reader: StreamReader, writer: StreamWriter) -> None:
        while body := await _request(reader):
            refused = [name for name in _REFUSED if name in body]
            if not refused:
                await asyncio.sleep(seconds)
            status, content = (400, _refusal(refused[0])) if refused else (200, _reply(body))
            writer.write(_response(status, content))
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, backlog=2048)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


async def _request(reader: StreamReader) -> dict[str, Any]:
    """The body of the next request; nothing when there is none."""
    try:
        found = _LENGTH.search(await reader.readuntil(b"\r\n\r\n"))
        body: dict[str, Any] = json.loads(await reader.readexactly(int(found[1] if found else 0)))
        return body
    except (asyncio.IncompleteReadError, ConnectionError):
        return {}


def _reply(body: dict[str, Any]) -> dict[str, Any]:
    messages = tuple(Message(turn["role"], turn["content"]) for turn in body["messages"])
    items = {"properties": {"id": {"enum": _ID.findall(messages[1].content)}}}
    asked = ChatRequest(messages, {"properties": {"points": {"items": items}}}, "judgement")
    text = json.dumps(findings(asked, adaptive), ensure_ascii=False)
    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 900, "completion_tokens": 90}
    return {"model": body["model"], "choices": [{"index": 0, **choice}], "usage": usage}


def _refusal(field: str) -> dict[str, Any]:
    return {"error": {"message": f"Unsupported parameter: {field}", "param": field}}


def _response(status: int, content: dict[str, Any]) -> bytes:
    body = json.dumps(content, ensure_ascii=False).encode()
    head = f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    return f"{head}\r\n\r\n".encode() + body


if __name__ == "__main__":
    asyncio.run(serve(float(sys.argv[1])))
