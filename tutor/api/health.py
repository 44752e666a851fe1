"""`/healthz`, `/readyz` and `/metrics`: for whoever runs the service."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fastapi import APIRouter
from starlette.responses import PlainTextResponse

from tutor.api.parts import TheMetrics, TheTutor
from tutor.api.problems import documented
from tutor.api.responses import Health
from tutor.errors import TutorError
from tutor.service import Tutor

router = APIRouter(tags=["operation"], responses=documented(500))

EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


class NotReadyError(TutorError):
    """Something that grading needs cannot be loaded or opened."""

    type = "not-ready"
    status = 503


@router.get("/healthz")
async def healthz() -> Health:
    """Say that the process answers."""
    return Health()


@router.get("/readyz", responses=documented(503))
def readyz(tutor: TheTutor) -> Health:
    """Load the grader and the decks and open the store; name what fails."""
    if failures := list(_failures(tutor)):
        raise NotReadyError("; ".join(failures))
    return Health()


@router.get("/metrics", response_class=PlainTextResponse)
async def metrics(counted: TheMetrics) -> PlainTextResponse:
    """Show the counts since the start in the Prometheus text format."""
    return PlainTextResponse(counted.exposition(), media_type=EXPOSITION)


def _failures(tutor: Tutor) -> Iterator[str]:
    checks: dict[str, Callable[[], object]] = {
        "grader": tutor.check_grader,
        "decks": lambda: tutor.decks,
        "store": tutor.check_store,
    }
    for name, check in checks.items():
        try:
            check()
        except TutorError as error:
            yield f"{name}: {error}"
