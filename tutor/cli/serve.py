"""`tutor serve`: the REST API over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

_PLACES = 2
"""Answers of a batch with the judge for each request that may be: the next is always ready."""


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; TUTOR_HOST or 127.0.0.1 if unset.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port, 0 for a free one; TUTOR_PORT or 8000 if unset."),
    ] = None,
) -> None:
    """Serve the REST API until Ctrl-C."""
    from tutor.api.app import create_app
    from tutor.api.serve import serve as serve_app
    from tutor.settings import Settings, open_tutor

    settings = Settings()
    with open_tutor(settings) as tutor:
        serve_app(
            create_app(
                tutor,
                max_request_bytes=settings.max_request_bytes,
                judged_at_once=_PLACES * settings.judge_concurrency,
            ),
            host=settings.host if host is None else host,
            port=settings.port if port is None else port,
            listening=_show_url,
        )


def _show_url(url: str) -> None:
    typer.echo(
        f"tutor serves {url} (its API is described at {url}/openapi.json); Ctrl-C stops it. Try:"
    )
    typer.echo(_EXAMPLE.format(url=url))


_EXAMPLE = """\
  curl -s {url}/v1/grade -H 'Content-Type: application/json' -d \\
    '{{"question": "Capital of France?", "references": ["Paris"], "answer": "Paris"}}'"""
