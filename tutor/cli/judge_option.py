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


def has_judge(settings: Settings) -> bool:
    """Whether the settings name a judge."""
    return settings.judge_model is not None or settings.judge_replay is not None


def settings_for(judge: Literal["never", "auto", "always"], settings: Settings) -> Settings:
    """The settings for this use of a judge: with `never` there is none, so none is opened.

    `always` without one is a usage error.
    """
    if judge == "never":
        return settings.model_copy(update={"judge_model": None, "judge_replay": None})
    if judge == "always" and not has_judge(settings):
        raise typer.BadParameter(
            "there is no judge; set TUTOR_JUDGE_MODEL (and OPENAI_BASE_URL for any server but "
            "OpenAI's), or use never or auto to grade locally",
            param_hint="--judge",
        )
    return settings
