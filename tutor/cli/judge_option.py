"""The option that says when to ask the judge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from tutor.settings import Settings

JudgeOption = Annotated[
    Literal["never", "auto", "always"],
    typer.Option("--judge", help="When to ask a language model; auto: where it is needed."),
]


def asks_judge(judge: Literal["never", "auto", "always"], settings: Settings) -> bool:
    """Whether any answer can reach a judge; `always` without one is a usage error."""
    configured = settings.judge_model is not None or settings.judge_replay is not None
    if judge == "always" and not configured:
        raise typer.BadParameter(
            "there is no judge; set TUTOR_JUDGE_MODEL (and OPENAI_BASE_URL for any server but "
            "OpenAI's), or use never or auto to grade locally",
            param_hint="--judge",
        )
    return configured and judge != "never"
