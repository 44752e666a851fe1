"""The REST door: routes that translate between HTTP and the service, and decide nothing."""

from __future__ import annotations

from typing import Any

from anyio import CapacityLimiter
from fastapi import FastAPI
from fastapi.routing import APIRoute

from tutor import __version__
from tutor.api import batch, decks, grading, health, judge_usage, reviews
from tutor.api.body_limit import BodyLimit
from tutor.api.metrics import Metrics, Timing
from tutor.api.problems import Problem, install
from tutor.service import Tutor

MAX_REQUEST_BYTES = 256 * 2**10
MAX_BATCH_BYTES = 8 * 2**20
JUDGED_AT_ONCE = 16

GRADING_THREADS = 3
"""Answers that are graded at the same time. Grading is all computing, so more threads would only
take turns with the event loops that wait for clients and for the judge: of 500 answers at once,
40 threads took a seventh longer than 3 and made other requests wait twice as long."""


class _Api(FastAPI):
    """The app; its OpenAPI document describes problems under their own media type."""

    def openapi(self) -> dict[str, Any]:
        """The document of the whole API, made once."""
        if self.openapi_schema is None:
            schemas = super().openapi()["components"]["schemas"]
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(problem.pop("$defs"), Problem=problem)
        return super().openapi()


def create_app(
    tutor: Tutor,
    *,
    max_request_bytes: int = MAX_REQUEST_BYTES,
    max_batch_bytes: int = MAX_BATCH_BYTES,
    judged_at_once: int = JUDGED_AT_ONCE,
) -> FastAPI:
    """The ASGI app over one tutor; nothing is opened before the first request needs it.

    `max_request_bytes` limits the body of every request but a batch's, which may have
    `max_batch_bytes`. Of one batch at most `judged_at_once` answers are with the judge, so that
    others need not wait for all of it. Closing the tutor stays with the caller.
    """
    app = _Api(
        title="tutor",
        description="Grades free answers to flashcards, in Chinese and English.",
        version=__version__,
        # The pages load their scripts from a foreign server; the document itself is enough.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
    )
    app.state.tutor = tutor
    app.state.metrics = metrics = Metrics()
    app.state.grading = CapacityLimiter(GRADING_THREADS)
    app.state.judged_at_once = judged_at_once
    install(app, metrics)
    app.add_middleware(BodyLimit, limit=max_request_bytes, by_path={batch.PATH: max_batch_bytes})
    app.add_middleware(Timing, metrics=metrics)
    for part in (grading, batch, decks, reviews, judge_usage, health):
        app.include_router(part.router)
    return app


def _operation_id(route: APIRoute) -> str:
    return route.name
