"""`/v1/judge/usage`: what the judge was asked, how it failed, and what it cost."""

from __future__ import annotations

from fastapi import APIRouter

from tutor.api.parts import TheTutor
from tutor.api.problems import documented
from tutor.api.responses import JudgeUsage

router = APIRouter(tags=["judge"], responses=documented(500, 503))


@router.get("/v1/judge/usage")
def judge_usage(tutor: TheTutor) -> JudgeUsage:
    """Sum the judge's calls by UTC day and model."""
    return JudgeUsage(days=tutor.judge_usage())
