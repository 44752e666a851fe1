"""What the routes are handed: the tutor and the metrics of the app that they belong to,
and its limits."""

from __future__ import annotations

from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Request

from tutor.api.metrics import Metrics
from tutor.service import Tutor


async def _tutor(request: Request) -> Tutor:
    found: Tutor = request.app.state.tutor
    return found


async def _metrics(request: Request) -> Metrics:
    found: Metrics = request.app.state.metrics
    return found


async def _judged_at_once(request: Request) -> int:
    found: int = request.app.state.judged_at_once
    return found


async def _grading(request: Request) -> CapacityLimiter:
    found: CapacityLimiter = request.app.state.grading
    return found


TheTutor = Annotated[Tutor, Depends(_tutor)]
TheMetrics = Annotated[Metrics, Depends(_metrics)]
TheGrading = Annotated[CapacityLimiter, Depends(_grading)]
JudgedAtOnce = Annotated[int, Depends(_judged_at_once)]
